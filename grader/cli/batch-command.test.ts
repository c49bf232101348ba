import { expect } from "chai";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import type { BatchEvent } from "../batch/events";
import { type ClassDocument, classSchema } from "../batch/class-document";
import { listen, type Said } from "../fixtures/room";
import { Secret, writeSecret } from "../grading/secret";
import { runBatchCommand } from "./batch-command";
import type { Room } from "./room";

const YES = `export class Raft { answer() { return "yes" } }\n`;
const NO = `export class Raft { answer() { return "no" } }\n`;

describe("grade batch", function () {
  this.timeout(60_000);
  let out: string;

  beforeEach(() => {
    out = folderOf({});
  });

  afterEach(removeFolders);

  function batch(args: readonly string[], changes?: Partial<Room>): Promise<Said> {
    const all = [
      "--labs",
      "1,2",
      "--seeds",
      "2",
      "--out",
      out,
      "--workers",
      "1",
      "--isolation",
      "process",
      ...args,
    ];
    return listen((room) => runBatchCommand(all, room), changes);
  }

  function document(): ClassDocument {
    return classSchema.parse(JSON.parse(readFileSync(path.join(out, "class.json"), "utf8")));
  }

  it("grades a class, and says what it found", async () => {
    const submissions = folderOf({
      "alice/raft/raft.ts": YES,
      "bob/raft/raft.ts": NO,
      "eve.zip": "",
      "x.txt": "",
    });
    const { code, out: text, error, progress } = await batch([submissions]);
    expect([code, error]).to.deep.equal([0, ""]);
    expect(document().students.map(({ name, points }) => [name, points])).to.deep.equal([
      ["alice", 14],
      ["bob", 0],
      ["eve", 0],
    ]);
    expect(progress).to.match(/^3 submissions, 1 of them done; 1 at a time\n2\/3 alice: 14 of 14 points, /);
    for (const part of ["Answers are yes (§1)", "refused", `ignored: "x.txt": it is no folder`, "index.html"])
      expect(text).to.include(part);
    for (const file of [
      "class.csv",
      "report/index.html",
      "report/bob.html",
      "students/eve.html",
      "course.json",
    ])
      expect(existsSync(path.join(out, file)), file).to.equal(true);

    const again = await batch([submissions, "--json"]);
    expect([again.code, again.progress]).to.deep.equal([0, "3 submissions, 3 of them done; 1 at a time\n"]);
    expect(JSON.parse(again.out), "the document alone").to.deep.equal(document());

    const other = await batch([submissions, "--seeds", "3"]);
    expect([other.code, other.out]).to.deep.equal([2, ""]);
    expect(other.error).to.match(
      /was begun with other settings: --seeds \(then 2, now 3\); use the same ones, or/,
    );

    const policy = path.join(
      folderOf({ "c.json": `{"schema":"replication-labs/course/1","decimals":0}` }),
      "c.json",
    );
    const moved = await batch([submissions, "--course", policy]);
    expect([moved.code, moved.out]).to.deep.equal([2, ""]);
    expect(moved.error).to.include("rest on another policy");
  });

  it("tells what happens as JSON, a line each, and drains when it is interrupted", async () => {
    const submissions = folderOf({ "a/raft/raft.ts": YES, "b/raft/raft.ts": NO });
    const ending = new AbortController();
    let lines = "";
    const heard = (text: string): void => {
      lines += text;
      if (text.includes(`"judging"`)) ending.abort();
    };
    const { code, error } = await batch([submissions, "--json-events"], {
      signal: ending.signal,
      out: heard,
    });
    expect([code, error]).to.deep.equal([130, "stopped; the same command goes on with what is left\n"]);
    const events = lines
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as BatchEvent);
    expect(events.map(({ event }) => event)).to.deep.equal([
      "begun",
      "judging",
      "draining",
      "judged",
      "ended",
    ]);
    expect(events[2]).to.deep.equal({ event: "draining", names: ["a"] });
    expect(existsSync(path.join(out, "class.json"))).to.equal(false);
    expect((await batch([submissions])).progress).to.match(/^2 submissions, 1 of them done; .*\n2\/2 b: /);
  });

  it("lists errors of its own for a human, and tries them again the next time", async () => {
    const submissions = folderOf({ "a/raft/raft.ts": YES });
    const { code, out: text } = await batch([submissions, "--labs", "3"]);
    expect(code).to.equal(4);
    expect(document().judgeErrors).to.have.lengthOf(1);
    expect(text).to.match(/ a +0 +0\? judge-error/);
    expect(text).to.include("Errors of the grader").and.include("a: “a scene with a fault”, seed ");
    expect((await batch([submissions, "--labs", "3"])).progress).to.include("1/1 a: ");
  });

  it("takes hidden seeds, a list of the class and the seeds of the policy", async () => {
    const submissions = folderOf({ "1.zip": "", "2/raft/raft.ts": YES });
    const files = folderOf({
      "list.csv": `student,path,submittedAt\n"Alice, A.",2,2026-10-01T12:00:00Z\n"Alice, A.",1.zip,2026-10-02T12:00:00Z\n`,
      "course.json": `{"schema":"replication-labs/course/1","seeds":3}`,
    });
    const secret = path.join(files, "seeds.secret");
    writeSecret(secret, new Secret("a".repeat(64)));
    const args = [
      submissions,
      "--labs",
      "1",
      "--out",
      out,
      "--workers",
      "1",
      "--isolation",
      "process",
      "--secret",
      secret,
    ];
    const more = ["--list", path.join(files, "list.csv"), "--course", path.join(files, "course.json")];
    const { code, error } = await listen((room) =>
      runBatchCommand([...args, "--isolation", "process", ...more], room),
    );
    expect([code, error]).to.deep.equal([0, ""]);
    expect(document()).to.deep.include({
      seeds: 3,
      seedBase: null,
      seedCommitment: new Secret("a".repeat(64)).commitment,
    });
    expect(
      document().students.map(({ name, points, submissions: own }) => [name, points, own]),
    ).to.deep.equal([["Alice, A.", 12, ["2", "1"]]]);
  });

  it("refuses what it cannot work with, in one line", async () => {
    const submissions = folderOf({ "a/raft/raft.ts": YES });
    const wrong: [string[], RegExp][] = [
      [[path.join(submissions, "none")], /^there is no folder/],
      [[submissions, "--labs", "9"], /^there is no lab “9”/],
      [[submissions, "--out", path.join(submissions, "out")], /lies in the folder of the submissions/],
      [[submissions, "--list", "none.csv"], /^none\.csv cannot be read/],
      [[submissions, "--secret", "none"], /^there is no secret/],
    ];
    for (const [args, message] of wrong) {
      const { code, error } = await batch(args);
      expect(code, error).to.equal(2);
      expect(error)
        .to.match(message)
        .and.match(/^[^\n]+\n$/);
    }
    expect((await batch([])).error).to.include("missing required argument 'submissions'");
  });

  it("says that another batch works in the folder", async () => {
    const submissions = folderOf({ "a/raft/raft.ts": YES });
    writeFileSync(path.join(out, "lock.elsewhere.1.1"), "");
    const { code, error } = await batch([submissions]);
    expect([code, error]).to.deep.equal([
      2,
      `another batch (process 1 of elsewhere) works in “${out}”; if it does not any more, remove lock.elsewhere.1.1\n`,
    ]);
  });

  it("warns of scenes that the policy misspells", async () => {
    const submissions = folderOf({ "a/raft/raft.ts": YES });
    const text = `{"schema":"replication-labs/course/1","labs":{"1":{"scenes":{"an eassy question":{"points":2}}}}}`;
    const course = path.join(folderOf({ "course.json": text }), "course.json");
    const { error } = await batch([submissions, "--course", course]);
    expect(error).to.equal(`the policy names a scene of Lab 1 that does not exist: “an eassy question”\n`);
  });
});
