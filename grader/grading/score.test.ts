import { expect } from "chai";
import type { Outcome, Verdict } from "../../labs/kit/scene/outcome";
import type { Played } from "../../labs/runner/protocol";
import type { SceneInfo } from "../../labs/runner/suite";
import { gradeLab, gradeScene, total } from "./score";

const INFO: SceneInfo = {
  lab: 1,
  name: "a scene",
  points: 4,
  challenge: false,
  needs: { file: "raft/raft.ts", exportName: "Raft", methods: [] },
};

const replay = (lab: number, scene: string, seed: number): string => `play ${lab} “${scene}” ${seed}`;

function run(seed: number, verdict: Verdict): Played {
  const end = { scene: "a scene", seed, verdict, hash: "", inputs: 1, virtualMs: 10 };
  const failure = { rule: "a rule", message: `${verdict} under ${seed}`, virtualMs: 7, events: ["an event"] };
  const outcome: Outcome = verdict === "accepted" ? end : { ...end, failure };
  return { outcome, wallMs: 1 };
}

describe("the score of a scene", () => {
  it("is all its points if all seeds pass", () => {
    const scene = gradeScene(INFO, [run(1, "accepted"), run(2, "accepted")], replay);
    expect(scene).to.deep.include({ points: 4, maxPoints: 4, seeds: 2, failed: 0, verdict: "accepted" });
    expect(scene).to.not.have.property("firstFailure");
  });

  it("is nothing if one seed fails, and the first failure is told", () => {
    const played = [run(1, "accepted"), run(2, "stalled"), run(3, "wrong")];
    const scene = gradeScene(INFO, played, replay);
    expect(scene).to.deep.include({ points: 0, maxPoints: 4, seeds: 3, failed: 2, verdict: "stalled" });
    expect(scene.firstFailure).to.deep.equal({
      seed: 2,
      rule: "a rule",
      message: "stalled under 2",
      virtualMs: 7,
      replay: "play 1 “a scene” 2",
    });
  });

  it("is a matter of the program rather than of the grader, where both failed", () => {
    expect(gradeScene(INFO, [run(1, "judge-error"), run(2, "wrong")], replay).verdict).to.equal("wrong");
    expect(gradeScene(INFO, [run(1, "judge-error")], replay).verdict).to.equal("judge-error");
  });
});

describe("the score of a lab", () => {
  it("includes the challenge, and tells its share", () => {
    const base = gradeScene(INFO, [run(1, "accepted")], replay);
    const challenge = gradeScene({ ...INFO, points: 5, challenge: true }, [run(1, "wrong")], replay);
    const lab = gradeLab(1, "a lab", [base, challenge]);
    expect(lab).to.deep.include({ points: 4, maxPoints: 9, challenge: { points: 0, maxPoints: 5 } });
    expect(total([lab, lab])).to.deep.equal({ points: 8, maxPoints: 18 });
  });

  it("says which rules of the paper all its runs exercised, in the order of the paper", () => {
    const runs = [["split-vote"], ["vote-granted", "split-vote"]].map((rules, seed) => {
      const one = run(seed, "accepted");
      return { ...one, outcome: { ...one.outcome, rules } };
    });
    const { rules } = gradeLab(1, "a lab", [gradeScene(INFO, runs, replay)], runs);
    expect(rules?.exercised).to.deep.equal(["vote-granted", "split-vote"]);
    expect(rules?.known).to.include("stale-vote").and.to.have.length(12);
    expect(gradeLab(1, "a lab", [], [run(1, "accepted")])).not.to.have.property("rules");
  });
});
