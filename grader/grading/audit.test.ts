import { expect } from "chai";
import { stub } from "sinon";
import type { Verdict } from "../../labs/kit/scene/outcome";
import { Pool } from "../../labs/runner/pool";
import type { Played } from "../../labs/runner/protocol";
import type { Job, JobResult } from "../../labs/runner/run";
import { AUDITED, auditRuns } from "./audit";

function job(scene: string, seeds: readonly number[], changes: Partial<Job> = {}): Job {
  return { subject: "a program", suite: "a suite", scene, seeds, prove: true, ...changes };
}

function played(of: Job, seed: number, verdict: Verdict = "accepted", hash = `${of.scene} ${seed}`): Played {
  return { outcome: { scene: of.scene, seed, verdict, hash, inputs: 1, virtualMs: 1 }, wallMs: 1 };
}

const result = (of: Job): JobResult => ({ job: of, played: of.seeds.map((seed) => played(of, seed)) });

/** A pool that plays every job as it is told here, and notes the jobs. */
function poolThat(play: (job: Job, seed: number) => Played): { pool: Pool; jobs: Job[][] } {
  const pool = new Pool();
  const jobs: Job[][] = [];
  stub(pool, "run").callsFake((order) => {
    jobs.push([...order]);
    return Promise.resolve(
      order.map((each) => ({ job: each, played: each.seeds.map((seed) => play(each, seed)) })),
    );
  });
  return { pool, jobs };
}

const first = (): number => 0;

describe("an audit", () => {
  const one = job("one", [1, 2, 3]);
  const two = job("two", [4, 5]);

  it("plays runs again input by input, and leaves equal results as they are", async () => {
    const { pool, jobs } = poolThat(played);
    const results = [result(one), result(two)];
    const audited = await auditRuns(pool, results, {}, first);
    expect(audited).to.deep.equal({ results, audit: { runs: 5, differing: 0 } });
    expect(jobs[0]).to.deep.equal([
      job("one", [1], { strict: true }),
      job("one", [2], { strict: true, prove: false }),
      job("one", [3], { strict: true, prove: false }),
      job("two", [4], { strict: true }),
      job("two", [5], { strict: true, prove: false }),
    ]);
  });

  it("lets the whole scene count as it is played input by input where one run differs", async () => {
    const strictly = (of: Job, seed: number): Played =>
      of.scene === "one" ? played(of, seed, seed === 2 ? "wrong" : "accepted", "x") : played(of, seed);
    const { pool, jobs } = poolThat(strictly);
    const { results, audit } = await auditRuns(pool, [result(one), result(two)], {}, first);
    expect(audit).to.deep.equal({ runs: 5, differing: 1 });
    expect(jobs[1]).to.deep.equal([job("one", [1, 2, 3], { strict: true })]);
    expect(results.map((each) => each.job)).to.deep.equal([one, two]);
    expect(results.map((each) => each.played.map(({ outcome }) => outcome.verdict))).to.deep.equal([
      ["accepted", "wrong", "accepted"],
      ["accepted", "accepted"],
    ]);
    expect(results[0]?.played[0]?.outcome.hash).to.equal("x");
  });

  it("sees another verdict under the same hash, and another hash under the same verdict", async () => {
    for (const other of [played(one, 1, "wrong"), played(one, 1, "accepted", "other")]) {
      const { pool } = poolThat(() => other);
      const { audit } = await auditRuns(pool, [result(job("one", [1]))], {}, first);
      expect(audit.differing).to.equal(1);
    }
  });

  it("compares nothing with runs that the grader itself failed in, or that were not begun", async () => {
    const { pool, jobs } = poolThat(played);
    const results = [
      { job: one, played: [played(one, 1, "judge-error"), played(one, 2, "time-limit", "")] },
      { job: two, played: [] },
    ];
    const audited = await auditRuns(pool, results, {}, first);
    expect(audited).to.deep.equal({ results, audit: { runs: 0, differing: 0 } });
    expect(jobs[0]).to.deep.equal([]);
  });

  it("says nothing where it fails itself, or was ended", async () => {
    const failing = poolThat((of, seed) => played(of, seed, "judge-error", "x"));
    expect((await auditRuns(failing.pool, [result(one)], {}, first)).audit.differing).to.equal(0);
    const pool = new Pool();
    stub(pool, "run").callsFake((order) => Promise.resolve(order.map((each) => ({ job: each, played: [] }))));
    const { results, audit } = await auditRuns(pool, [result(one)], {}, first);
    expect(audit.differing).to.equal(0);
    expect(results).to.deep.equal([result(one)]);
  });

  it("draws so many runs, each at most once, from whatever there is", async () => {
    const many = Array.from({ length: 10 }, (_, i) => result(job(`scene ${i}`, [1, 2, 3])));
    const { pool, jobs } = poolThat(played);
    const asked: number[] = [];
    const last = (below: number): number => {
      asked.push(below);
      return below - 1;
    };
    const { audit } = await auditRuns(pool, many, {}, last);
    expect(audit.runs).to.equal(AUDITED);
    expect(asked).to.deep.equal(Array.from({ length: AUDITED }, (_, i) => 30 - i));
    const drawn = (jobs[0] ?? []).map(({ scene, seeds }) => `${scene} ${seeds.join()}`);
    expect(drawn).to.have.length(AUDITED);
    expect(new Set(drawn).size).to.equal(AUDITED);
    expect(drawn[0]).to.equal("scene 9 3");
  });

  it("draws otherwise each time, unless it is told how", async () => {
    const many = [
      result(
        job(
          "one",
          Array.from({ length: 100_000 }, (_, i) => i),
        ),
      ),
    ];
    const draw = async (): Promise<string> => {
      const { pool, jobs } = poolThat(played);
      await auditRuns(pool, many);
      return JSON.stringify(jobs[0]?.map(({ seeds }) => seeds));
    };
    expect(await draw()).to.not.equal(await draw());
  });
});
