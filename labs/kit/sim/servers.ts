import {
  copyPlain,
  ProgramError,
  type Answer,
  type BootInput,
  type CallId,
  type Driver,
  type InvokeInput,
  type PlainData,
  type RunningInput,
  type ServerId,
} from "../program";
import { sizeOfPlain } from "../program/plain";
import type { Message } from "../trace";
import { localNow, toMs } from "./clock";
import type { Core } from "./core";
import { Effects } from "./effects";
import type { Node } from "./node";
import type { Arrival, Departure, Scheduled, TimerRing, Waiting } from "./scheduled";
import { deriveSeed } from "./seeds";
import type { Wire } from "./wire";

/** The lives of servers, and what they are handed: one input at a time, when they are there to take it. */
export class Servers {
  private readonly effects: Effects;

  constructor(
    private readonly core: Core,
    private readonly wire: Wire,
    private readonly driver: Driver,
  ) {
    this.effects = new Effects(
      core,
      wire,
      (server, where) => this.crash(server, where),
      (node, { verb, args }) => this.handle(node, { kind: "up", verb, args }),
    );
  }

  boot(server: ServerId, peers?: readonly ServerId[]): void {
    const node = this.core.node(server);
    if (node.up) throw new Error(`server ${server} is up already`);
    node.comeUp();
    if (node.puppet) return;
    const input = this.bootInput(node, peers ?? this.core.servers.filter((other) => other !== server));
    this.core.tellInput(server, input);
    const { effects } = this.driver.boot(server, this.clockOf(node), input);
    this.effects.carryOut(node, effects, input);
  }

  private bootInput({ id, life, disk }: Node, peers: readonly ServerId[]): BootInput {
    const { options = {}, seed } = this.core.config;
    const { saved } = disk;
    return {
      kind: "boot",
      peers,
      options,
      seed: deriveSeed(seed, "program", id, life),
      ...(saved === undefined ? {} : { saved }),
    };
  }

  crash(server: ServerId, where?: string): void {
    const node = this.core.node(server);
    if (!node.up) return;
    node.forget();
    if (!node.puppet) this.driver.crash(server);
    this.core.tell({ kind: "crash", server, ...(where === undefined ? {} : { where }) });
  }

  freeze(server: ServerId): void {
    const node = this.core.node(server);
    if (!node.up || node.frozen) return;
    node.frozen = true;
    this.core.tell({ kind: "freeze", server });
  }

  thaw(server: ServerId): void {
    const node = this.core.node(server);
    if (!node.frozen) return;
    node.frozen = false;
    this.core.tell({ kind: "thaw", server });
    this.wake(node);
  }

  invoke(server: ServerId, verb: string, args: readonly unknown[]): PlainData | undefined {
    const node = this.core.node(server);
    const input: InvokeInput = {
      kind: "invoke",
      verb,
      args: args.map((arg, i) => copyPlain(arg, `argument ${i}`)),
    };
    const { effects, value } = this.call(node, input);
    this.effects.carryOut(node, effects, input);
    return value;
  }

  ask(server: ServerId, verb: string): PlainData | undefined {
    const { effects, value } = this.call(this.core.node(server), { kind: "invoke", verb, args: [] });
    if (effects.length === 0) return value;
    throw new ProgramError(`${verb}() on server ${server} has effects; it must only report`, server);
  }

  private call(node: Node, input: InvokeInput): Answer {
    if (!node.up || node.puppet) throw new Error(`server ${node.id} is not running`);
    if (node.frozen) throw new Error(`server ${node.id} is frozen`);
    const answer = this.deliver(node, input);
    if (answer.value !== undefined) this.core.tellValue(node.id, answer.value);
    return answer;
  }

  // ---------------------------------------------------------------- what comes from the queue

  /** Something that was scheduled is due. */
  take(item: Scheduled): void {
    switch (item.kind) {
      case "message":
        return this.arrive(item);
      case "timer":
        return this.ring(item);
      case "effects":
        return this.leave(item);
      case "wake":
        return this.serveWaiting(item.server);
      case "restart":
        return this.restart(item.server, item.life);
    }
  }

