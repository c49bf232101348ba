import { expect } from "chai";
import { stub } from "sinon";
import type { Verdict } from "../../labs/kit/scene/outcome";
import { Pool } from "../../labs/runner/pool";
import type { Played } from "../../labs/runner/protocol";
import type { Job, JobResult } from "../../labs/runner/run";
import { playJobs } from "./play";

function job(scene: string, seeds: readonly number[]): Job {
  return { subject: "a program", suite: "a suite", scene, seeds, prove: true };
}

function result(of: Job, verdicts: readonly Verdict[]): JobResult {
  const played = of.seeds.map((seed, i): Played => {
    const verdict = verdicts[i] ?? "accepted";
    return { outcome: { scene: of.scene, seed, verdict, hash: "", inputs: 1, virtualMs: 1 }, wallMs: 1 };
  });
  return { job: of, played };
}

function verdicts(results: readonly JobResult[]): Verdict[][] {
  return results.map(({ played }) => played.map(({ outcome }) => outcome.verdict));
}

describe("playing jobs", () => {
  const one = job("one", [1, 2, 3]);
  const two = job("two", [4, 5]);

  /** A pool whose runs end so, one after the other. */
  function poolThatSays(...runs: JobResult[][]): { pool: Pool; run: sinon.SinonStub } {
    const pool = new Pool();
    const run = stub(pool, "run");
    runs.forEach((results, i) => run.onCall(i).resolves(results));
    return { pool, run };
  }

  it("plays nothing twice, failures of the program included", async () => {
    const { pool, run } = poolThatSays([result(one, ["wrong"]), result(two, [])]);
    const plays = await playJobs(pool, [one, two]);
    expect(run.callCount).to.equal(1);
    expect(plays).to.deep.include({ retried: 0, left: 0 });
  });

  it("plays once more what ended in an error of the grader", async () => {
    const again = job("two", [5]);
    const { pool, run } = poolThatSays(
      [result(one, ["judge-error", "wrong", "judge-error"]), result(two, ["accepted", "judge-error"])],
      [result(job("one", [1, 3]), ["stalled", "judge-error"]), result(again, ["accepted"])],
    );
    const plays = await playJobs(pool, [one, two]);
    expect(run.callCount).to.equal(2);
    expect(run.secondCall.args[0]).to.deep.equal([
      { ...job("one", [1, 3]), effort: 10 },
      { ...again, prove: false, effort: 10 },
    ]);
    expect(verdicts(plays.results)).to.deep.equal([
      ["stalled", "wrong", "judge-error"],
      ["accepted", "accepted"],
    ]);
    expect(plays).to.deep.include({ retried: 3, left: 1 });
  });
});
