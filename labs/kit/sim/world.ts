import {
  copyPlain,
  ProgramError,
  sizeOfPlain,
  type CallId,
  type Driver,
  type Effect,
  type Input,
  type Options,
  type PlainData,
  type RandomStream,
  type RunningInput,
  type ServerId,
} from "../program";
import { localDuration, localNow, PERFECT_CLOCK, toMicros, toMs, type LocalClock, type Micros } from "./clock";
import { CrashPoints, type CrashPoint } from "./crash-points";
import type { Disk } from "./disk";
import { Network, type HoldRule, type Message } from "./network";
import { Node, type Scheduled } from "./node";
import type { Observer, WorldEvent, WorldView } from "./observer";
import type { Quality } from "./quality";
import { EventQueue } from "./queue";
import { deriveSeed, deriveStream } from "./seeds";
import { Traffic } from "./traffic";

/** More inputs than this at one instant are an event storm. */
const STORM = 100_000;

/** How long a server is busy, in ms; all 0 unless throughput is measured. */
export interface ServiceTimes {
  readonly perInput: number;
  /** For each 1,024 bytes of a request or reply that comes in. */
  readonly perKiB: number;
  readonly perSave: number;
}

/** What a world is made of. */
export interface WorldConfig {
  /** A uint32; everything random comes from it. */
  readonly seed: number;
  /** Servers are numbered 0 .. servers-1. */
  readonly servers: number;
  /** Servers without a program: a scene plays them. */
  readonly puppets?: readonly ServerId[];
  /** Puppets that are nobody's peers: clients. */
  readonly clients?: readonly ServerId[];
  readonly options?: Options;
  /** By server; absent: a perfect clock. */
  readonly clocks?: readonly LocalClock[];
  readonly service?: ServiceTimes;
  /** The form of a saved state: says what is wrong with it, or nothing. */
  readonly checkSave?: (state: PlainData, previous: PlainData | undefined) => string | undefined;
}

/** What a puppet has received. */
export interface Letter {
  /** Virtual time in ms. */
  readonly at: number;
  readonly message: Message;
  /** Of a request: what {@link World.puppetReply} wants to know. */
  readonly call?: CallId;
}

/** A whole world, frozen in time; opaque, and usable any number of times. */
export interface CapturedWorld {
  readonly us: Micros;
  readonly parts: readonly unknown[];
}

/**
 * The simulated world: servers, network, disks and clocks in virtual time. One event at a time is taken from the queue,
 * handed to the driver as an input, and the effects are carried out in order. Same seed, same calls from the scene:
 * same trace, byte for byte.
 */
export class World implements WorldView {
  readonly servers: readonly ServerId[];
  private us: Micros = 0;
  private order = 0;
  private records = 0;
  private inputs = 0;
  private instant = { us: 0, inputs: 0 };
  private queue = new EventQueue<Scheduled>();
  private nodes: Node[];
  private net: Network;
  private counted = new Traffic();
  private points = new CrashPoints();
  private held: Message[] = [];
  private letters = new Map<ServerId, Letter[]>();

  constructor(
    private readonly config: WorldConfig,
    private readonly driver: Driver,
    private readonly observers: readonly Observer[] = [],
  ) {
    this.servers = Array.from({ length: config.servers }, (_, id) => id);
    this.net = new Network(config.seed);
    this.nodes = this.servers.map(
      (id) => new Node(id, config.puppets?.includes(id) ?? false, config.clocks?.[id] ?? PERFECT_CLOCK),
    );
    for (const node of this.nodes) if (node.puppet) Object.assign(node, { up: true, life: 1 });
  }

  // ---------------------------------------------------------------- looking

  /** Virtual time in ms. */
  get now(): number {
    return toMs(this.us);
  }

  /** Inputs handled so far. */
  get inputCount(): number {
    return this.inputs;
  }

  get traffic(): Traffic {
    return this.counted;
  }

  isUp(server: ServerId): boolean {
    return this.node(server).up;
  }

  isFrozen(server: ServerId): boolean {
    return this.node(server).frozen;
  }

  isPuppet(server: ServerId): boolean {
    return this.node(server).puppet;
  }

