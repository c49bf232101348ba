import type { Answer, BootInput, Input, RunningInput, ServerId } from "../program";
import type { Instances, Part } from "../subject";
import { BorderError, Codec } from "./codec";
import type { Channel } from "./channel";
import type { Teller } from "./ghost";
import { writeInput } from "./inputs";
import type { Order } from "./orders";
import { readAnswer, throwIfError } from "./telling";

/** Asks whoever runs the programs at the other end of a channel, input by input. An {@link Actor} answers. */
export class Remote implements Teller {
  private readonly codec = new Codec();

  constructor(
    private readonly channel: Channel,
    instances: Instances,
  ) {
    this.order({ kind: "world", instances });
  }

  boot(server: ServerId, now: number, input: BootInput, part: Part): Answer {
    return this.answer({ kind: "boot", server, now, part, input: this.coded(input) });
  }

  deliver(server: ServerId, now: number, input: RunningInput): Answer {
    return this.answer({ kind: "deliver", server, now, input: this.coded(input) });
  }

  crash(server: ServerId): void {
    this.order({ kind: "crash", server });
  }

  weigh(server: ServerId): number {
    return this.number({ kind: "weigh", server });
  }

  capture(): number {
    return this.number({ kind: "capture" });
  }

  restore(captured: unknown): void {
    this.order({ kind: "restore", captured: captured as number });
  }

  exported(file: string, exportName: string): unknown {
    return this.codec.decode(this.order({ kind: "export", file, exportName }));
  }

  private coded(input: Input): readonly unknown[] {
    return writeInput(this.codec, input);
  }

  private answer(order: Order): Answer {
    return readAnswer(this.codec, this.order(order));
  }

  private number(order: Order): number {
    const value = this.order(order);
    if (typeof value === "number" && value >= 0 && Number.isFinite(value)) return value;
    throw new BorderError("a number is none");
  }

  private order(order: Order): unknown {
    this.channel.send(order);
    const answer = this.channel.receive();
    throwIfError(answer);
    return answer;
  }
}
