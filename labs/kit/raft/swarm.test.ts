import { expect } from "chai";
import { MOVES } from "./moves";
import { ground, type Ground } from "./moves/fixture";
import { swarm, type Played, type SwarmPlan } from "./swarm";

const MS = 20_000;

/** Plays a swarm on scripts, among whom server 0 leads whenever it is up. */
function play(seed: number, plan: Partial<SwarmPlan> = {}): { field: Ground; played: Played[] } {
  const field = ground(seed);
  const watch = field.watch.bind(field);
  field.watch = (ms) => {
    watch(ms);
    field.follow(0, 1);
  };
  return { field, played: swarm(field, field.bench.world, { ms: MS, ...plan }) };
}

const namesOf = (played: readonly Played[]): string[] => [...new Set(played.map(({ move }) => move))].sort();

describe("a swarm", () => {
  it("does the same under the same seed, to the byte", () => {
    const [one, two] = [play(7), play(7)];
    expect(one.played).to.eql(two.played);
    expect(one.field.bench.trace.digest()).to.equal(two.field.bench.trace.digest());
    expect(play(8).field.bench.trace.digest()).not.to.equal(one.field.bench.trace.digest());
  });

  it("draws another mix for each seed, and each move for about half of them", () => {
    const mixes = Array.from({ length: 50 }, (_, seed) =>
      namesOf(play(seed, { ms: 3 * MS, proposals: 1 }).played),
    );
    expect(new Set(mixes.map((mix) => mix.join())).size).to.be.greaterThan(45);
    for (const { name } of MOVES) {
      const seeds = mixes.filter((mix) => mix.includes(name)).length;
      expect(seeds, name).to.be.within(10, 40);
    }
  });

  it("draws another pace and another rate of proposals for each seed", () => {
    const runs = Array.from({ length: 20 }, (_, seed) => play(seed, { moves: ["crash"] }));
    const moves = runs.map(({ played }) => played.length);
    const proposals = runs.map(({ field }) => field.proposed.length);
    expect(Math.max(...moves) / Math.min(...moves)).to.be.greaterThan(3);
    expect(Math.max(...proposals) / Math.min(...proposals)).to.be.greaterThan(3);
  });

  it("leaves the cluster well, at the very end of its time", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { field } = play(seed);
      const { world } = field.bench;
      expect(field.well, `seed ${seed}`).to.equal(true);
      expect(world.pendingCrashPoints).to.equal(0);
      expect(world.now).to.be.closeTo(MS, 0.001);
      expect(field.bench.events("network").at(-1)?.name).to.equal("reliable");
    }
  });

  it("leaves the cluster alone every five seconds, for long enough to elect and commit", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { field } = play(seed, { proposals: 0 });
      let trouble = 0;
      for (const { from, to } of field.stretches.filter(({ well }) => well)) {
        if (to - from < 1500) continue;
        expect(from - trouble, `seed ${seed}`).to.be.lessThan(5001);
        trouble = to;
      }
      expect(MS - trouble).to.be.lessThan(7000);
    }
  });

  it("makes no move but those that were asked for, and proposes nothing if told so", () => {
    const { field, played } = play(1, { moves: ["one-way"], proposals: 0 });
    expect(namesOf(played)).to.eql(["one-way"]);
    expect(field.proposed).to.eql([]);
    expect(() => play(1, { moves: ["earthquake"] })).to.throw(
      /no move is called “earthquake”; there are crash, /,
    );
  });
});