  life(server: ServerId): number {
    return this.node(server).life;
  }

  saved(server: ServerId): PlainData | undefined {
    return this.node(server).disk.saved;
  }

  disk(server: ServerId): Disk {
    return this.node(server).disk;
  }

  localNow(server: ServerId): number {
    return localNow(this.node(server).clock, this.us);
  }

  /** True if nothing stops messages from `from` to `to` but chance. */
  reaches(from: ServerId, to: ServerId): boolean {
    return this.isUp(from) && this.isUp(to) && !this.net.isCut(from, to);
  }

  /** Crash points that were set and not yet reached. */
  get pendingCrashPoints(): number {
    return this.points.pending;
  }

  /** An own random stream for a scene's choices. */
  stream(...purpose: (string | number)[]): RandomStream {
    return deriveStream(this.config.seed, "scene", ...purpose);
  }

  // ---------------------------------------------------------------- time

  /** Takes the next event from the queue. False if nothing is left to happen. */
  step(): boolean {
    const item = this.queue.pop();
    if (item === undefined) return false;
    this.us = item.at;
    this.dispatch(item);
    return true;
  }

  /**
   * Lets time pass until `ms` (virtual time), or until `done`, asked after each event, says so.
   *
   * @returns true if `done` said so
   */
  runUntil(ms: number, done?: () => boolean): boolean {
    const end = toMicros(ms);
    for (;;) {
      if (done?.() === true) return true;
      const next = this.queue.peek();
      if (next === undefined || next.at > end) break;
      this.step();
    }
    this.us = Math.max(this.us, end);
    return false;
  }

  // ---------------------------------------------------------------- servers

  /** Starts a server that is down, from its disk. */
  boot(server: ServerId): void {
    const node = this.node(server);
    if (node.up) throw new Error(`server ${server} is up already`);
    node.forget();
    node.life++;
    node.up = true;
    const { options = {}, clients = [], seed } = this.config;
    const saved = node.disk.saved;
    const input: Input = {
      kind: "boot",
      peers: this.servers.filter((id) => id !== server && !clients.includes(id)),
      options,
      seed: deriveSeed(seed, "program", server, node.life),
      ...(saved === undefined ? {} : { saved }),
    };
    this.tellInput(node, input);
    this.carryOut(node, this.driver.boot(server, this.localNow(server), input).effects, input);
  }

  /** Ends a server's life at once: what it had not saved is gone, what it had sent travels on. */
  crash(server: ServerId, where?: string): void {
    const node = this.node(server);
    if (!node.up) return;
    node.forget();
    this.driver.crash(server);
    this.tell({ kind: "crash", server, ...(where === undefined ? {} : { where }) });
  }

  /** Sets a crash at an exact place in some effect list to come. */
  crashAt(point: CrashPoint): void {
    this.points.set(point);
  }

  /** Forgets all crash points. */
  clearCrashPoints(): void {
    this.points.clear();
  }

  /** Stops a server without ending its life (a paused machine); its inputs wait. */
  freeze(server: ServerId): void {
    this.node(server).frozen = true;
    this.tell({ kind: "freeze", server });
  }

  /** Lets a frozen server go on: it gets what waited, in order of due time. */
  thaw(server: ServerId): void {
    const node = this.node(server);
    if (!node.frozen) return;
    node.frozen = false;
    this.tell({ kind: "thaw", server });
    for (const item of node.backlog.sort((a, b) => a.at - b.at || a.order - b.order)) {
      this.schedule({ ...item, at: this.us });
    }
    node.backlog = [];
  }

  /**
   * Calls a method of the program from the layer above, at once.
   *
   * @returns what it returned
   */
  invoke(server: ServerId, verb: string, ...args: readonly unknown[]): PlainData | undefined {
    const node = this.node(server);
    if (!node.up || node.puppet) throw new Error(`server ${server} is not running`);
    const input = { kind: "invoke", verb, args: args.map((arg, i) => copyPlain(arg, `argument ${i}`)) } as const;
    const { effects, value } = this.deliver(node, input);
    if (value !== undefined) {
      const n = this.records++;
      for (const observer of this.observers) observer.onValue?.(this, server, value, n);
    }
    this.carryOut(node, effects, input);
    return value;
  }

