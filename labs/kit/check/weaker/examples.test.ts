import { expect } from "chai";
import { kv } from "../models/kv";
import { EXAMPLES } from "./examples";
import { definition } from "./fixture-definitions";
import { checkLevel, ladder } from "./ladder";
import { below, IMPLIES, LEVELS, type Level } from "./level";

describe("The examples of the levels", () => {
  for (const { name, keeps, breaks, history } of EXAMPLES) {
    it(`${name}: ${keeps}, and nothing that is next above it`, () => {
      const above = LEVELS.filter((level) => IMPLIES[level].includes(keeps));
      expect(above).to.include.members([...breaks]);
      expect(checkLevel(keeps, history, kv).verdict).to.equal("yes");
      expect(definition(keeps, history)).to.equal(true);
      for (const level of breaks) {
        expect(checkLevel(level, history, kv).verdict, level).to.equal("no");
        expect(definition(level, history), level).to.equal(false);
      }
    });
  }

  it("has one for each level", () => {
    expect(EXAMPLES.map(({ keeps }) => keeps)).to.have.members([...LEVELS]);
  });

  it("gives each example the same verdict as the definition at each level", () => {
    for (const { name, history } of EXAMPLES) {
      for (const { level, verdict } of ladder(history, kv).levels) {
        expect(verdict, `${name}: ${level}`).to.equal(definition(level, history) ? "yes" : "no");
      }
    }
  });

  it("names the strongest", () => {
    const strongest = EXAMPLES.map(({ name, history }) => [name, ladder(history, kv).strongest]);
    expect(Object.fromEntries(strongest)).to.deep.equal({
      overlap: ["linearizable"],
      "picture of the notes": ["ordered writes"],
      "late write": ["sequential"],
      "two minds": ["causal memory", "monotonic reads", "monotonic writes", "writes follow reads"],
      "last writer wins": ["causal convergence", "coherent"],
      "change of mind": ["causal", "read your writes", "monotonic writes", "writes follow reads"],
      "answer without question": ["PRAM", "coherent"],
      "flag before data": ["coherent"],
      "back in time": ["read your writes", "monotonic writes", "writes follow reads"],
      "lost from sight": [
        ...["causal memory", "causal convergence"],
        ...["monotonic reads", "monotonic writes", "writes follow reads"],
      ],
      "read, then write below": [
        ...["causal memory", "causal convergence"],
        ...["read your writes", "monotonic reads", "monotonic writes"],
      ],
      "overtaken by oneself": [
        ...["causal memory", "causal convergence"],
        ...["read your writes", "monotonic reads", "writes follow reads"],
      ],
    });
  });

  it("is told in words", () => {
    const sentence = (name: string, level: Level): string => {
      const found = EXAMPLES.find((example) => example.name === name);
      const verdict = checkLevel(level, found?.history ?? [], kv);
      return verdict.verdict === "no" ? verdict.sentence : verdict.verdict;
    };
    expect(sentence("late write", "ordered writes")).to.equal(
      `No order keeps the sessions' own and the changes in time: client 2's get("x") → "" read the initial value, so it comes before client 0's put("x", "1"); client 0's put("x", "1") was answered before client 1's put("y", "1") was called; client 2's get("y") → "1" read what client 1's put("y", "1") wrote; client 2's get("y") → "1" came before its get("x") → "".`,
    );
    expect(sentence("change of mind", "monotonic reads")).to.equal(
      `“monotonic reads” does not hold: client 2's get("x") → "1" came before its get("x") → "2"; client 2's get("x") → "2" came before its get("x") → "1". No order of the versions of "x" suits that.`,
    );
    expect(sentence("back in time", "monotonic reads")).to.equal(
      `“monotonic reads” does not hold: client 1's get("x") → "b", version 2 came before its get("x") → "a", version 1, but version 1 is not newer than version 2.`,
    );
    expect(sentence("answer without question", "causal")).to.equal(
      `Somebody read a value that it could know to be overwritten: client 2's get("x") → "" read the initial value, so it comes before client 0's put("x", "1"); client 1's get("x") → "1" read what client 0's put("x", "1") wrote; client 1's get("x") → "1" came before its put("y", "1"); client 2's get("y") → "1" read what client 1's put("y", "1") wrote; client 2's get("y") → "1" came before its get("x") → "".`,
    );
  });

  it("puts nothing below itself", () => {
    for (const level of LEVELS) expect(below(level).has(level)).to.equal(false);
  });
});
