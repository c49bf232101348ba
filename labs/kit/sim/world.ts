import {
  copyPlain,
  type CallId,
  type Driver,
  type PlainData,
  type RandomStream,
  type ServerId,
} from "../program";
import type { Message, Observer, WorldView } from "../trace";
import { localNow, toMicros, toMs } from "./clock";
import type { WorldConfig } from "./config";
import { Core } from "./core";
import type { CrashPoint } from "./crash-points";
import type { Disk } from "./disk";
import type { HoldRule } from "./network";
import type { Letter, Node } from "./node";
import type { Quality } from "./quality";
import { deriveStream } from "./seeds";
import { Servers } from "./servers";
import { copyState, type WorldState } from "./state";
import type { Traffic } from "./traffic";
import { Wire } from "./wire";

/** A whole world, frozen in time; opaque, and usable any number of times. */
export interface CapturedWorld {
  /** @internal */
  readonly state: WorldState;
  /** What the driver captured. */
  readonly programs: unknown;
  /** What each observer captured. */
  readonly observers: readonly unknown[];
}

/**
 * The simulated world: servers, network, disks and clocks in virtual time. One event at a time is taken from the queue,
 * handed to the driver as an input, and the effects are carried out in order. Same seed, same calls from the scene:
 * same trace, byte for byte.
 */
export class World implements WorldView {
  readonly servers: readonly ServerId[];
  /** Nobody's peers. */
  readonly clients: readonly ServerId[];
  private readonly core: Core;
  private readonly wire: Wire;
  private readonly machines: Servers;

  constructor(
    config: WorldConfig,
    private readonly driver: Driver,
    observers: readonly Observer[] = [],
  ) {
    this.core = new Core(config, observers, this);
    this.wire = new Wire(this.core);
    this.machines = new Servers(this.core, this.wire, driver);
    this.servers = this.core.servers;
    this.clients = this.core.clients;
  }

  // ---------------------------------------------------------------- looking

  /** Virtual time in ms. */
  get now(): number {
    return toMs(this.core.state.us);
  }

  /** Inputs handled so far. */
  get inputCount(): number {
    return this.core.state.inputs;
  }

  get traffic(): Traffic {
    return this.core.state.traffic;
  }

  isUp(server: ServerId): boolean {
    return this.core.node(server).up;
  }

  isFrozen(server: ServerId): boolean {
    return this.core.node(server).frozen;
  }

  isPuppet(server: ServerId): boolean {
    return this.core.node(server).puppet;
  }

  life(server: ServerId): number {
    return this.core.node(server).life;
  }

  saved(server: ServerId): PlainData | undefined {
    return this.core.node(server).disk.saved;
  }

  disk(server: ServerId): Disk {
    return this.core.node(server).disk;
  }

  localNow(server: ServerId): number {
    return localNow(this.core.node(server).clock, this.core.state.us);
  }

  /** True if nothing stops messages from `from` to `to` but chance. */
  reaches(from: ServerId, to: ServerId): boolean {
    return this.isUp(from) && this.isUp(to) && !this.core.state.network.isCut(from, to);
  }

  /** Crash points that were set and not yet reached. */
  get pendingCrashPoints(): number {
    return this.core.state.crashPoints.pending;
  }

  /** An own random stream for a scene's choices. */
  stream(...purpose: (string | number)[]): RandomStream {
    return deriveStream(this.core.config.seed, "scene", ...purpose);
  }

  // ---------------------------------------------------------------- time

  /** Takes the next event from the queue. False if nothing is left to happen. */
  step(): boolean {
    const { state } = this.core;
    const item = state.queue.pop();
    if (item === undefined) return false;
    state.us = item.at;
    this.machines.take(item);
    return true;
  }

  /**
   * Lets time pass until `ms` (virtual time), or until `done`, asked after each event, says so.
   *
   * @returns true if `done` said so
   */
  runUntil(ms: number, done?: () => boolean): boolean {
    const { core } = this;
    const end = toMicros(ms);
    for (;;) {
      if (done?.() === true) return true;
      const next = core.state.queue.peek();
      if (next === undefined || next.at > end) break;
      this.step();
    }
    core.state.us = Math.max(core.state.us, end);
    return false;
  }

  // ---------------------------------------------------------------- servers

  /**
   * Starts a server that is down, from its disk.
   *
   * @param peers - whom it may call; by default all servers but itself
   */
  boot(server: ServerId, peers?: readonly ServerId[]): void {
    this.machines.boot(server, peers);
  }

  /** Writes the disk of a server that is down, as if it had saved `state` in an earlier life. */
  preload(server: ServerId, state: unknown): void {
    if (this.isUp(server)) throw new Error(`server ${server} is up; only a disk that rests can be written`);
    this.core.node(server).disk.save(copyPlain(state, "state"));
  }