  private arrive(item: Arrival): void {
    const { message } = item;
    if (!this.wire.lets(message)) return;
    const { kind, from, to, method } = message;
    const node = this.core.node(to);
    if (!node.up) return this.wire.drop(message, "down");
    const { traffic } = this.core.state;
    if (kind === "request") traffic.received(to, method);
    else if (message.life !== node.life) return this.wire.drop(message, "unheard");
    else traffic.replied(from, method, sizeOfPlain(message.reply ?? null));
    this.admit(node, item);
  }

  private ring(item: TimerRing): void {
    const node = this.core.node(item.server);
    // Set again, stopped, or of an earlier life: only the latest setting counts.
    if (node.timers.get(item.name) === item.token) this.admit(node, item);
  }

  private leave(item: Departure): void {
    const node = this.core.node(item.server);
    if (!node.up || node.life !== item.life) return;
    if (!node.frozen) return this.serve(node, item);
    // Before whatever has arrived since it was handled.
    const behind = node.waiting.findIndex(({ kind }) => kind !== "effects");
    node.waiting.splice(behind < 0 ? node.waiting.length : behind, 0, item);
  }

  private restart(server: ServerId, life: number): void {
    const node = this.core.node(server);
    if (!node.up && node.life === life) this.boot(server);
  }

  // ---------------------------------------------------------------- one thing at a time

  /** A frozen or busy server is not there yet, and nothing overtakes what waits already. */
  private admit(node: Node, item: Arrival | TimerRing): void {
    if (node.frozen || node.leaving > 0 || node.waiting.length > 0) node.waiting.push(item);
    else this.serve(node, item);
  }

  private serve(node: Node, item: Waiting): void {
    switch (item.kind) {
      case "message":
        return item.message.kind === "request"
          ? this.request(node, item.message)
          : this.reply(node, item.message);
      case "timer":
        if (node.timers.get(item.name) !== item.token) return; // set again or stopped while it waited
        node.timers.delete(item.name);
        return this.handle(node, { kind: "timer", name: item.name });
      case "effects":
        node.leaving--;
        this.effects.commit(node, item.effects);
        return this.wake(node);
    }
  }

  /** If something waits and the server can take it: at this instant, as an event of its own. */
  private wake(node: Node): void {
    if (node.waking || !canServe(node)) return;
    node.waking = true;
    this.core.schedule({
      at: this.core.state.us,
      order: this.core.nextOrder(),
      kind: "wake",
      server: node.id,
    });
  }

  private serveWaiting(server: ServerId): void {
    const node = this.core.node(server);
    node.waking = false;
    if (!canServe(node)) return;
    const next = node.waiting.shift();
    if (next !== undefined) this.serve(node, next);
    this.wake(node);
  }

  private request(node: Node, message: Message): void {
    const { from, life, method, request } = message;
    const call = node.nextCall++;
    node.calls.set(call, { from, life, method, request });
    if (node.puppet) this.post(node, message, call);
    else this.handle(node, { kind: "request", from, method, request, call });
  }

  private reply(node: Node, message: Message): void {
    const { from, method, request, reply = null } = message;
    if (node.puppet) this.post(node, message);
    else this.handle(node, { kind: "reply", from, method, reply, request });
  }

  private post(node: Node, message: Message, call?: CallId): void {
    this.core.tell({ kind: "puppet", message });
    node.letters.push({ at: toMs(this.core.state.us), message, ...(call === undefined ? {} : { call }) });
  }

  private handle(node: Node, input: RunningInput): void {
    this.effects.carryOut(node, this.deliver(node, input).effects, input);
  }

  private deliver(node: Node, input: RunningInput): Answer {
    this.core.tellInput(node.id, input);
    return this.driver.deliver(node.id, this.clockOf(node), input);
  }

  private clockOf(node: Node): number {
    return localNow(node.clock, this.core.state.us);
  }
}

/** Effects that wait leave first; only then is the server free for the next input. */
function canServe({ frozen, leaving, waiting }: Node): boolean {
  return !frozen && waiting.length > 0 && (leaving === 0 || waiting[0]?.kind === "effects");
}
