import { copyPlain, equalPlain, ProgramError, type PlainData, type ServerId } from "../program";
import { at, Puppet, SceneFailure } from "../scene";
import type { CrashPoint, Letter, World } from "../sim";
import { compact } from "../trace";
import type { PingRequest } from "./messages";
import type { Journal } from "./monitors/journal";

/** How long scenes wait for what must happen, in virtual ms. */
const PATIENCE = 10_000;

/** How long scenes watch that an answer does not come, in virtual ms. */
const A_WHILE = 1000;

/** Longer than a message takes, shorter than any wait between two pings, in virtual ms. */
const LATE = 100;

const LIVE = "Things happen when the network lets them (liveness)";
const PONG = "A ping is answered, and its answer remembered (handout, exercise 1)";
const AGAIN = "A ping is sent again until it is answered (handout, exercise 1)";
const ANSWERS: { readonly [method: string]: string } = {
  ping: PONG,
  add: "add counts, and is answered with the new count (handout, exercise 2)",
  waitFor: "waitFor is answered as soon as the count is large enough, and not before (handout, exercise 3)",
};

/** A call of the scene's client. */
export interface Call {
  readonly method: string;
  readonly to: ServerId;
  readonly request: PlainData;
  /** Virtual time in ms. */
  readonly at: number;
}

/**
 * A few warm-up servers and a client, as a scene sees them. **The client's calls**: `ping`, `add`, `waitFor`; what
 * becomes of them: `answered`, `unanswered`. **Pings among servers**: `startPings`, `pinged`, `rtt`, `sends`,
 * `waits`, `pong`. **Harm**: `crash`, `restart`, `crashAt`, `crashed`, `cut`, `heal`. **Besides**: `quiet`,
 * `notes`, `now`, `expect`. All the while monitors watch every reply and every save.
 */
export class WarmupCluster {
  /** All servers, puppets included, the client not. */
  readonly servers: readonly ServerId[];
  private readonly puppets: ReadonlyMap<ServerId, Puppet>;

  constructor(
    private readonly world: World,
    private readonly journal: Journal,
    private readonly client: ServerId,
  ) {
    this.servers = world.servers.filter((id) => id !== client);
    const played = world.servers.filter((id) => world.isPuppet(id));
    const run = (ms: number, done: () => boolean): boolean => world.runUntil(world.now + ms, done);
    this.puppets = new Map(played.map((id) => [id, new Puppet(id, world, run)]));
  }

  // ---------------------------------------------------------------- the client's calls

  /** The client pings a server. */
  ping(to: ServerId, n: number): Call {
    return this.call(to, "ping", { n });
  }

  /** The client adds to a server's counter. */
  add(to: ServerId, amount: number): Call {
    return this.call(to, "add", { amount });
  }

  /** The client waits for a server's count. */
  waitFor(to: ServerId, atLeast: number): Call {
    return this.call(to, "waitFor", { atLeast });
  }

  /**
   * Waits for the reply to a call, which must be this one.
   *
   * @throws SceneFailure: “stalled” if none comes in ten virtual seconds, “wrong” if it is another
   */
  answered(call: Call, reply: object): void {
    this.run(PATIENCE, () => this.replyTo(call) !== undefined);
    const letter = this.replyTo(call);
    const rule = ANSWERS[call.method] ?? LIVE;
    if (letter === undefined) {
      const problem = `${describe(call)}, sent at ${at(call.at)}, has no answer at ${at(this.now)}`;
      throw new SceneFailure("stalled", rule, problem, call.to);
    }
    const got = letter.message.reply ?? null;
    if (equalPlain(got, copyPlain(reply, "reply"))) return;
    const expected = compact(copyPlain(reply, "reply"));
    throw new SceneFailure(
      "wrong",
      rule,
      `${describe(call)} was answered with ${compact(got)}; expected ${expected}`,
      call.to,
    );
  }

  /** Lets a second pass; none of these calls may have an answer by then. */
  unanswered(...calls: readonly Call[]): void {
    this.run(A_WHILE);
    for (const call of calls) {
      const letter = this.replyTo(call);
      if (letter === undefined) continue;
      const got = compact(letter.message.reply ?? null);
      const problem = `${describe(call)} was answered with ${got} at ${at(letter.at)}; expected no answer yet`;
      throw new SceneFailure("wrong", ANSWERS[call.method] ?? LIVE, problem, call.to);
    }
  }

  // ---------------------------------------------------------------- pings among servers

  /** Tells a server to ping its peers. */
  startPings(server: ServerId): void {
    this.world.invoke(server, "startPings");
  }

  /** Waits until answers of these peers (by default all) have reached `server`; it must then know their rtt. */
  pinged(server: ServerId, ...peers: readonly ServerId[]): void {
    for (const peer of peers.length > 0 ? peers : this.servers.filter((id) => id !== server)) {
      this.run(PATIENCE, () => this.journal.heard(server, peer));
      if (!this.journal.heard(server, peer)) {
        const sent = this.journal.pings(server, peer).length;
        const problem = `no answer of server ${peer} has reached server ${server} by ${at(this.now)}`;
        throw new SceneFailure("stalled", AGAIN, `${problem}; pings sent: ${sent}`, server);
      }
      const known = this.rtt(server, peer) !== null;
      this.expect(known, PONG, `server ${server} has heard server ${peer}, but rtt(${peer}) is null`, server);
    }
  }

