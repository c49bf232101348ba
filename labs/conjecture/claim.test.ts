import { expect } from "chai";
import { UsageError } from "../kit/program/errors";
import { parseConjecture, tellConjecture } from "./claim";

const PLAIN = { N: 3, W: 2, R: 2, promise: "regular", claim: "linearizable" };

function complaints(data: unknown): string {
  try {
    parseConjecture(data, "mine.json");
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error("nothing was complained of");
}

describe("a conjecture", () => {
  it("gets what it does not say", () => {
    const { coordinators, keys, steps, faults, repairEvery, script } = parseConjecture(PLAIN, "mine.json");
    expect([coordinators, keys, steps, faults, repairEvery, script]).to.deep.equal([
      3,
      1,
      8,
      ["delays"],
      0,
      undefined,
    ]);
  });

  it("is told by where it is wrong, in a line each", () => {
    expect(complaints({ ...PLAIN, N: 9, claim: "linear" })).to.equal(
      "mine.json: N must be a whole number from 1 to 7\n" +
        "mine.json: claim must be one of: linearizable, sequential, regular, monotonic reads, read your writes, converges",
    );
    expect(complaints({ ...PLAIN, W: 4 })).to.equal("mine.json: W must be at most N, which is 3");
    expect(complaints({ ...PLAIN, faults: ["rain"] })).to.match(
      /^mine.json: faults\[0\] must be one of: delays/,
    );
    expect(complaints({ ...PLAIN, wait: 1 })).to.match(
      /^mine.json: has wait, which means nothing here; there are N/,
    );
    expect(complaints({ ...PLAIN, script: [{ do: "jump" }] })).to.match(
      /script\[0\](\.do)? needs do, one of: write/,
    );
    expect(complaints({ ...PLAIN, script: [{ do: "read" }] })).to.match(/script\[0\]\.by must be the number/);
  });

  it("says what becomes of a promise that W + R <= N cannot keep", () => {
    const told = (data: object): string => tellConjecture(parseConjecture({ ...PLAIN, ...data }, ""));
    expect(told({})).to.equal("N=3 W=2 R=2, regular: linearizable");
    expect(told({ R: 1 })).to.equal("N=3 W=2 R=1, regular, which W + R <= N makes eventual: linearizable");
  });
});