  /** Like {@link World.invoke}, for a verb that must have no effects, such as `status`. */
  ask(server: ServerId, verb: string): PlainData | undefined {
    const before = this.records;
    const value = this.invoke(server, verb);
    if (this.records > before + (value === undefined ? 1 : 2)) {
      throw new ProgramError(`${verb}() on server ${server} has effects; it must only report`, server);
    }
    return value;
  }

  // ---------------------------------------------------------------- network

  setNetwork(quality: Quality, name: string): void {
    this.net.setQuality(quality);
    this.tell({ kind: "network", name });
  }

  setLink(from: ServerId, to: ServerId, quality: Quality | undefined, name: string): void {
    this.net.setLinkQuality(from, to, quality);
    this.tell({ kind: "network", name: `${name} (${from} to ${to})` });
  }

  /** Cuts one direction; judged at delivery, so what is on the wire is cut off too. */
  cut(from: ServerId, to: ServerId): void {
    if (this.net.isCut(from, to)) return;
    this.net.cut(from, to);
    this.tell({ kind: "cut", from, to });
  }

  mend(from: ServerId, to: ServerId): void {
    if (!this.net.isCut(from, to)) return;
    this.net.mend(from, to);
    this.tell({ kind: "mend", from, to });
  }

  /** Holds back all messages that match, when they arrive, until {@link World.release}. */
  hold(rule: HoldRule): void {
    this.net.hold(rule);
  }

  /** Messages held back so far. */
  get heldMessages(): readonly Message[] {
    return this.held;
  }

  /** Ends all holds; what was held arrives now, in the order in which it was held. */
  release(): void {
    this.net.unhold();
    const waiting = this.held;
    this.held = [];
    for (const message of waiting) {
      this.tell({ kind: "released", message });
      this.schedule({ kind: "message", at: this.us, order: 0, message });
    }
  }

  // ---------------------------------------------------------------- puppets

  /** A request from a puppet; it travels like any other. */
  puppetCall(puppet: ServerId, to: ServerId, method: string, request: unknown): void {
    const node = this.puppet(puppet);
    this.send({ kind: "request", from: puppet, to, method, request: copyPlain(request, "request"), life: node.life });
  }

  /** A puppet's answer to a request that is in its {@link World.mailbox}; it may answer as often as it likes. */
  puppetReply(puppet: ServerId, call: CallId, reply: unknown): void {
    const open = this.puppet(puppet).calls.get(call);
    if (open === undefined) throw new Error(`puppet ${puppet} has no call ${call}`);
    const { from: to, life, method, request } = open;
    this.send({ kind: "reply", from: puppet, to, method, request, reply: copyPlain(reply, "reply"), life });
  }

  /** All that a puppet has received, oldest first. */
  mailbox(puppet: ServerId): readonly Letter[] {
    return this.letters.get(this.puppet(puppet).id) ?? [];
  }

  // ---------------------------------------------------------------- capture

  /** The whole world at this moment: programs, queue, network, disks, random streams, observers. */
  capture(): CapturedWorld {
    return {
      us: this.us,
      parts: [
        { order: this.order, records: this.records, inputs: this.inputs, instant: this.instant },
        this.queue.items(),
        this.nodes.map((node) => node.clone()),
        this.net.clone(),
        this.counted.clone(),
        this.points.clone(),
        this.held,
        new Map([...this.letters].map(([id, list]) => [id, [...list]])),
        this.driver.capture(),
        this.observers.map((observer) => observer.capture()),
      ],
    };
  }

  /** Goes back to a captured moment of this world. */
  restore({ us, parts }: CapturedWorld): void {
    const [counters, items, nodes, net, counted, points, held, letters, programs, observers] = parts as [
      Pick<World, never> & object,
      readonly Scheduled[],
      readonly Node[],
      Network,
      Traffic,
      CrashPoints,
      Message[],
      Map<ServerId, Letter[]>,
      unknown,
      readonly unknown[],
    ];
    this.us = us;
    Object.assign(this, counters);
    this.instant = { ...this.instant };
    this.queue = new EventQueue(items);
    this.nodes = nodes.map((node) => node.clone());
    this.net = net.clone();
    this.counted = counted.clone();
    this.points = points.clone();
    this.held = held;
    this.letters = new Map([...letters].map(([id, list]) => [id, [...list]]));
    this.driver.restore(programs);
    this.observers.forEach((observer, i) => observer.restore(observers[i]));
  }

