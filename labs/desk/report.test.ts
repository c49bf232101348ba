import { expect } from "chai";
import picocolors from "picocolors";
import type { Outcome } from "../kit/scene/outcome";
import { commonCause, failureBlock, replayCommand, rulesLine, sceneLine, summarize } from "./report";

const plain = picocolors.createColors(false);

function outcome(more: Partial<Outcome>): Outcome {
  return { scene: "s", seed: 1, verdict: "accepted", hash: "", inputs: 0, virtualMs: 1500, ...more };
}

function failed(seed: number, verdict: Outcome["verdict"], message: string): Outcome {
  const failure = { rule: "Election Safety (§5.2)", message, virtualMs: 3, events: ["  1.000  S0  timer"] };
  return outcome({ seed, verdict, failure });
}

function runsOf(outcomes: readonly Outcome[]): { outcome: Outcome; wallMs: number }[] {
  return outcomes.map((each) => ({ outcome: each, wallMs: 1 }));
}

describe("the replay command", () => {
  it("names lab, scene and seed", () => {
    expect(replayCommand({ lab: 1, scene: "a split vote ends", seed: 7 })).to.equal(
      'npm run lab -- 1 --only "a split vote ends" --seed 7',
    );
  });

  it("names the folder if it is not the skeleton, and says whose scenes they are", () => {
    expect(replayCommand({ lab: 0, scene: "s", seed: 0, subject: "skeleton", hidden: false })).to.equal(
      'npm run lab -- 0 --only "s" --seed 0',
    );
    expect(replayCommand({ lab: 0, scene: "s", seed: 0, subject: "../mine", hidden: true })).to.equal(
      'npm run lab -- 0 --only "s" --seed 0 --subject ../mine --hidden',
    );
    expect(replayCommand({ lab: 0, scene: "s", seed: 0, subject: "my work" })).to.contain(
      '--subject "my work"',
    );
  });

  it("gives a shell nothing to interpret", () => {
    expect(replayCommand({ lab: 1, scene: 'a "b" $c', seed: 7 })).to.contain('--only "a \\"b\\" \\$c"');
  });
});

describe("a scene's line", () => {
  it("says how many seeds passed, what they cost the cluster, and both times", () => {
    const used = { calls: 12, bytes: 345, writes: 3 };
    const played = [1, 2].map((seed) => ({ outcome: outcome({ seed, used }), wallMs: 20 }));
    expect(sceneLine(summarize("s", played), 4, plain)).to.equal(
      "✓ s       2/2      24 calls     6 saves    3.0 s virtual     40 ms",
    );
  });

  it("speaks of one call and one save", () => {
    const played = [{ outcome: outcome({ used: { calls: 1, bytes: 34, writes: 1 } }), wallMs: 20 }];
    expect(sceneLine(summarize("s", played), 1, plain)).to.equal(
      "✓ s    1/1       1 call      1 save     1.5 s virtual     20 ms",
    );
  });

  it("has a cross if one failed, and knows the first failure", () => {
    const outcomes = [outcome({}), failed(2, "judge-error", "ours"), failed(3, "wrong", "theirs")];
    const summary = summarize(
      "s",
      outcomes.map((each) => ({ outcome: each, wallMs: 1 })),
    );
    expect(sceneLine(summary, 1, plain)).to.match(/^✗ s {4}1\/3 /);
    expect(summary.firstFailure?.seed).to.equal(3);
  });
});

describe("the rules that runs exercised", () => {
  const known = [
    "vote-granted",
    "split-vote",
    "stale-vote",
    "vote-taken",
    "vote-old-term",
    "retry",
    "back-up",
  ];

  it("are counted, and those that are missing named, as long as they are few", () => {
    expect(rulesLine(["vote-granted", "retry", "back-up", "vote-taken"], known, 5)).to.equal(
      "these runs exercised 4 of 7 rules of the paper; not: a split vote, a vote for an earlier term, a candidate of an old term",
    );
    expect(rulesLine(["vote-granted"], known, 1)).to.equal(
      "this run exercised 1 of 7 rules of the paper; not: a split vote, a vote for an earlier term, a vote that another one has and 3 more",
    );
    expect(rulesLine(known, known, 2)).to.equal(
      "these runs exercised all 7 rules of the paper that count here",
    );
  });

  it("are those of all runs together, of whatever end, if anybody looked for them", () => {
    const failing = { ...failed(2, "wrong", "two leaders"), rules: ["retry", "vote-granted"] };
    const runs = [outcome({ rules: ["vote-granted"] }), failing];
    expect(summarize("s", runsOf(runs)).rules).to.eql(["vote-granted", "retry"]);
    expect(summarize("s", runsOf([outcome({ rules: [] })])).rules).to.eql([]);
    expect(summarize("s", runsOf([outcome({})])).rules).to.equal(undefined);
  });

  it("say nothing of a program that is not there yet", () => {
    const unfinished = { ...failed(1, "run-error", "not implemented yet: Raft.propose."), rules: [] };
    expect(summarize("s", runsOf([unfinished])).rules).to.equal(undefined);
  });
});

describe("a failure", () => {
  it("says rule and sentence, then the last events, then seed and replay", () => {
    expect(failureBlock(failed(9, "wrong", "two leaders in term 3"), "npm run it", plain)).to.deep.equal([
      "Election Safety (§5.2) (wrong)",
      "two leaders in term 3",
      "",
      "  1.000  S0  timer",
      "",
      "seed 9: npm run it",
    ]);
  });

  it("is told once for all scenes if it concerns the whole program", () => {
    expect(commonCause(failed(1, "wrong", "two leaders"))).to.be.undefined;
    expect(commonCause(outcome({}))).to.be.undefined;
    expect(commonCause(failed(1, "does-not-compile", "raft/raft.ts:1:1: no"))).to.deep.equal({
      kind: "unusable",
      text: "raft/raft.ts:1:1: no",
    });
    expect(commonCause(failed(1, "run-error", "not implemented yet: Raft.x. Next: write it."))).to.deep.equal(
      {
        kind: "unfinished",
        text: "Not implemented yet: Raft.x.\nNext: write it.",
      },
    );
  });
});
