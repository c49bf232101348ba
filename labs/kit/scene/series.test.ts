import { expect } from "chai";
import type { Outcome } from "./outcome";
import { sumOutcomes } from "./series";

const RUN: Outcome = {
  scene: "a scene",
  seed: 7,
  verdict: "accepted",
  hash: "a",
  inputs: 10,
  virtualMs: 100,
  used: { calls: 1, bytes: 20, writes: 3 },
  rules: ["one", "two"],
};

const FAILED: Outcome = {
  ...RUN,
  verdict: "wrong",
  hash: "b",
  rules: ["two", "three"],
  failure: { rule: "a rule", message: "it was not so", virtualMs: 100, events: [] },
};

describe("one outcome for several runs", () => {
  it("adds up what they cost and what they exercised", () => {
    const sum = sumOutcomes([RUN, RUN, RUN], "");
    expect(sum.verdict).to.equal("accepted");
    expect(sum).to.include({ scene: "a scene", seed: 7, inputs: 30, virtualMs: 300 });
    expect(sum.used).to.eql({ calls: 3, bytes: 60, writes: 9 });
    expect(sum.rules).to.eql(["one", "two"]);
    expect(sum).not.to.have.property("failure");
  });

  it("ends as the last of them, and says which that was", () => {
    const sum = sumOutcomes([RUN, FAILED], "with a crash after save 1: ");
    expect(sum.verdict).to.equal("wrong");
    expect(sum.failure?.message).to.equal("with a crash after save 1: it was not so");
    expect(sum.failure?.rule).to.equal("a rule");
    expect(sum.rules).to.eql(["one", "two", "three"]);
  });

  it("has a hash of all of them, in their order", () => {
    const hash = (...runs: readonly Outcome[]): string => sumOutcomes(runs, "").hash;
    expect(hash(RUN, FAILED)).to.equal(hash(RUN, FAILED));
    expect(hash(RUN, FAILED)).not.to.equal(hash(FAILED, RUN));
    expect(hash(RUN)).not.to.equal(hash(RUN, RUN));
  });

  it("is of one run at least", () => {
    expect(() => sumOutcomes([], "")).to.throw("at least one run");
  });
});
