import {
  ProgramError,
  type CallId,
  type Effect,
  type Input,
  type Options,
  type PlainData,
  type ServerId,
} from "../../program";
import { Monitor } from "../../scene";
import type { WorldView } from "../../sim";
import type { ReadIndexReply, ReadIndexRequest } from "../messages";
import type { CommitMonitor } from "./commits";
import { Proofs } from "./reads-proof";
import { missed, unasked, unfounded, type Applied, type Given, type Question } from "./reads-rules";
import { shown } from "./words";

/** When questions came whose answers rest on a round of messages, and such as rest on a lease; virtual ms. */
interface Told {
  round: number;
  lease: number;
}

/** One server in its present life. */
interface Life {
  /** Calls of leaders that it has not answered. */
  readonly open: Map<CallId, { readonly from: ServerId; readonly term: number }>;
  /** Open questions of its service, by token; more than one only if a service uses a token twice. */
  readonly questions: Map<number, Question[]>;
  readonly answered: Set<number>;
  /** Open questions of followers. */
  readonly asked: Map<CallId, Question>;
  /** What leaders have told it. */
  readonly told: Told;
  /** The last term in which it acted as leader, and the term of the last entry that it applied. */
  led: number;
  appliedTerm: number;
}

interface State {
  /** Nobody has read yet, and there are no leases: nothing need be remembered but what was applied. */
  asleep: boolean;
  options: Options;
  readonly lives: Map<ServerId, Life>;
  readonly proofs: Proofs;
  /** By leader and follower: the latest questions of the follower that the leader has answered. */
  readonly relayed: Map<ServerId, Map<ServerId, Told>>;
  highest: Applied | undefined;
}

/** Clocks show whole microseconds, in ms. */
const TICK = 0.002;

/** Each read index: that it covers what was committed when it was asked for, and that it does so not by luck. */
export class ReadMonitor extends Monitor<State> {
  override readonly inputs = ["boot", "invoke", "request", "reply"] as const;
  override readonly effects = ["up", "call", "reply"] as const;
  protected state: State = {
    asleep: true,
    options: {},
    lives: new Map(),
    proofs: new Proofs(),
    relayed: new Map(),
    highest: undefined,
  };

  constructor(private readonly commits: Pick<CommitMonitor, "committedAt">) {
    super();
  }