  /** What `server` says of the round trip to `peer`, in ms of its own clock. */
  rtt(server: ServerId, peer: ServerId): number | null {
    const value = this.world.invoke(server, "rtt", peer);
    if (value === null || typeof value === "number") return value;
    throw new ProgramError(
      `Warmup.rtt(${peer}) on server ${server} returned ${JSON.stringify(value)}; return a number of ms, or null`,
      server,
    );
  }

  /**
   * Waits until `from` has sent `to` this many pings.
   *
   * @returns when they left, in virtual ms
   */
  sends(from: ServerId, to: ServerId, count: number): readonly number[] {
    const sent = (): readonly number[] => this.journal.pings(from, to);
    if (this.run(PATIENCE + 2000 * count, () => sent().length >= count)) return sent();
    throw new SceneFailure(
      "stalled",
      AGAIN,
      `pings that server ${from} has sent to server ${to} by ${at(this.now)}: ${sent().length}; ` +
        `expected ${count} or more`,
      from,
    );
  }

  /** How long `from` waited between its first pings to `to`, in ms: `count` waits. */
  waits(from: ServerId, to: ServerId, count: number): readonly number[] {
    const times = this.sends(from, to, count + 1);
    const micros = (ms: number): number => Math.round(ms * 1000);
    return times.slice(1, count + 1).map((time, i) => (micros(time) - micros(times[i] ?? 0)) / 1000);
  }

  /** A puppet answers the `nth` ping that it has received, counted from 1; it waits for it if need be. */
  pong(puppet: ServerId, nth: number): void {
    const player = this.puppets.get(puppet);
    if (player === undefined) throw new Error(`server ${puppet} is not a puppet of this scene`);
    const letter = (): Letter | undefined => player.requests("ping")[nth - 1];
    this.run(PATIENCE, () => letter() !== undefined);
    const ping = letter();
    if (ping === undefined)
      throw new SceneFailure("stalled", AGAIN, `ping number ${nth} has not reached server ${puppet}`);
    player.reply(ping, { n: (ping.message.request as PingRequest).n, server: puppet });
  }

  // ---------------------------------------------------------------- harm

  /** Ends a server's life; what it had not saved is gone. */
  crash(server: ServerId): void {
    this.world.crash(server);
  }

  /** Brings a crashed server back, from its disk. */
  restart(server: ServerId): void {
    this.world.boot(server);
  }

  /** Sets a crash at an exact place: before or after the nth effect of some kind. */
  crashAt(point: CrashPoint): void {
    this.world.crashAt(point);
  }

  /** Waits until a server has crashed at the place that was set. */
  crashed(server: ServerId): void {
    if (this.run(PATIENCE, () => !this.world.isUp(server))) return;
    const problem = `server ${server} never came to the place where it was to crash`;
    throw new SceneFailure("stalled", LIVE, problem, server);
  }

  /** Cuts the link between two servers, both ways. */
  cut(a: ServerId, b: ServerId): void {
    this.world.cut(a, b);
    this.world.cut(b, a);
  }

  /** Mends the link between two servers. */
  heal(a: ServerId, b: ServerId): void {
    this.world.mend(a, b);
    this.world.mend(b, a);
  }

  // ---------------------------------------------------------------- besides

  /** Lets `ms` pass; once late messages have arrived, nothing may happen in any server. */
  quiet(ms: number): void {
    this.run(LATE);
    const before = this.world.inputCount;
    this.run(ms);
    const inputs = this.world.inputCount - before;
    const rule = "A server with nothing left to do does nothing: cancel the timer (handout, exercise 1)";
    const problem = `everybody has answered, and still the servers were woken ${inputs} times in ${ms} ms`;
    this.expect(inputs === 0, rule, problem);
  }

  /** What a server has remarked in its present life. */
  notes(server: ServerId): readonly string[] {
    return this.journal.notes(server);
  }

  /** Virtual time in ms. */
  get now(): number {
    return this.world.now;
  }

  /** Demands something of the scene's own; `rule` is quoted when it does not hold. */
  expect(holds: boolean, rule: string, message: string, server?: ServerId): void {
    if (!holds) throw new SceneFailure("wrong", rule, message, server);
  }

  private run(ms: number, done?: () => boolean): boolean {
    return this.world.runUntil(this.world.now + ms, done);
  }

  private call(to: ServerId, method: string, request: object): Call {
    // A finished copy is passed on as it is: its reply, which carries it, can be told from all others.
    const call = { method, to, request: copyPlain(request, "request"), at: this.now };
    this.world.puppetCall(this.client, to, method, call.request);
    return call;
  }

  private replyTo(call: Call): Letter | undefined {
    const isReply = ({ message }: Letter): boolean =>
      message.kind === "reply" && message.request === call.request;
    return this.world.mailbox(this.client).find(isReply);
  }
}

function describe({ method, to, request }: Call): string {
  return `the client's call of ${method} (${compact(request)}) on server ${to}`;
}
