import { expect } from "chai";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { collectFiles, loadSubject, subjectOf, type Subject } from "../kit/subject";
import { parseConjecture, type Conjecture } from "./claim";
import { search, type Found } from "./search";
import { tellStory } from "./story";

const SOLUTIONS = join(resolve(__dirname, "..", ".."), "solutions");

/** N, W, R, promise, claim, and the steps that a counterexample needs at most. */
const FALSE: [...Parameters<typeof conjecture>, steps: number][] = [
  [3, 1, 1, "eventual", "read your writes", 2],
  [3, 1, 1, "regular", "regular", 2],
  [3, 2, 2, "eventual", "regular", 3],
  [3, 2, 2, "regular", "linearizable", 3],
  [3, 3, 1, "regular", "linearizable", 3],
  [3, 1, 1, "eventual", "converges", 1],
];

const TRUE: Parameters<typeof conjecture>[] = [
  [3, 2, 2, "regular", "regular"],
  [3, 1, 3, "regular", "linearizable"],
  [3, 2, 2, "atomic", "linearizable"],
  [3, 3, 1, "atomic", "linearizable"],
];

function conjecture(N: number, W: number, R: number, promise: string, claim: string): Conjecture {
  return parseConjecture({ N, W, R, promise, claim }, "test");
}

describe("the search for counterexamples", function () {
  this.timeout(60_000);
  // In a handout there is no program that is known to be right.
  if (!existsSync(SOLUTIONS)) return;
  const reference = loadSubject(SOLUTIONS);

  const look = (claimed: Conjecture, tries: number, subject: Subject = reference, seed = 1): Found =>
    search(claimed, { subject, seed, tries });

  for (const [N, W, R, promise, claim, steps] of FALSE) {
    it(`refutes N=${N} W=${W} R=${R}, ${promise}: ${claim}, in ${steps} steps`, () => {
      const { counterexample } = look(conjecture(N, W, R, promise, claim), 500);
      expect(counterexample?.finding.kind).to.equal("refuted");
      expect(counterexample?.trial.script).to.have.lengthOf(steps);
    });
  }

  for (const [N, W, R, promise, claim] of TRUE) {
    it(`finds nothing against N=${N} W=${W} R=${R}, ${promise}: ${claim}`, () => {
      expect(look(conjecture(N, W, R, promise, claim), 150)).to.deep.equal({
        tries: 150,
        smaller: 0,
        steps: 0,
      });
    });
  }

  it("finds the same again, from the same seed", () => {
    const claimed = conjecture(3, 3, 1, "regular", "linearizable");
    const [one, again, other] = [1, 1, 2].map((seed) => look(claimed, 500, reference, seed));
    expect(again?.counterexample?.trial).to.deep.equal(one?.counterexample?.trial);
    expect(again?.counterexample?.played.outcome.hash).to.equal(one?.counterexample?.played.outcome.hash);
    expect([other?.tries, other?.smaller]).not.to.deep.equal([one?.tries, one?.smaller]);
  });

  it("tells of a program that breaks its own rules, as shortly", () => {
    const files = collectFiles(SOLUTIONS).map((file) => {
      const text = file.text.replace("open.holders.size < this.quorum().W", "open.holders.size < 1");
      return { ...file, text };
    });
    const wrong = subjectOf("wrong", SOLUTIONS, files);
    const claimed = conjecture(3, 2, 2, "regular", "regular");
    const { counterexample } = look(claimed, 50, wrong);
    if (counterexample === undefined) return expect.fail("nothing was found");
    expect(counterexample.finding.kind).to.equal("broken");
    expect(counterexample.trial.script).to.have.lengthOf(1);
    expect(tellStory(claimed, counterexample).join(" ").replace(/ +/g, " ")).to.include(
      "Then the program breaks a rule: A write is acknowledged once W different replicas hold it",
    );
  });
});
