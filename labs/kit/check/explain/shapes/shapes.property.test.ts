import { expect } from "chai";
import fc from "fast-check";
import { refute } from "../../validate";
import { cutAt, forKinds, freed } from "../fixture";
import { Words } from "../words";
import { evidence, SHAPES } from "./index";

const SEED = 1;

describe(`The shapes of violations (seed ${SEED})`, () => {
  it("are sure: what they find has no order, whatever the other operations did; each of them is met", () => {
    const met = new Map(SHAPES.map(({ name }) => [name, 0]));
    forKinds(({ model, drawn }) => {
      const { cells } = model;
      if (!cells) return;
      fc.assert(
        fc.property(drawn, (history) => {
          for (const stuck of history) {
            if (stuck.outcome !== "ok") continue;
            const cut = cutAt(history, stuck, true);
            const words = new Words(history, model);
            const seen = evidence(cut, stuck, history, cells, words);
            for (const shape of SHAPES) {
              const finding = shape(seen);
              if (!finding) continue;
              met.set(shape.name, (met.get(shape.name) ?? 0) + 1);
              expect(finding.core).to.include(stuck.id);
              const known = `${shape.name}: ${finding.sentence}`;
              expect(refute(freed(cut, finding.core), model), known).to.equal(true);
            }
          }
        }),
        { seed: SEED, numRuns: 1000 },
      );
    });
    for (const [name, times] of met) expect(times, `times that ${name} was met`).to.be.greaterThan(5);
  });
});