  onInput(world: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "boot") return this.boots(server, input.options);
    const life = this.state.lives.get(server);
    if (life === undefined) return;
    if (input.kind === "invoke" && input.verb === "readIndex") {
      const [token, lease] = input.args;
      const key = whole("readIndex", "token", token, server);
      life.questions.set(key, [...(life.questions.get(key) ?? []), this.question(world, server, lease)]);
      this.state.asleep = false;
    }
    if (this.state.asleep) return;
    if (input.kind === "request") this.requested(world, server, life, input);
    else if (input.kind === "reply") this.hears(world, server, life, input);
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    const life = this.state.lives.get(server);
    if (life === undefined) return;
    if (effect.kind === "up") return this.handsUp(world, server, life, effect.verb, effect.args);
    if (effect.kind === "call" && asserts(effect.method)) {
      life.led = termOf(effect.request);
      if (!this.state.asleep && world.isPuppet(effect.to)) {
        const when = { at: world.now, local: world.localNow(server) };
        this.state.proofs.callsPuppet(effect.to, effect.request, when);
      }
    }
    if (effect.kind === "reply" && !this.state.asleep) this.replies(world, server, life, effect);
  }

  private boots(server: ServerId, options: Options): void {
    const { state } = this;
    state.options = options;
    if (options.lease === true) state.asleep = false;
    state.proofs.boots(server);
    state.lives.set(server, {
      open: new Map(),
      questions: new Map(),
      answered: new Set(),
      asked: new Map(),
      told: { round: -1, lease: -1 },
      led: 0,
      appliedTerm: 0,
    });
  }

  private question(world: WorldView, server: ServerId, lease: unknown, from?: ServerId): Question {
    const { highest } = this.state;
    const local = world.localNow(server);
    return { from, at: world.now, local, lease: lease === true, applied: highest };
  }

  private requested(
    world: WorldView,
    server: ServerId,
    life: Life,
    { from, method, request, call }: Extract<Input, { kind: "request" }>,
  ): void {
    if (asserts(method)) life.open.set(call, { from, term: termOf(request) });
    if (method !== "requestReadIndex") return;
    const { lease } = request as ReadIndexRequest;
    life.asked.set(call, this.question(world, server, lease, from));
  }

  private hears(
    world: WorldView,
    server: ServerId,
    { told }: Life,
    { from, method, request, reply }: Extract<Input, { kind: "reply" }>,
  ): void {
    const { proofs, relayed } = this.state;
    if (asserts(method)) {
      if (termOf(reply) === termOf(request)) proofs.hears(server, termOf(request), from, request);
    } else if (method === "requestReadIndex" && (reply as ReadIndexReply).index !== null) {
      // A puppet's word is law.
      const word = world.isPuppet(from)
        ? { round: world.now, lease: world.now }
        : relayed.get(from)?.get(server);
      told.round = Math.max(told.round, word?.round ?? -1);
      told.lease = Math.max(told.lease, word?.lease ?? -1);
    }
  }

  private replies(
    world: WorldView,
    server: ServerId,
    life: Life,
    { call, reply }: Extract<Effect, { kind: "reply" }>,
  ): void {
    const open = life.open.get(call);
    if (open !== undefined) {
      life.open.delete(call);
      const { from, term } = open;
      const when = { at: world.now, local: world.localNow(from) };
      if (termOf(reply) === term) this.state.proofs.answers(server, term, when);
    }
    const question = life.asked.get(call);
    if (question?.from === undefined) return;
    life.asked.delete(call);
    const { index } = reply as ReadIndexReply;
    if (index === null) return;
    const kind = this.judge(world, server, life, question, index);
    const followers = this.state.relayed.get(server) ?? new Map<ServerId, Told>();
    this.state.relayed.set(server, followers);
    const told = followers.get(question.from) ?? { round: -1, lease: -1 };
    followers.set(question.from, { ...told, [kind]: Math.max(told[kind], question.at) });
  }

  private handsUp(
    world: WorldView,
    server: ServerId,
    life: Life,
    verb: string,
    args: readonly PlainData[],
  ): void {
    const [first, second] = args;
    if (verb === "readReady") {
      const token = whole("readReady", "token", first, server);
      const open = life.questions.get(token) ?? [];
      const [question, ...rest] = open;
      if (question === undefined) throw unasked(server, token, world.now, life.answered.has(token));
      life.answered.add(token);
      if (rest.length > 0) life.questions.set(token, rest);
      else life.questions.delete(token);
      if (second !== undefined) {
        this.judge(world, server, life, question, whole("readReady", "index", second, server));
      }
    } else if ((verb === "apply" || verb === "restore") && typeof first === "number") {
      if (typeof second === "number") life.appliedTerm = second;
      const { highest } = this.state;
      if (first > (highest?.index ?? 0)) this.state.highest = { index: first, server, at: world.now };
    }
  }

  /** What the answer rests on. */
  private judge(
    world: WorldView,
    server: ServerId,
    life: Life,
    question: Question,
    index: number,
  ): keyof Told {
    const { proofs, options } = this.state;
    const needed = Math.floor(world.servers.length / 2);
    const confirming = proofs.followers(server, (when) => when.at >= question.at);
    const mayLease = question.lease && options.lease === true;
    const lasts = leaseTime(options);
    const base = needed === 0 ? question.local : proofs.latest(server, needed);
    const age = base === undefined ? undefined : question.local - base;
    // Whoever reads through the log may learn as a follower that its entry is committed: nothing that was committed when the read
    // came lies behind what became committed later.
    const later = (this.commits.committedAt(index) ?? -1) >= question.at;
    const round = confirming.length >= needed || life.told.round >= question.at || later;
    const leased = mayLease && (life.told.lease >= question.at || (age ?? Infinity) <= lasts + TICK);
    const term = (world.saved(server) as { readonly currentTerm: number } | undefined)?.currentTerm;
    const leads = life.led > 0 && life.led === term ? life.led : undefined;
    const given: Given = {
      server,
      question,
      index,
      now: world.now,
      leads,
      early: leads !== undefined && life.appliedTerm < leads,
      confirming,
      lease: mayLease ? { lasts, age } : undefined,
      founded: round || leased,
    };
    if (question.applied !== undefined && index < question.applied.index)
      throw missed(given, question.applied);
    if (!given.founded) throw unfounded(given);
    return round ? "round" : "lease";
  }
}

/** How long a promise lasts at least, on the clock of the leader that relies on it, in ms. */
function leaseTime({ minElectionTimeout = Infinity, maxDrift = 0 }: Options): number {
  return (minElectionTimeout * (1 - maxDrift)) / (1 + maxDrift);
}

/** Whoever answers such a call in its term takes the sender for its leader. */
function asserts(method: string): boolean {
  return method === "appendEntries" || method === "installSnapshot";
}

function termOf(message: PlainData): number {
  return (message as { readonly term: number }).term;
}

function whole(verb: string, name: string, value: PlainData | undefined, server: ServerId): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new ProgramError(
    `${verb} on server ${server}: ${name} must be a whole number, 0 or more; it is ${value === undefined ? "missing" : shown(value)}`,
    server,
  );
}
