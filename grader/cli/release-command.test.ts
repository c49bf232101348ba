import { expect } from "chai";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { listen, type Said } from "../fixtures/room";
import { capOf } from "../policy/cap";
import { readCourse } from "../policy/course-file";
import { readSubmission } from "../submissions/read";
import { runRelease } from "./release-command";

const ROOT = path.resolve(__dirname, "../..");

const AT = "2026-10-01T12:00:00.000Z";

describe("grade release", function () {
  this.timeout(60_000);
  let room: string;
  let policy: string;
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "release-"));
    policy = path.join(room, "course.json");
    copyFileSync(path.join(ROOT, "grader/course.json"), policy);
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  const release = (...args: string[]): Promise<Said> =>
    listen(
      (paper) =>
        runRelease([...args, "--course", policy, "--out", path.join(room, "out"), "--at", AT], paper),
      {
        root: ROOT,
      },
    );

  it("writes an archive that is a submission, and records what it costs", async () => {
    const { code, out, error } = await release("--lab", "2", "--to", "alice", "--by", "J. Doe");
    const archive = path.join(room, "out", "lab-2-alice.tar.gz");
    expect([code, error]).to.deep.equal([0, ""]);
    expect(out).to.equal(
      `${archive}: 3 files\n${policy}: from now on at most 50 % of the points of Lab 1, 2\n`,
    );
    const { files, folder } = await readSubmission(archive);
    expect([files.length, folder]).to.deep.equal([3, "lab-2/"]);
    const course = readCourse(policy);
    const who = { student: "alice", by: "J. Doe", cap: 0.5, at: AT };
    expect(course.caps).to.deep.equal([
      { lab: 1, ...who },
      { lab: 2, ...who },
    ]);
    const later = { student: "alice", submittedAt: "2026-10-02T12:00:00Z" };
    expect(capOf(2, 100, course, later)?.to).to.equal(50);
    expect(capOf(3, 100, course, later)).to.equal(undefined);
    expect(capOf(2, 100, course, { ...later, submittedAt: "2026-09-30T12:00:00Z" })).to.equal(undefined);

    const lower = await release("--lab", "1", "--to", "alice", "--by", "J. Doe", "--cap", "0.2");
    expect(lower.out).to.include("at most 20 % of the points of Lab 1\n");
    expect(capOf(1, 100, readCourse(policy), later)?.to).to.equal(20);
    const again = await release("--lab", "1", "--to", "alice", "--by", "J. Doe");
    expect(again.out).to.include("as it was, for these labs are capped already");
    expect(readCourse(policy).caps.length).to.equal(3);
  });

  it("says what is wrong with the command line or the policy, and writes nothing then", async () => {
    const before = readFileSync(policy, "utf8");
    const wrong = async (...args: string[]): Promise<readonly [number, string]> => {
      const { code, error } = await release(...args);
      return [code, error.split("\n", 1)[0] ?? ""];
    };
    const [to, by] = [
      ["--to", "alice"],
      ["--by", "J. Doe"],
    ] as const;
    expect(await wrong("--lab", "5", ...to, ...by)).to.deep.equal([
      2,
      "--lab 5: there are parts of Labs 1, 2, 3, 4; nobody needs another one, for no lab builds on it",
    ]);
    expect((await wrong("--lab", "two", ...to, ...by))[1]).to.match(/^--lab two: name a lab/);
    expect((await wrong("--lab", "2", ...to, ...by, "--cap", "50"))[1]).to.match(/^--cap 50: a share/);
    expect((await wrong("--lab", "2", "--to", "al\u001bice", ...by))[1]).to.equal(
      "“al?ice” is no name; write it in up to 100 letters",
    );
    expect(await wrong("--lab", "2", ...to)).to.deep.equal([
      2,
      "error: required option '--by <name>' not specified",
    ]);
    expect((await wrong("--lab", "2", ...to, ...by, "--at", "tomorrow"))[1]).to.match(
      /^--at tomorrow: write an/,
    );
    writeFileSync(policy, before.replace('"caps": []', '"caps": [7]'));
    expect(await wrong("--lab", "2", ...to, ...by)).to.deep.include(2);
    rmSync(policy);
    expect((await wrong("--lab", "2", ...to, ...by))[1]).to.match(
      /cannot be read; --course names the policy/,
    );
  });
});
