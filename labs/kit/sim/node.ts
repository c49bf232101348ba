import type { CallId, Effect, PlainData, ServerId } from "../program";
import type { LocalClock, Micros } from "./clock";
import { Disk } from "./disk";
import type { Message } from "./network";
import type { Due } from "./queue";

/** What waits in the queue of a world. */
export type Scheduled = Due &
  (
    | { readonly kind: "message"; readonly message: Message }
    | { readonly kind: "timer"; readonly server: ServerId; readonly name: string; readonly token: number }
    | { readonly kind: "effects"; readonly server: ServerId; readonly life: number; readonly effects: readonly Effect[] }
    | { readonly kind: "restart"; readonly server: ServerId }
  );

/** A request that a server is answering. */
export interface OpenCall {
  readonly from: ServerId;
  /** The caller's life when it called. */
  readonly life: number;
  readonly method: string;
  readonly request: PlainData;
}

/** What the world knows of one server. */
export class Node {
  /** How often it has booted; 0: never. */
  life = 0;
  up = false;
  frozen = false;
  /** Which timers run, by name; the token tells the latest setting from earlier ones. */
  timers = new Map<string, number>();
  calls = new Map<CallId, OpenCall>();
  nextCall: CallId = 1;
  /** What came due while it was frozen. */
  backlog: Scheduled[] = [];
  /** It handles nothing before this time (service times). */
  busyUntil: Micros = 0;
  disk = new Disk();

  constructor(
    readonly id: ServerId,
    readonly puppet: boolean,
    readonly clock: LocalClock,
  ) {}

  /** Ends a life: everything but the disk is gone. */
  forget(): void {
    this.up = false;
    this.frozen = false;
    this.timers = new Map();
    this.calls = new Map();
    this.nextCall = 1;
    this.backlog = [];
    this.busyUntil = 0;
  }

  clone(): Node {
    const copy = new Node(this.id, this.puppet, this.clock);
    Object.assign(copy, this, {
      timers: new Map(this.timers),
      calls: new Map(this.calls),
      backlog: [...this.backlog],
      disk: this.disk.clone(),
    });
    return copy;
  }
}