  /** Ends a server's life at once: what it had not saved is gone, what it had sent travels on. */
  crash(server: ServerId, where?: string): void {
    this.machines.crash(server, where);
  }

  /** Sets a crash at an exact place in some effect list to come. */
  crashAt(point: CrashPoint): void {
    this.core.state.crashPoints.set(point);
  }

  /** Forgets all crash points. */
  clearCrashPoints(): void {
    this.core.state.crashPoints.clear();
  }

  /** Stops a server without ending its life (a paused machine): what reaches it waits, and so does what it was about to send. */
  freeze(server: ServerId): void {
    this.machines.freeze(server);
  }

  /** Lets a frozen server go on: it gets what waited, in the order in which it came. */
  thaw(server: ServerId): void {
    this.machines.thaw(server);
  }

  /**
   * Calls a method of the program from the layer above, at once.
   *
   * @returns what it returned
   */
  invoke(server: ServerId, verb: string, ...args: readonly unknown[]): PlainData | undefined {
    return this.machines.invoke(server, verb, args);
  }

  /** Like {@link World.invoke}, for a verb that must have no effects, such as `status`; it takes no service time. */
  ask(server: ServerId, verb: string): PlainData | undefined {
    return this.machines.ask(server, verb);
  }

  /** Bytes of all that the program on `server` keeps in its fields, roughly; 0 if it is down. */
  weigh(server: ServerId): number {
    return this.driver.weigh(server);
  }

  // ---------------------------------------------------------------- network

  setNetwork(quality: Quality, name: string): void {
    this.wire.setQuality(quality, name);
  }

  setLink(from: ServerId, to: ServerId, quality: Quality | undefined, name: string): void {
    this.wire.setLinkQuality(from, to, quality, name);
  }

  /** Cuts one direction; judged at delivery, so what is on the wire is cut off too. */
  cut(from: ServerId, to: ServerId): void {
    this.wire.cut(from, to);
  }

  mend(from: ServerId, to: ServerId): void {
    this.wire.mend(from, to);
  }

  /** Holds back all messages that match, when they arrive, until {@link World.release}. */
  hold(rule: HoldRule): void {
    this.wire.hold(rule);
  }

  /** Messages held back so far. */
  get heldMessages(): readonly Message[] {
    return this.core.state.held;
  }

  /** Ends all holds; what was held arrives now, in the order in which it was held. */
  release(): void {
    this.wire.release();
  }

  // ---------------------------------------------------------------- puppets

  /**
   * A request from a puppet; it travels like any other.
   *
   * @returns the request as it travels: the very object that a reply to it brings back
   */
  puppetCall(puppet: ServerId, to: ServerId, method: string, request: unknown): PlainData {
    const { life } = this.puppet(puppet);
    this.core.node(to);
    const copy = copyPlain(request, "request");
    this.wire.send({ kind: "request", from: puppet, to, method, request: copy, life });
    return copy;
  }

  /** A puppet's answer to a request that is in its {@link World.mailbox}; it may answer as often as it likes. */
  puppetReply(puppet: ServerId, call: CallId, reply: unknown): void {
    const open = this.puppet(puppet).calls.get(call);
    if (open === undefined) throw new Error(`puppet ${puppet} has no call ${call}`);
    const { from: to, life, method, request } = open;
    this.wire.send({
      kind: "reply",
      from: puppet,
      to,
      method,
      request,
      reply: copyPlain(reply, "reply"),
      life,
    });
  }

  /** All that a puppet has received, oldest first. */
  mailbox(puppet: ServerId): readonly Letter[] {
    return this.puppet(puppet).letters;
  }

  private puppet(server: ServerId): Node {
    const node = this.core.node(server);
    if (!node.puppet) throw new Error(`server ${server} is not a puppet`);
    return node;
  }

  // ---------------------------------------------------------------- capture

  /** The whole world at this moment: programs, queue, network, disks, random streams, observers. */
  capture(): CapturedWorld {
    const { state, observers } = this.core;
    return {
      state: copyState(state),
      programs: this.driver.capture(),
      observers: observers.map((observer) => observer.capture()),
    };
  }

  /**
   * Goes back to a captured moment of this world, or of another one that was built alike: the same config, a driver of the same
   * programs, the same observers in the same order.
   */
  restore({ state, programs, observers }: CapturedWorld): void {
    const { core } = this;
    if (state.nodes.length !== core.state.nodes.length || observers.length !== core.observers.length) {
      throw new Error(
        "a captured world fits only a world that was built alike: the same servers and observers",
      );
    }
    core.state = copyState(state);
    this.driver.restore(programs);
    core.observers.forEach((observer, i) => observer.restore(observers[i]));
  }
}