  // ---------------------------------------------------------------- one event

  private dispatch(item: Scheduled): void {
    switch (item.kind) {
      case "message":
        return this.arrive(item.message, item);
      case "timer":
        return this.timer(item);
      case "effects": {
        const node = this.node(item.server);
        if (node.up && node.life === item.life) this.commit(node, item.effects);
        return;
      }
      case "restart":
        if (!this.isUp(item.server)) this.boot(item.server);
        return;
    }
  }

  private arrive(message: Message, item: Scheduled): void {
    const node = this.node(message.to);
    if (this.net.isCut(message.from, message.to)) return this.drop(message, "cut");
    if (this.net.isHeld(message)) {
      this.held = [...this.held, message];
      return this.tell({ kind: "held", message });
    }
    if (!node.up) return this.drop(message, "down");
    if (message.kind === "reply" && message.life !== node.life) return this.drop(message, "unheard");
    if (this.mustWait(node, item)) return;
    const { kind, from, method, request, life } = message;
    if (kind === "reply") {
      const reply = message.reply as PlainData;
      this.counted.replied(from, method, sizeOfPlain(reply));
      if (node.puppet) return this.post(node, message);
      return this.handle(node, { kind, from, method, reply, request });
    }
    this.counted.received(node.id, method);
    const call = node.nextCall++;
    node.calls.set(call, { from, life, method, request });
    if (node.puppet) return this.post(node, message, call);
    return this.handle(node, { kind, from, method, request, call });
  }

  private timer(item: Extract<Scheduled, { kind: "timer" }>): void {
    const node = this.node(item.server);
    // Set again, cancelled, or of an earlier life: only the latest setting counts.
    if (node.timers.get(item.name) !== item.token) return;
    if (this.mustWait(node, item)) return;
    node.timers.delete(item.name);
    this.handle(node, { kind: "timer", name: item.name });
  }

  /** A frozen or busy server is not there yet. */
  private mustWait(node: Node, item: Scheduled): boolean {
    if (node.frozen) {
      node.backlog.push(item);
      return true;
    }
    if (node.busyUntil <= this.us) return false;
    this.queue.push({ ...item, at: node.busyUntil }); // keeps its order among those that wait
    return true;
  }

  private post(node: Node, message: Message, call?: CallId): void {
    this.tell({ kind: "puppet", message });
    const letters = this.letters.get(node.id) ?? [];
    letters.push({ at: this.now, message, ...(call === undefined ? {} : { call }) });
    this.letters.set(node.id, letters);
  }

  private handle(node: Node, input: RunningInput): void {
    this.carryOut(node, this.deliver(node, input).effects, input);
  }

  private deliver(node: Node, input: RunningInput): ReturnType<Driver["deliver"]> {
    this.tellInput(node, input);
    return this.driver.deliver(node.id, this.localNow(node.id), input);
  }

  // ---------------------------------------------------------------- effects

  /** Effects leave when the server is free again: at once, unless service times say otherwise. */
  private carryOut(node: Node, effects: readonly Effect[], input: Input): void {
    const busy = this.serviceTime(effects, input);
    if (busy === 0) return this.commit(node, effects);
    const at = Math.max(this.us, node.busyUntil) + busy;
    node.busyUntil = at;
    this.schedule({ kind: "effects", at, order: 0, server: node.id, life: node.life, effects });
  }

  private serviceTime(effects: readonly Effect[], input: Input): Micros {
    const { service } = this.config;
    if (service === undefined) return 0;
    const data = input.kind === "request" ? input.request : input.kind === "reply" ? input.reply : null;
    const saves = effects.filter((effect) => effect.kind === "save").length;
    const kib = data === null ? 0 : sizeOfPlain(data) / 1024;
    return toMicros(service.perInput + service.perKiB * kib + service.perSave * saves);
  }

