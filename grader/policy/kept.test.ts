import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { JudgeError } from "../../labs/runner/pool";
import { madeGrade } from "../fixtures/grade";
import { madeCourse } from "../fixtures/policy";
import { refuseOtherPolicy, rememberPolicy } from "./applied";
import { keptOr, worth } from "./kept";
import { marksOf } from "./marking";
import type { Marks } from "./marks";

let out = "";
beforeEach(() => (out = mkdtempSync(path.join(os.tmpdir(), "kept-"))));
afterEach(() => rmSync(out, { recursive: true, force: true }));

const marks = (points: number, max: number): Marks => {
  const scenes = [
    { name: "a", points },
    { name: "b", points: max - points, verdicts: ["wrong"] },
  ] as const;
  return marksOf(madeGrade({ 1: scenes }), madeCourse(), { student: "alice", submission: "a.zip" });
};

describe("marks that are kept", () => {
  const keep = (text: string): void => {
    mkdirSync(path.join(out, "kept"));
    writeFileSync(path.join(out, "kept", "alice.json"), text);
  };

  it("count where they are worth more, as a share of the maximum", () => {
    expect([marks(3, 4), marks(0, 0)].map(worth)).to.deep.equal([0.75, 0]);
    keep(JSON.stringify(marks(3, 4)));
    expect(keptOr(out, "alice", marks(70, 100))).to.deep.include({ points: 3, maxPoints: 4 });
    expect(keptOr(out, "alice", marks(75, 100)).points).to.equal(75);
    expect(keptOr(out, "alice", marks(4, 4)).points).to.equal(4);
    expect(keptOr(out, "bob", marks(0, 4)).points).to.equal(0);
  });

  it("are never passed over because they cannot be read", () => {
    keep("{");
    expect(() => keptOr(out, "alice", marks(1, 1))).to.throw(JudgeError, /alice\.json is no document/);
  });
});

describe("the policy that marks rest on", () => {
  it("is refused to change unseen, unless marks do not depend on it", () => {
    refuseOtherPolicy(out, madeCourse({ challenge: "none" })); // the first
    rememberPolicy(out, madeCourse({ $schema: "x", labs: { 1: { points: 10 } } }));
    expect(readFileSync(path.join(out, "course.json"), "utf8")).not.to.include("$schema");
    const same = { labs: { 2: { feedback: { after: "rule" } }, 1: { points: 10, feedback: {} } } };
    refuseOtherPolicy(
      out,
      madeCourse({ ...same, feedback: { before: "full" }, students: { roster: {} }, seeds: 3 }),
    );
    for (const other of [{}, { ...same, challenge: "none" }, { ...same, late: { graceMinutes: 1 } }]) {
      expect(() => refuseOtherPolicy(out, madeCourse(other))).to.throw(UsageError, /grade -- regrade/);
    }
  });
});
