import { createHash, type Hash } from "node:crypto";
import type { Effect, Input, PlainData, ServerId } from "../program";
import { deltaOf, type Delta } from "./delta";
import type { Observer, WorldEvent, WorldView } from "./observer";
import type { TraceRecord } from "./record";
import { effectLine, eventLine, inputLine, timeLine, valueLine } from "./text";

/** Text is handed to the hash function in pieces of about this size: a call for each record would cost more than the hash. */
const PIECE = 16_384;

/** What a trace is to remember. */
export interface TraceOptions {
  /** How many of the last records to keep; `Infinity` for all. The hash always covers all. Default 400. */
  readonly keep?: number;
}

interface TraceState {
  readonly hash: Hash;
  readonly text: string;
  readonly at: number;
  readonly records: readonly TraceRecord[];
  readonly saved: ReadonlyMap<ServerId, PlainData>;
}

/**
 * Every input and effect of a run, numbered, in virtual time, and a hash over all of it. Two runs with the
 * same hash did the same, byte for byte.
 */
export class Trace implements Observer {
  private hash = createHash("sha256");
  /** Not hashed yet. */
  private text = "";
  /** Virtual time of the last record, in ms. */
  private at = 0;
  private kept: TraceRecord[] = [];
  private saved = new Map<ServerId, PlainData>();
  private readonly keep: number;

  constructor({ keep = 400 }: TraceOptions = {}) {
    this.keep = keep;
  }

  onInput(world: WorldView, server: ServerId, input: Input, n: number): void {
    this.add({ n, at: world.now, type: "input", server, input }, inputLine(server, input));
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect, n: number): void {
    const changed = effect.kind === "save" ? this.changed(server, effect.state) : undefined;
    this.add({ n, at: world.now, type: "effect", server, effect }, effectLine(server, effect, changed));
  }

  onValue(world: WorldView, server: ServerId, value: PlainData, n: number): void {
    this.add({ n, at: world.now, type: "value", server, value }, valueLine(server, value));
  }

  onEvent(world: WorldView, event: WorldEvent, n: number): void {
    this.add({ n, at: world.now, type: "event", event }, eventLine(event));
  }

  /** The records that are kept, oldest first. */
  get records(): readonly TraceRecord[] {
    return this.last();
  }

  /** 16 hex digits over everything so far. */
  digest(): string {
    return this.hash.copy().update(this.text).digest("hex").slice(0, 16);
  }

  capture(): TraceState {
    const { text, at } = this;
    return { hash: this.hash.copy(), text, at, records: [...this.kept], saved: new Map(this.saved) };
  }

  restore(captured: unknown): void {
    const { hash, text, at, records, saved } = captured as TraceState;
    this.hash = hash.copy();
    this.text = text;
    this.at = at;
    this.kept = [...records];
    this.saved = new Map(saved);
  }

  /** Writing out the whole log at each save would make long runs quadratic. */
  private changed(server: ServerId, state: PlainData): Delta {
    const delta = deltaOf(this.saved.get(server), state);
    this.saved.set(server, state);
    return delta;
  }

  private add(record: TraceRecord, line: string): void {
    if (record.at !== this.at) {
      this.text += timeLine(record.at - this.at);
      this.at = record.at;
    }
    this.text += line;
    if (this.text.length > PIECE) {
      this.hash.update(this.text);
      this.text = "";
    }
    this.kept.push(record);
    // Twice the number may pile up before the older half is dropped in one go.
    if (this.kept.length > 2 * this.keep) this.kept = this.last();
  }

  private last(): TraceRecord[] {
    return this.kept.slice(Math.max(0, this.kept.length - this.keep));
  }
}
