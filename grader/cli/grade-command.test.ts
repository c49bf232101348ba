import Ajv2020 from "ajv/dist/2020";
import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { folderOf, removeFolders, subjectOf } from "../../labs/runner/fixtures/folder";
import { listen, type Said } from "../fixtures/room";
import { type Grade, gradeJsonSchema, type SceneGrade } from "../schema/grade";
import { runGrade } from "./grade-command";
import type { Room } from "./room";

const YES = `answer() { return "yes" }`;
const ROOT = path.resolve(__dirname, "../..");

describe("grade", function () {
  this.timeout(30_000);
  let out: string;

  beforeEach(() => {
    out = folderOf({});
  });

  afterEach(removeFolders);

  function grade(args: readonly string[], changes?: Partial<Room>): Promise<Said> {
    return listen(
      (room) => runGrade([...args, "--out", out, "--workers", "1", "--isolation", "process"], room),
      changes,
    );
  }

  function document(): Grade {
    return JSON.parse(readFileSync(path.join(out, "grade.json"), "utf8")) as Grade;
  }

  function scenes(): SceneGrade[] {
    return document().labs.flatMap((lab) => lab.scenes);
  }

  it("gives a right program all points, in a document that keeps to its schema", async () => {
    const subject = subjectOf(YES);
    const { code, out: text } = await grade([subject, "--labs", "1,2", "--seeds", "3", "--json"]);
    expect(code).to.equal(0);
    expect(JSON.parse(text), "standard output holds the document alone").to.deep.equal(document());
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(gradeJsonSchema());
    expect(validate(document()), JSON.stringify(validate.errors)).to.equal(true);
    expect(document()).to.deep.include({
      schema: "replication-labs/grade/2",
      course: { name: "course-in-miniature", version: "7.8.9" },
      node: process.version,
      seedBase: 1,
      isolation: "process",
      subject,
      points: 14,
      maxPoints: 14,
      problems: [],
      typeErrors: [],
      judgeErrors: { retried: 0, left: 0 },
      events: 36,
    });
    expect(
      document().labs.map(({ lab, title, points, maxPoints, challenge }) => [
        lab,
        title,
        points,
        maxPoints,
        challenge,
      ]),
    ).to.deep.equal([
      [1, "Saying yes", 12, 12, { points: 5, maxPoints: 5 }],
      [2, "More answers", 2, 2, { points: 0, maxPoints: 0 }],
    ]);
  });

  it("takes the points of a scene for one seed that fails, and says how to see it", async () => {
    const subject = subjectOf(
      `answer(scene: string, seed: number) { return seed % 2 || scene !== "a hard question" ? "yes" : "no" }`,
    );
    const { code, out: text, progress } = await grade([subject, "--labs", "1", "--seed", "5"]);
    expect(code).to.equal(0);
    expect(progress).to.equal("30 runs to play\n");
    const hard = scenes().find(({ name }) => name === "a hard question");
    const { failed = 0, firstFailure } = hard ?? {};
    expect(failed).to.be.within(1, 9);
    expect(hard).to.deep.include({ points: 0, maxPoints: 4, seeds: 10, verdict: "wrong", challenge: false });
    expect(firstFailure).to.deep.include({ rule: "Answers are yes (§1)", message: "“no” is no yes" });
    expect(firstFailure).to.deep.include({ virtualMs: 1250.5, server: 2 });
    const replay = `npm run lab -- 1 --only "a hard question" --seed ${firstFailure?.seed} --subject ${subject} --hidden`;
    expect(firstFailure?.replay).to.equal(replay);
    for (const shown of ["“no” is no yes", "1250.500 ms", replay, "Saying yes", "8 of 12 points"]) {
      expect(text).to.include(shown);
    }
    expect(text).to.match(new RegExp(`a hard question +│ +${10 - failed}/10 │ +0/4 │ wrong`));
  });

  it("says which rules of the paper the runs exercised, beside the marks", async () => {
    const { out: text } = await grade([subjectOf(YES), "--labs", "1,2", "--seeds", "2"]);
    const [first, second] = document().labs.map(({ rules }) => rules);
    expect(first?.exercised).to.deep.equal(["vote-granted"]);
    expect(first?.known).to.include.members(["vote-granted", "split-vote"]);
    expect(second, "a lab whose scenes do not look for them").to.equal(undefined);
    expect(text.match(/these runs exercised 1 of 12 rules of the paper; not: /g)).to.have.lengthOf(1);
  });

  it("prints what was measured, and what was claimed", async () => {
    const { out: text } = await grade([subjectOf(YES), "--labs", "1,2", "--seeds", "2"]);
    const [first, second] = document().labs.map(({ measured }) => measured);
    expect(first, "a lab that measures nothing").to.equal(undefined);
    expect(second).to.deep.equal([{ what: "yes", claimed: "3 letters", measured: "3 letters", met: true }]);
    expect(text.match(/✓ yes {3}3 letters {2}3 letters/g)).to.have.lengthOf(1);
  });

  it("plays one scene under exactly the seed that was named", async () => {
    const subject = subjectOf(`answer(scene: string, seed: number) { return String(seed) }`);
    await grade([subject, "--only", "EASY", "--seeds", "1", "--seed", "77"]);
    expect(document()).to.deep.include({ only: "EASY", seedBase: 77, maxPoints: 3 });
    expect(scenes()[0]?.firstFailure).to.deep.include({ seed: 77, message: "“77” is no yes" });
  });

  it("lists type errors, which cost nothing", async () => {
    const subject = subjectOf(YES);
    const check = (): Promise<string[]> => Promise.resolve(["raft/raft.ts:2:7: TS2322 not so"]);
    const { code, out: text } = await grade([subject, "--labs", "1", "--seeds", "1"], { check });
    expect(code).to.equal(0);
    expect(document()).to.deep.include({ points: 12, typeErrors: ["raft/raft.ts:2:7: TS2322 not so"] });
    expect(text).to.include("raft/raft.ts:2:7: TS2322 not so");
  });

  it("gives a program that does not compile nothing, and says where", async () => {
    const subject = folderOf({ "raft/raft.ts": "export class Raft {\n  answer() { return }}\n}\n" });
    const { code, out: text } = await grade([subject, "--labs", "1", "--seeds", "2"]);
    expect(code).to.equal(0);
    expect(document().points).to.equal(0);
    expect(scenes().map(({ verdict }) => verdict)).to.deep.equal(Array(3).fill("does-not-compile"));
    expect(document().problems).to.have.lengthOf(1);
    expect(document().problems[0]).to.match(/^raft\/raft\.ts:3:1: /);
    expect(text.split(document().problems[0] ?? "")).to.have.lengthOf(2); // told once, not for each scene
  });

  it("gives a folder without the program nothing", async () => {
    const { code } = await grade([
      folderOf({ "kv/kv.ts": "export const x = 1;" }),
      "--labs",
      "1",
      "--seeds",
      "1",
    ]);
    expect(code).to.equal(0);
    expect(scenes()[0]).to.deep.include({ verdict: "not-gradable", points: 0 });
  });

  it("gives a class that lacks a handler nothing", async () => {
    const subject = folderOf({
      "raft/raft.ts": "export class Raft { requestVote() {} timer() {} status() {} }",
    });
    const args = [subject, "--labs", "1", "--only", "initial election", "--seeds", "1"];
    const { code } = await grade(args, { root: ROOT });
    expect(code).to.equal(0);
    expect(scenes()[0]?.verdict).to.equal("not-gradable");
    expect(document().problems).to.deep.equal([
      "raft/raft.ts: class Raft lacks requestVoteReply, appendEntries, appendEntriesReply",
    ]);
  });

  it("does not call its own error a failure of the program", async () => {
    const { code, out: text } = await grade([subjectOf(YES), "--seeds", "2"]);
    expect(code).to.equal(4);
    expect(document().judgeErrors).to.deep.equal({ retried: 2, left: 2 });
    expect(scenes().find(({ maxPoints }) => maxPoints === 1)?.verdict).to.equal("judge-error");
    expect(text).to.include("these marks are not final");
  });

  it("stops when it is interrupted", async () => {
    const signal = AbortSignal.abort();
    const { code, error } = await grade([subjectOf(YES), "--labs", "1"], { signal });
    expect([code, error]).to.deep.equal([130, "stopped; nothing was written\n"]);
    expect(existsSync(path.join(out, "grade.json"))).to.equal(false);
  });
});
