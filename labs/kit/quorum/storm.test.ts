import { expect } from "chai";
import type { ServerId } from "../program";
import { Faults } from "../scene";
import { Bench } from "../sim/fixture";
import { storm, type StormPlan } from "./storm";

const COORDINATORS = [3, 4];
const MS = 10_000;

/** Everything that can happen, now and then. */
const ALL = { crash: 0.2, crashCoordinator: 0.2, partition: 0.2, oneWay: 0.2, pause: 0.2 } as const;

/** Three replicas and two coordinators, all of them scripts that save whenever somebody looks. */
class Ground extends Faults {
  readonly bench: Bench;
  /** How often a node was found down, or paused, or a link cut. */
  readonly seen = { down: new Set<ServerId>(), paused: new Set<ServerId>(), cut: 0 };

  constructor(seed: number) {
    const bench = new Bench({ seed, clients: COORDINATORS.length });
    super(bench.world, "reliable");
    this.bench = bench;
    for (const id of COORDINATORS) bench.world.boot(id, this.servers);
  }

  watch(ms: number): void {
    const { world } = this;
    for (const id of this.nodes) {
      if (!world.isUp(id)) this.seen.down.add(id);
      else if (world.isFrozen(id)) this.seen.paused.add(id);
      else this.bench.do(id, { kind: "save", state: null });
    }
    if (this.cuts > 0) this.seen.cut += 1;
    this.bench.pass(ms);
  }

  get nodes(): ServerId[] {
    return [...this.servers, ...COORDINATORS];
  }

  /** Directions in which nothing gets through between two nodes that are up. */
  get cuts(): number {
    const up = this.nodes.filter((id) => this.world.isUp(id));
    return up.reduce((sum, a) => sum + up.filter((b) => a !== b && !this.world.reaches(a, b)).length, 0);
  }

  /** Everybody is there, and everybody hears everybody. */
  get well(): boolean {
    return this.cuts === 0 && this.nodes.every((id) => this.world.isUp(id) && !this.world.isFrozen(id));
  }
}

function play(seed: number, plan: Partial<StormPlan> = {}): Ground {
  const ground = new Ground(seed);
  storm(ground, ground.bench.world, COORDINATORS, { ms: MS, ...plan });
  return ground;
}

describe("a storm over replicas and coordinators", () => {
  it("does the same under the same seed, to the byte", () => {
    const digest = (seed: number): string => play(seed, ALL).bench.trace.digest();
    expect(digest(7)).to.equal(digest(7));
    expect(digest(7)).not.to.equal(digest(8));
  });

  it("spares nobody", () => {
    const grounds = Array.from({ length: 10 }, (_, seed) => play(seed, ALL));
    const all = (of: (ground: Ground) => Set<ServerId>): ServerId[] =>
      [...new Set(grounds.flatMap((ground) => [...of(ground)]))].sort();
    expect(all(({ seen }) => seen.down)).to.eql([0, 1, 2, 3, 4]);
    expect(all(({ seen }) => seen.paused)).to.eql([0, 1, 2, 3, 4]);
    for (const { seen } of grounds) expect(seen.cut).to.be.greaterThan(0);
  });

  it("does nothing that its plan does not name", () => {
    const { seen } = play(3, { crash: 0.5 });
    expect([...seen.down].filter((id) => COORDINATORS.includes(id))).to.eql([]);
    expect([...seen.paused]).to.eql([]);
    expect(seen.cut).to.equal(0);
  });

  it("leaves all of them well, at the very end of its time", () => {
    for (let seed = 0; seed < 20; seed++) {
      const ground = play(seed, { ...ALL, heal: 0.1, restart: 0.1 });
      const { world } = ground.bench;
      expect(ground.well, `seed ${seed}`).to.equal(true);
      expect(world.pendingCrashPoints).to.equal(0);
      expect(world.now).to.be.closeTo(MS, 0.001);
    }
  });
});
