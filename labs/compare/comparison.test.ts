import { expect } from "chai";
import { existsSync } from "node:fs";
import path from "node:path";
import { loadSubject, type Subject } from "../kit/subject";
import { availabilityJobs, rowOf, subsetsOf } from "./availability";
import { comparisonOf, measureHere, tellComparison } from "./comparison";
import { costOf } from "./costs";
import { PARTS } from "./parts";
import { partitionOf } from "./partition";
import { CompareError } from "./store";
import { DELAYS, stalenessOf } from "./staleness";
import { systemsOf, type System } from "./systems";

const SOLUTIONS = path.resolve(__dirname, "../../solutions");

/** A machine with other work. */
const PATIENCE = 60_000;

function systemNamed(name: string, N: number): System {
  const found = systemsOf(N).find((system) => system.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

describe("a comparison", function () {
  this.timeout(PATIENCE);
  let subject: Subject;

  before(function () {
    if (!existsSync(SOLUTIONS)) this.skip();
    subject = loadSubject(SOLUTIONS);
  });

  it("measures the availability that the formula says, to the last bit", () => {
    const rows = availabilityJobs(1, [3]).flatMap(({ measure }) => measure(subject));
    expect(rows).to.have.lengthOf(systemsOf(3).length);
    for (const { system, at } of rows) {
      for (const { read, write } of at) {
        expect(read.measured, `${system}, reads`).to.equal(read.formula);
        expect(write.measured, `${system}, writes`).to.equal(write.formula);
      }
    }
  });

  it("serves what WARO is known for: reads from the last replica, writes only by all", () => {
    const waro = rowOf(systemNamed("WARO", 3), 3, subject, 2);
    expect(waro).to.deep.include({ system: "WARO", read: [1, 1, 1, 0], write: [1, 0, 0, 0] });
  });

  it("counts what an operation costs", () => {
    const lease = costOf(systemNamed("Raft, lease", 3), 3, subject, 1);
    expect(lease.read).to.include({ trips: 1, calls: 1, writes: 0 });
    expect(lease.write).to.include({ trips: 2, calls: 3, writes: 3 });
    const majority = costOf(systemNamed("majority", 3), 3, subject, 1);
    expect(majority.read).to.include({ trips: 1, calls: 3, writes: 0 });
    expect(majority.write).to.include({ trips: 2, calls: 6, writes: 4 });
  });

  it("sees no stale read where W + R > N, and some where not", () => {
    const regular = stalenessOf(systemNamed("majority, regular", 3), 3, subject, [1]);
    expect(regular.missed.map(({ value }) => value)).to.deep.equal(DELAYS.map(() => 0));
    expect(regular).to.include({ bound: 0, window: 0 });
    const weak = stalenessOf(systemNamed("one and one", 3), 3, subject, [1]);
    expect(weak.missed[0]?.value).to.be.within(0.01, weak.bound ?? 0);
    expect(weak.missed.at(-1)?.value).to.be.below(0.01);
  });

  it("shows what a partition stops", () => {
    const { majority, minority } = partitionOf(systemNamed("majority", 5), subject, 1);
    expect(majority.during).to.deep.equal({ read: 1, write: 1 });
    expect(minority.during).to.deep.equal({ read: 0, write: 0 });
    expect(minority.after).to.deep.equal({ read: 1, write: 1 });
  });

  it("is the same, byte for byte, for the same seed", () => {
    const order = { seed: 7, seeds: 1, servers: 3 };
    const text = (): string =>
      JSON.stringify(comparisonOf("solutions", order, measureHere(subject, order, ["costs"])));
    const once = text();
    expect(text()).to.equal(once);
    const comparison = JSON.parse(once) as ReturnType<typeof comparisonOf>;
    expect(comparison).to.include({ format: "replication-labs/comparison/1", seed: 7, servers: 3 });
    expect(comparison.parts.map(({ name }) => name)).to.deep.equal(["costs"]);
    expect(tellComparison(comparison)).to.match(/^costs: What does one operation cost\?\n=+\n\n3 servers/);
  });

  it("says which rule a program breaks, and measures nothing then", () => {
    const skeleton = loadSubject(path.resolve(__dirname, "../../skeleton"));
    expect(() => costOf(systemNamed("majority", 3), 3, skeleton, 1)).to.throw(
      CompareError,
      /majority, 3 servers, seed 1: .*\n.*\n.*npm run lab -- 6/,
    );
  });
});

describe("the parts", () => {
  it("have names of their own, and jobs", () => {
    const names = PARTS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const { name, jobs } of PARTS) expect(jobs({ seed: 1, seeds: 1 }), name).to.not.be.empty;
  });

  it("enumerate all sets of failed servers", () => {
    const sets = subsetsOf(3).map((set) => set.join(""));
    expect(sets.sort()).to.deep.equal(["", "0", "01", "012", "02", "1", "12", "2"]);
  });
});
