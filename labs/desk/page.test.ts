import { expect } from "chai";
import picocolors from "picocolors";
import type { Outcome } from "../kit/scene/outcome";
import { pageOn, tellRules } from "./page";
import { summarize } from "./report";

/** What is told of scenes that were played once each. */
function told(...outcomes: readonly Partial<Outcome>[]): string[] {
  const lines: string[] = [];
  const page = pageOn({ line: (text = "") => lines.push(text), colors: picocolors.createColors(false) });
  const summaries = outcomes.map((more) => {
    const end = { scene: "s", seed: 1, verdict: "accepted", hash: "", inputs: 1, virtualMs: 1 } as const;
    return summarize("s", [{ outcome: { ...end, ...more }, wallMs: 1 }]);
  });
  tellRules(1, summaries, page);
  return lines;
}

describe("what a page says of rules", () => {
  it("is how many of those of the lab all scenes together exercised", () => {
    const lines = told(
      { rules: ["vote-granted"] },
      { verdict: "wrong", rules: ["split-vote", "vote-granted"] },
    );
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^these runs exercised 2 of 12 rules of the paper; not: /);
    expect(told({ rules: [] })[0]).to.match(/^this run exercised 0 of 12 /);
  });

  it("is nothing where every scene failed, or nobody looked", () => {
    expect(told({ verdict: "wrong", rules: ["vote-granted"] })).to.eql([]);
    expect(told({})).to.eql([]);
  });
});
