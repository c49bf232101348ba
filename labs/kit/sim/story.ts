import type { Context, Driver, ProgramClass, ServerId } from "../program";
import type { Observer } from "../trace";
import type { WorldConfig } from "./config";
import { NETWORKS, type NetworkName } from "./quality";
import { World } from "./world";

/** What a story draws from: a list of its own, so that a new network moves no pinned hash. */
const STORY_NETWORKS: readonly NetworkName[] = ["reliable", "unreliable", "long reordering", "duplicating"];

/** The messages of {@link Gossip}. */
export type GossipProtocol = {
  tell: { request: { n: number; words: readonly string[] }; reply: { known: number } };
  wait: { request: { until: number }; reply: { count: number } };
};

/** What {@link Gossip} saves. */
export type GossipState = { count: number; words: readonly string[] };

interface Open {
  readonly call: number;
  readonly until: number;
}

/** Fields of many kinds, for captured worlds. */
class Memory {
  readonly heard = new Map<ServerId, Set<number>>();
  open: Open[] = [];

  note(from: ServerId, n: number): boolean {
    const known = this.heard.get(from) ?? new Set();
    const fresh = !known.has(n);
    this.heard.set(from, known.add(n));
    return fresh;
  }
}

/**
 * A program for the tests of the world, with a bit of everything: calls, replies at once and later, timers, saves,
 * randomness, notes. It is not Raft, so that what is pinned with it does not move when the reference does.
 */
export class Gossip {
  private readonly memory = new Memory();
  private count: number;
  private words: readonly string[];

  constructor(
    private readonly ctx: Context<GossipProtocol, GossipState>,
    saved: GossipState | undefined,
  ) {
    this.count = saved?.count ?? 0;
    this.words = saved?.words ?? [];
    ctx.note("up", { count: this.count });
    this.beat();
  }

  timer(name: string): void {
    if (name === "answer") return this.answer();
    this.count++;
    const word = `${this.ctx.id}.${this.count}`;
    this.words = [...this.words, word].slice(-12);
    const peer = this.ctx.peers[Math.floor(this.ctx.random() * this.ctx.peers.length)] ?? 0;
    if (this.ctx.random() < 0.3) this.ctx.call(peer, "wait", { until: this.count + 2 });
    this.ctx.save({ count: this.count, words: this.words });
    for (const to of this.ctx.peers)
      this.ctx.call(to, "tell", { n: this.count, words: this.words.slice(-3) });
    this.beat();
  }

  tell(from: ServerId, { n, words }: GossipProtocol["tell"]["request"]): { known: number } {
    if (this.memory.note(from, n)) {
      this.words = [...new Set([...this.words, ...words])].slice(-12);
      this.ctx.save({ count: this.count, words: this.words });
    }
    return { known: this.words.length };
  }

  tellReply(from: ServerId, { known }: { known: number }): void {
    if (known > 10) this.ctx.note("well known", { from, at: Math.round(this.ctx.now()) });
  }

  wait(_from: ServerId, { until }: { until: number }, call: number): "later" {
    this.memory.open.push({ call, until });
    this.ctx.setTimer("answer", 40);
    return "later";
  }

  waitReply(from: ServerId, { count }: { count: number }): void {
    this.memory.note(from, -count);
    if (count % 3 === 0) this.ctx.cancelTimer("answer");
  }

  status(): GossipState {
    return { count: this.count, words: this.words };
  }

  private beat(): void {
    this.ctx.setTimer("beat", 20 + this.ctx.random() * 30);
  }

  private answer(): void {
    const ready = this.memory.open.filter(({ until }) => until <= this.count);
    this.memory.open = this.memory.open.filter(({ until }) => until > this.count);
    for (const { call } of ready) this.ctx.reply(call, { count: this.count });
    if (this.memory.open.length > 0) this.ctx.setTimer("answer", 40);
  }
}

/** For a driver: the class that every server of a {@link Story} runs. */
export const GOSSIP = {
  programsFor: () => ({ className: "Gossip", program: Gossip as unknown as ProgramClass }),
};

/** How long one chapter of a story takes, in ms, and how many there are. */
const CHAPTER = 50;
const CHAPTERS = 40;

/** The puppet among the servers. */
const PUPPET = 4;

/**
 * A run in which everything happens that a world can do: losses, copies, cuts, holds, freezes, crashes at odd places, service times, drifting
 * clocks, a puppet. Each chapter draws its faults from the seed and its own number alone, so that a captured world can go on.
 */
export class Story {
  readonly world: World;

  constructor(seed: number, driver: Driver, observers: readonly Observer[]) {
    const config: WorldConfig = {
      seed,
      servers: 5,
      puppets: [PUPPET],
      clocks: [0, 1, 2, 3, 4].map((id) => ({ offset: 100 * id, rate: 1 + (id - 2) / 100 })),
      service: { perInput: 0.2 * (seed % 3), perKiB: 1, perSave: 0.5 * (seed % 2) },
    };
    this.world = new World(config, driver, observers);
  }

  /** From the beginning to the end. */
  play(): void {
    this.begin(0);
    this.finish(0);
  }

  /** Lets the faults of a chapter begin; before the first one everybody boots. */
  begin(chapter: number): void {
    const { world } = this;
    const draw = world.stream("faults", chapter);
    if (chapter === 0) for (const id of world.servers) if (id !== PUPPET) world.boot(id);
    const victim = draw.int(PUPPET);
    const other = draw.int(PUPPET);
    switch (draw.int(9)) {
      case 0:
        return world.crash(victim);
      case 1:
        return world.crashAt({
          server: victim,
          effect: "save",
          nth: draw.int(3) + 1,
          when: "after",
          restartAfter: 35,
        });
      case 2:
        return world.crashAt({ effect: "call", nth: draw.int(20) + 1, when: "before", restartAfter: 10 });
      case 3:
        return world.freeze(victim);
      case 4:
        return world.cut(victim, other);
      case 5:
        return world.hold({ to: victim, kind: draw.pick(["request", "reply"]) });
      case 6:
        return this.repair();
      case 7: {
        const name = draw.pick(STORY_NETWORKS);
        return world.setNetwork(NETWORKS[name], name);
      }
      default:
        return this.meddle(victim, other);
    }
  }

  /** Plays on from the middle of a chapter to the end of the story. */
  finish(chapter: number): void {
    for (let at = chapter; at < CHAPTERS; at++) {
      if (at > chapter) this.begin(at);
      this.world.runUntil((at + 1) * CHAPTER);
    }
  }

  private repair(): void {
    const { world } = this;
    for (const id of world.servers) {
      if (!world.isUp(id)) world.boot(id);
      world.thaw(id);
      for (const to of world.servers) world.mend(id, to);
    }
    world.release();
  }

  private meddle(victim: ServerId, other: ServerId): void {
    const { world } = this;
    const letter = world.mailbox(PUPPET).findLast(({ call }) => call !== undefined);
    if (letter?.call !== undefined) world.puppetReply(PUPPET, letter.call, { known: 11, count: 3 });
    world.puppetCall(PUPPET, victim, "tell", { n: 1000, words: ["forged"] });
    world.setLink(victim, other, NETWORKS.duplicating, "duplicating");
    if (world.isUp(victim) && !world.isFrozen(victim)) world.ask(victim, "status");
  }
}
