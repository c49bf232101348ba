import {
  ProgramError,
  sizeOfPlain,
  type Effect,
  type Input,
  type PlainData,
  type ServerId,
  type UpEffect,
} from "../program";
import { timerDue, toMicros, type Micros } from "./clock";
import type { ServiceTimes } from "./config";
import type { Core } from "./core";
import type { Node } from "./node";
import type { Wire } from "./wire";

/** Ends a life; `where` says at which place of an effect list. */
export type Crash = (server: ServerId, where: string) => void;

/** Hands something up to the service on the same server. */
export type Rise = (node: Node, effect: UpEffect) => void;

/** Carries out what programs say: in order, one by one, and not beyond a crash. */
export class Effects {
  constructor(
    private readonly core: Core,
    private readonly wire: Wire,
    private readonly crash: Crash,
    private readonly rise: Rise,
  ) {}

  /** Effects leave when the server is free again: at once, unless service times say otherwise. */
  carryOut(node: Node, effects: readonly Effect[], input: Input): void {
    const { core } = this;
    const { service } = core.config;
    const lasts = service === undefined ? 0 : serviceTime(service, effects, input);
    if (lasts === 0 && node.leaving === 0) return this.commit(node, effects);
    const at = Math.max(core.state.us, node.busyUntil) + lasts;
    node.busyUntil = at;
    node.leaving++;
    core.schedule({
      at,
      order: core.nextOrder(),
      kind: "effects",
      server: node.id,
      life: node.life,
      effects,
    });
  }

  /** Carries out effects now; what they hand up comes next, before anything else happens to this server. */
  commit(node: Node, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (this.crashHere(node, effect, "before")) return;
      this.carryOutOne(node, effect);
      if (this.crashHere(node, effect, "after")) return;
    }
    this.handUp(node);
  }

  private handUp(node: Node): void {
    if (node.handingUp) return; // the loop below is running, and goes on
    node.handingUp = true;
    const { life } = node;
    while (node.life === life) {
      const next = node.rising.shift();
      if (next === undefined) break;
      this.rise(node, next);
    }
    if (node.life === life) node.handingUp = false;
  }

  private crashHere(node: Node, effect: Effect, when: "before" | "after"): boolean {
    const { core } = this;
    const point = core.state.crashPoints.hit(node.id, effect, when);
    if (point === undefined) return false;
    const { id: server, life } = node;
    this.crash(server, `${when} its ${effect.kind}`);
    if (point.restartAfter !== undefined) {
      const at = core.state.us + toMicros(point.restartAfter);
      core.schedule({ at, order: core.nextOrder(), kind: "restart", server, life });
    }
    return true;
  }

  private carryOutOne(node: Node, effect: Effect): void {
    if (effect.kind === "save") this.save(node, effect.state); // observers find it on the disk
    this.core.tellEffect(node.id, effect);
    switch (effect.kind) {
      case "call": {
        const { to, method, request } = effect;
        return this.wire.send({ kind: "request", from: node.id, to, method, request, life: node.life });
      }
      case "reply":
        return this.reply(node, effect.call, effect.reply);
      case "setTimer":
        return this.setTimer(node, effect.name, effect.ms);
      case "cancelTimer":
        node.timers.delete(effect.name);
        return;
      case "up":
        if (this.hasService(node)) node.rising.push(effect);
        return;
      case "save":
      case "down":
      case "downDone":
      case "note":
        return; // the disk has it, or an observer
    }
  }

  private hasService({ id }: Node): boolean {
    const { services = false, servers } = this.core.config;
    return services && id < servers;
  }

  private save(node: Node, state: PlainData): void {
    const problem = this.core.config.checkSave?.(state, node.disk.saved, node.id);
    if (problem !== undefined) throw new ProgramError(`ctx.save on server ${node.id}: ${problem}`, node.id);
    node.disk.save(state);
  }

  private reply(node: Node, call: number, reply: PlainData): void {
    const open = node.calls.get(call);
    if (open === undefined) {
      throw new ProgramError(`server ${node.id} answered call ${call}, which is not open`, node.id);
    }
    node.calls.delete(call);
    const { from: to, life, method, request } = open;
    this.wire.send({ kind: "reply", from: node.id, to, method, request, reply, life });
  }

  private setTimer(node: Node, name: string, ms: number): void {
    const { core } = this;
    const token = core.nextOrder();
    node.timers.set(name, token);
    const at = timerDue(node.clock, core.state.us, ms);
    core.schedule({ at, order: token, kind: "timer", server: node.id, name, token });
  }
}

function serviceTime(service: ServiceTimes, effects: readonly Effect[], input: Input): Micros {
  const data = input.kind === "request" ? input.request : input.kind === "reply" ? input.reply : undefined;
  const kib = data === undefined ? 0 : sizeOfPlain(data) / 1024;
  // What is handed up belongs to the input that caused it; only what the service then writes takes time.
  const perInput = input.kind === "up" ? 0 : service.perInput;
  const saves = effects.filter((effect) => effect.kind === "save").length;
  return toMicros(perInput + service.perKiB * kib + service.perSave * saves);
}
