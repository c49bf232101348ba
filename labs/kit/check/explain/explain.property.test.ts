import { expect } from "chai";
import fc from "fast-check";
import { decidePart } from "../decide";
import type { Decision } from "../decision";
import type { History } from "../history";
import type { Model } from "../model";
import type { Refusal, Violation } from "../verdict";
import { refute, replayOrder } from "../validate";
import { searchOrder } from "../wgl";
import { cutAt, forKinds, freed, isTold, tryAll } from "./fixture";
import { explain } from "./index";

// The seed is fixed: a test that fails only now and then teaches nobody.
const SEED = 1;

/** Every claim of an explanation, checked by plain code. */
function verify<S, I, O>(violation: Violation, history: History<I, O>, model: Model<S, I, O>): void {
  const { stuck, prefix, core } = violation;
  const last = history.find(({ id }) => id === stuck);
  if (!last) throw new Error("The stuck operation is not in the history.");
  const cut = cutAt(history, last, true);

  expect(replayOrder(prefix, cutAt(history, last, false), model), "the prefix").to.equal(undefined);
  expect(refute(cut, model), "the cut").to.equal(true);

  expect(core).to.include(stuck);
  const some = history.filter(({ id }) => core.includes(id));
  expect(refute(some, model), "the core on its own").to.equal(true);
  expect(refute(freed(cut, core), model), "the core with all others free").to.equal(true);

  expect(violation.refusals).to.not.be.empty;
  for (const refusal of violation.refusals) verifyRefusal(refusal, violation, cut, model);
}

/** The order goes as far as it says, and the next operation does not fit. */
function verifyRefusal<S, I, O>(
  { order, next, why }: Refusal,
  { core }: Violation,
  cut: History<I, O>,
  model: Model<S, I, O>,
): void {
  expect(core).to.include(next);
  const placed = cut.filter(({ id }) => order.includes(id));
  expect(replayOrder(order, placed, model), why).to.equal(undefined);
  const left = cut.filter(({ id }) => core.includes(id) && !order.includes(id));
  const state = order.reduce((held, id) => {
    const operation = cut.find((other) => other.id === id);
    return operation ? model.apply(held, operation.input).state : held;
  }, model.initial);
  for (const operation of left) {
    if (left.some((other) => other.return < operation.call)) continue;
    expect(isTold(operation, model.apply(state, operation.input).output, model), why).to.equal(false);
  }
  expect(why).to.include(model.tellState(state));
}

describe(`Explanations of small histories (seed ${SEED})`, () => {
  forKinds(({ name, model, drawn }) => {
    it(`are true of ${name}, and the same for the same history`, () => {
      let bad = 0;
      fc.assert(
        fc.property(drawn, (history) => {
          const oracle = tryAll(model);
          const part = history.filter(({ outcome }) => outcome !== "failed");
          if (oracle(part).verdict === "linearizable") return;
          bad++;
          const violation = explain(part, model, oracle, { part: "x" });
          verify(violation, history, model);
          expect(explain([...part].reverse(), model, oracle, { part: "x" })).to.deep.equal(violation);
        }),
        { seed: SEED, numRuns: 400 },
      );
      expect(bad).to.be.greaterThan(30);
    });
  });

  it("are true also where the engines are asked, and give their hints", () => {
    const budget = { steps: 100_000, bytes: 10_000_000 };
    forKinds(({ model, drawn }) => {
      fc.assert(
        fc.property(drawn, (history) => {
          const part = history.filter(({ outcome }) => outcome !== "failed");
          for (const decide of [decidePart, searchOrder]) {
            const engine = (operations: typeof history): Decision => decide(operations, model, budget);
            const decision = engine(part);
            if (decision.verdict !== "not linearizable") continue;
            verify(explain(part, model, engine, decision), history, model);
          }
        }),
        { seed: SEED, numRuns: 200 },
      );
    });
  });

  it("settle for a later wall if the oracle cannot decide every cut", () => {
    forKinds(({ model, drawn }) => {
      fc.assert(
        fc.property(drawn, fc.nat(8), (history, size) => {
          const oracle = tryAll(model);
          const part = history.filter(({ outcome }) => outcome !== "failed");
          if (oracle(part).verdict === "linearizable") return;
          const weak: typeof oracle = (operations) =>
            operations.length === size
              ? { verdict: "undecided", sentence: "out of steps", way: "all", steps: 1, bytes: 0 }
              : oracle(operations);
          const { stuck, core } = explain(part, model, weak);
          expect(
            refute(
              part.filter(({ id }) => core.includes(id)),
              model,
            ),
          ).to.equal(true);
          expect(core).to.include(stuck);
        }),
        { seed: SEED, numRuns: 100 },
      );
    });
  });
});
