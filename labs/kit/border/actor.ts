import type { Driver, PlainData, ServerId } from "../program";
import type { Part, Subject } from "../subject";
import { Codec } from "./codec";
import { readBoot, readInput } from "./inputs";
import type { Order } from "./orders";
import { plainExport, writeAnswer, writeError } from "./telling";

/** Runs the programs of a subject for somebody at the other end of a channel, who sees nothing of them but their answers. */
export class Actor {
  private codec = new Codec();
  private driver: Driver | undefined;
  private readonly parts = new Map<ServerId, Part>();
  private saved = new Map<ServerId, PlainData>();
  private captured: { readonly driver: unknown; readonly saved: ReadonlyMap<ServerId, PlainData> }[] = [];

  constructor(private readonly subject: Subject) {}

  /** The answer to one order, to be sent back; an error of the program is an answer, too. */
  obey(order: Order): unknown {
    try {
      return this.act(order);
    } catch (error) {
      return writeError(error) ?? { error: ["own", String(error)] };
    }
  }

  private act(order: Order): unknown {
    switch (order.kind) {
      case "world":
        return this.begin(order);
      case "boot": {
        const { server, now, part, input } = order;
        this.parts.set(server, part);
        const boot = readBoot(this.codec, input);
        if (boot.saved === undefined) this.saved.delete(server);
        else this.saved.set(server, boot.saved);
        return this.coded(server, this.running.boot(server, now, boot));
      }
      case "deliver": {
        const { server, now, input } = order;
        return this.coded(server, this.running.deliver(server, now, readInput(this.codec, input)));
      }
      case "crash":
        this.running.crash(order.server);
        return null;
      case "weigh":
        return this.running.weigh(order.server);
      case "capture":
        return this.captured.push({ driver: this.running.capture(), saved: new Map(this.saved) }) - 1;
      case "restore": {
        const at = this.captured[order.captured];
        if (at === undefined) throw new Error("nothing was captured by this number");
        this.running.restore(at.driver);
        this.saved = new Map(at.saved);
        return null;
      }
      case "export":
        return this.codec.encode(plainExport(this.subject.exported(order.file, order.exportName)));
    }
  }

  private begin({ instances }: Extract<Order, { kind: "world" }>): null {
    this.codec = new Codec();
    this.captured = [];
    this.saved.clear();
    this.driver = this.subject.driver((server) => this.partOf(server), instances);
    return null;
  }

  private partOf(server: ServerId): Part {
    const part = this.parts.get(server);
    if (part === undefined) throw new Error(`server ${server} has no part`);
    return part;
  }

  private get running(): Driver {
    if (this.driver === undefined) throw new Error("there is no world yet");
    return this.driver;
  }

  private coded(server: ServerId, answer: ReturnType<Driver["deliver"]>): unknown {
    const coded = writeAnswer(this.codec, answer, this.saved.get(server));
    for (const effect of answer.effects) if (effect.kind === "save") this.saved.set(server, effect.state);
    return coded;
  }
}