  private commit(node: Node, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (this.crashHere(node, effect, "before")) return;
      this.carryOutOne(node, effect);
      if (this.crashHere(node, effect, "after")) return;
    }
  }

  private crashHere(node: Node, effect: Effect, when: "before" | "after"): boolean {
    const point = this.points.hit(node.id, effect, when);
    if (point === undefined) return false;
    this.crash(node.id, `${when} its ${effect.kind}`);
    if (point.restartAfter !== undefined) {
      this.schedule({ kind: "restart", at: this.us + toMicros(point.restartAfter), order: 0, server: node.id });
    }
    return true;
  }

  private carryOutOne(node: Node, effect: Effect): void {
    if (effect.kind === "save") this.save(node, effect.state);
    const n = this.records++;
    for (const observer of this.observers) observer.onEffect?.(this, node.id, effect, n);
    switch (effect.kind) {
      case "call": {
        const { to, method, request } = effect;
        return this.send({ kind: "request", from: node.id, to, method, request, life: node.life });
      }
      case "reply":
        return this.reply(node, effect.call, effect.reply);
      case "setTimer": {
        const at = this.us + localDuration(node.clock, effect.ms);
        const token = this.order++;
        node.timers.set(effect.name, token);
        return this.queue.push({ kind: "timer", at, order: token, server: node.id, name: effect.name, token });
      }
      case "cancelTimer":
        node.timers.delete(effect.name);
        return;
      case "save":
      case "up":
      case "note":
        return; // the disk has it, or an observer
    }
  }

  private save(node: Node, state: PlainData): void {
    const problem = this.config.checkSave?.(state, node.disk.saved);
    if (problem !== undefined) throw new ProgramError(`ctx.save on server ${node.id}: ${problem}`, node.id);
    node.disk.save(state);
  }

  private reply(node: Node, call: CallId, reply: PlainData): void {
    const open = node.calls.get(call);
    if (open === undefined) {
      throw new ProgramError(`server ${node.id} answered call ${call}, which is not open`, node.id);
    }
    node.calls.delete(call);
    const { from: to, life, method, request } = open;
    this.send({ kind: "reply", from: node.id, to, method, request, reply, life });
  }

  private send(message: Message): void {
    if (message.kind === "request") {
      this.counted.sent(message.from, message.method, sizeOfPlain(message.request));
    }
    const { arrivals } = this.net.send(message, this.us);
    if (arrivals.length === 0) return this.drop(message, "lost");
    for (const at of arrivals) this.schedule({ kind: "message", at, order: 0, message });
  }

  private drop(message: Message, why: "lost" | "cut" | "down" | "unheard"): void {
    this.tell({ kind: "dropped", message, why });
  }

  // ---------------------------------------------------------------- helpers

  private schedule(item: Scheduled): void {
    this.queue.push({ ...item, order: this.order++ });
  }

  private tellInput(node: Node, input: Input): void {
    this.inputs++;
    if (this.instant.us !== this.us) this.instant = { us: this.us, inputs: 0 };
    if (++this.instant.inputs > STORM) {
      const what = input.kind === "timer" ? `the timer "${input.name}"` : `an input of kind ${input.kind}`;
      throw new ProgramError(
        `event storm: more than ${STORM} inputs at one instant; the last is ${what} of server ${node.id}. ` +
          `Something sets a timer of 0 ms for ever`,
        node.id,
      );
    }
    const n = this.records++;
    for (const observer of this.observers) observer.onInput?.(this, node.id, input, n);
  }

  private tell(event: WorldEvent): void {
    const n = this.records++;
    for (const observer of this.observers) observer.onEvent?.(this, event, n);
  }

  private node(server: ServerId): Node {
    const node = this.nodes[server];
    if (node === undefined) throw new Error(`there is no server ${server}`);
    return node;
  }

  private puppet(server: ServerId): Node {
    const node = this.node(server);
    if (!node.puppet) throw new Error(`server ${server} is not a puppet`);
    return node;
  }
}
