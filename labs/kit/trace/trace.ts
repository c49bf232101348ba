import { createHash, type Hash } from "node:crypto";
import type { Effect, Input, PlainData, ServerId } from "../program";
import type { Observer, WorldEvent, WorldView } from "../sim";
import { deltaOf } from "./delta";
import type { TraceRecord } from "./record";

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
  readonly records: readonly TraceRecord[];
  readonly saved: ReadonlyMap<ServerId, PlainData>;
}

/**
 * Every input and effect of a run, numbered, in virtual time, and a hash over all of it. Two runs with the
 * same hash did the same, byte for byte.
 */
export class Trace implements Observer {
  private hash = createHash("sha256");
  private text = "";
  private kept: TraceRecord[] = [];
  private saved = new Map<ServerId, PlainData>();
  private readonly keep: number;

  constructor({ keep = 400 }: TraceOptions = {}) {
    this.keep = keep;
  }

  onInput(world: WorldView, server: ServerId, input: Input, n: number): void {
    this.add({ n, at: world.now, type: "input", server, input }, server, input);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect, n: number): void {
    let content: unknown = effect;
    if (effect.kind === "save") {
      // Writing out the whole log at each save would make long runs quadratic.
      content = { kind: "save", changed: deltaOf(this.saved.get(server), effect.state) };
      this.saved.set(server, effect.state);
    }
    this.add({ n, at: world.now, type: "effect", server, effect }, server, content);
  }

  onValue(world: WorldView, server: ServerId, value: PlainData, n: number): void {
    this.add({ n, at: world.now, type: "value", server, value }, server, value);
  }

  onEvent(world: WorldView, event: WorldEvent, n: number): void {
    this.add({ n, at: world.now, type: "event", event }, -1, event);
  }

  /** The records that are kept, oldest first. */
  get records(): readonly TraceRecord[] {
    return this.kept.slice(-this.keep);
  }

  /** 16 hex digits over everything so far. */
  digest(): string {
    return this.hash.copy().update(this.text).digest("hex").slice(0, 16);
  }

  capture(): TraceState {
    return { hash: this.hash.copy(), text: this.text, records: [...this.kept], saved: new Map(this.saved) };
  }

  restore(captured: unknown): void {
    const state = captured as TraceState;
    this.hash = state.hash.copy();
    this.text = state.text;
    this.kept = [...state.records];
    this.saved = new Map(state.saved);
  }

  private add(record: TraceRecord, server: ServerId, content: unknown): void {
    this.text += `${record.n} ${record.at} ${record.type} ${server} ${JSON.stringify(content)}\n`;
    if (this.text.length > PIECE) {
      this.hash.update(this.text);
      this.text = "";
    }
    this.kept.push(record);
    // Twice the number may pile up before the older half is dropped in one go.
    if (this.kept.length > 2 * this.keep) this.kept = this.kept.slice(-this.keep);
  }
}
