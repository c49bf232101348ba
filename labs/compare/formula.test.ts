import { expect } from "chai";
import fc from "fast-check";
import { availability, choose, needsOf, power } from "./formula";
import { systemsOf } from "./systems";

describe("the formula of availability", () => {
  it("adds up to one over all numbers of servers that are up", () => {
    for (const N of [1, 3, 5, 7])
      for (const p of [0.5, 0.9, 0.99]) expect(availability(N, 0, p)).to.be.closeTo(1, 1e-12);
  });

  it("is what is known of the simplest cases", () => {
    expect(availability(3, 3, 0.9)).to.be.closeTo(0.729, 1e-12); // all of three
    expect(availability(3, 1, 0.9)).to.be.closeTo(0.999, 1e-12); // any of three
    expect(availability(3, 2, 0.9)).to.be.closeTo(0.972, 1e-12); // two of three
    expect(availability(3, 4, 0.9)).to.equal(0);
  });

  it("falls with what is needed, and grows with p", () => {
    const sizes = fc.integer({ min: 1, max: 9 });
    const chances = fc.double({ min: 0.01, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(sizes, sizes, chances, (N, need, p) => {
        expect(availability(N, need, p)).to.be.at.least(availability(N, need + 1, p));
        if (need <= N) expect(availability(N, need, p)).to.be.below(availability(N, need, p + 0.01));
      }),
    );
  });

  it("counts ways and multiplies as arithmetic does", () => {
    expect([0, 1, 2, 3, 4, 5].map((k) => choose(5, k))).to.deep.equal([1, 5, 10, 10, 5, 1]);
    expect(choose(2, 3)).to.equal(0);
    expect(power(2, 10)).to.equal(1024);
    expect(power(0, 0)).to.equal(1);
  });
});

describe("what an operation needs", () => {
  const needs = new Map(systemsOf(5).map((system) => [system.name, needsOf(system, 5)]));

  it("is the larger of W and R for a write, which first asks for the newest version", () => {
    expect(needs.get("WARO")).to.deep.equal({ read: 1, write: 5 });
    expect(needs.get("write one, read all")).to.deep.equal({ read: 5, write: 5 });
    expect(needs.get("nearly all")).to.deep.equal({ read: 2, write: 4 });
  });

  it("is one where nothing is promised, and where a server answers from what it has", () => {
    expect(needs.get("one and one")).to.deep.equal({ read: 1, write: 1 });
    expect(needs.get("Raft, session reads")).to.deep.equal({ read: 1, write: 3 });
  });

  it("is a majority for everything else", () => {
    for (const name of ["majority", "majority, regular", "Raft, log reads", "Raft, lease"]) {
      expect(needs.get(name), name).to.deep.equal({ read: 3, write: 3 });
    }
  });
});
