import type { CallId, PlainData, ServerId, UpEffect } from "../program";
import type { Message } from "../trace";
import type { LocalClock, Micros } from "./clock";
import { Disk } from "./disk";
import type { Waiting } from "./scheduled";

/** A request that a server is answering. */
export interface OpenCall {
  readonly from: ServerId;
  /** The caller's life when it called. */
  readonly life: number;
  readonly method: string;
  readonly request: PlainData;
}

/** What a puppet has received. */
export interface Letter {
  /** Virtual time in ms. */
  readonly at: number;
  readonly message: Message;
  /** Of a request: what `puppetReply` wants to know. */
  readonly call?: CallId;
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
  /** What has arrived while it was frozen or busy, in order. */
  waiting: Waiting[] = [];
  /** A look at `waiting` is scheduled. */
  waking = false;
  /** Effect lists that have not left yet (service times): it is busy as long as there is one. */
  leaving = 0;
  /** When the last of them leaves. */
  busyUntil: Micros = 0;
  /** What the program has handed up and the service has not seen yet, in order. */
  rising: UpEffect[] = [];
  /** The service is being handed them. */
  handingUp = false;
  disk = new Disk();
  /** Of a puppet: all that it has received, oldest first. */
  letters: Letter[] = [];

  constructor(
    readonly id: ServerId,
    readonly puppet: boolean,
    readonly clock: LocalClock,
  ) {}

  /** Begins a life. */
  comeUp(): void {
    this.life++;
    this.up = true;
  }

  /** Ends a life: everything but the disk (and a puppet's letters) is gone. */
  forget(): void {
    this.up = false;
    this.frozen = false;
    this.timers = new Map();
    this.calls = new Map();
    this.nextCall = 1;
    this.waiting = [];
    this.waking = false;
    this.leaving = 0;
    this.busyUntil = 0;
    this.rising = [];
    this.handingUp = false;
  }

  /** An independent copy, for a captured world. */
  clone(): Node {
    return Object.assign(new Node(this.id, this.puppet, this.clock), this, {
      timers: new Map(this.timers),
      calls: new Map(this.calls),
      waiting: [...this.waiting],
      rising: [...this.rising],
      disk: this.disk.clone(),
      letters: [...this.letters],
    });
  }
}
