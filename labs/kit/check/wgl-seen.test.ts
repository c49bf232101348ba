import { expect } from "chai";
import fc from "fast-check";
import { Seen } from "./wgl-seen";

describe("what the plain engine has seen", () => {
  it("is told from what it has not, by every operation, the state and what was last", () => {
    const required = 100;
    const unanswered = 40;
    const step = fc.record({
      /** Places the first free operation but so many, or takes the last one back. */
      skip: fc.oneof(fc.constantFrom(-1, -1, 0, 0, 0), fc.nat(40)),
      isAnswered: fc.constantFrom(true, true, true, false),
      state: fc.nat(2),
      last: fc.constantFrom(-1, 120),
    });
    fc.assert(
      fc.property(fc.array(step, { size: "max", maxLength: 400 }), (steps) => {
        const seen = new Seen(required, unanswered);
        const configurations = new Set<string>();
        const placed: number[] = [];
        for (const { skip, isAnswered, state, last } of steps) {
          const [from, to] = isAnswered ? [0, required] : [required, required + unanswered];
          const free: number[] = [];
          for (let i = from; i < to && free.length <= skip; i++) if (!placed.includes(i)) free.push(i);
          const next = free[skip];
          if (next !== undefined) {
            placed.push(next);
            seen.place(next);
          } else {
            const back = placed.pop();
            if (back !== undefined) seen.takeBack(back);
          }
          const name = JSON.stringify([[...placed].sort((a, b) => a - b), state, last]);
          expect(seen.add(state, last)).to.equal(!configurations.has(name));
          configurations.add(name);
        }
        for (let i = 0; i < required + unanswered; i++) expect(seen.has(i)).to.equal(placed.includes(i));
      }),
      { numRuns: 100 },
    );
  });
});
