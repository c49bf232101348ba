import { expect } from "chai";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { madeClass } from "../fixtures/class";
import { type MadeScene, madeGrade } from "../fixtures/grade";
import { madeCourse } from "../fixtures/policy";
import { listen, type Said } from "../fixtures/room";
import { refuseOtherPolicy } from "../policy/applied";
import { COURSE_SCHEMA } from "../policy/course";
import type { Marks } from "../policy/marks";
import { runRegrade } from "./regrade-command";

const DUE = "2026-10-01T12:00:00.000Z";
const LATE = "2026-10-02T13:00:00.000Z";

const half: MadeScene = { name: "half", points: 4, verdicts: ["accepted", "wrong"] };
const whole: MadeScene = { name: "whole", points: 6 };
const extra: MadeScene = { name: "extra", points: 10, challenge: true };

let folder = "";
let out = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "regrade-"));
  out = path.join(folder, "class-out");
  madeClass(out, madeCourse(), [
    { student: "alice", submittedAt: DUE, grade: madeGrade({ 1: [half, whole] }) },
    { student: "bob", submittedAt: LATE, grade: madeGrade({ 1: [half, whole] }) },
    {
      student: "carol",
      submittedAt: LATE,
      grade: madeGrade({ 1: [{ ...half, verdicts: ["accepted"] }, whole] }),
    },
  ]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function regrade(policy: object, ...flags: string[]): Promise<Said> {
  const course = path.join(folder, "other.json");
  writeFileSync(course, JSON.stringify({ schema: COURSE_SCHEMA, ...policy }));
  return listen((room) => runRegrade([out, "--course", course, ...flags], room));
}

const read = (...names: string[]): Marks =>
  JSON.parse(readFileSync(path.join(out, ...names), "utf8")) as Marks;
const points = (student: string): number => read("standing", `${student}.json`).points;
const all = (): string[] =>
  readdirSync(out, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
const contents = (): string[] => all().map((name) => readFileSync(path.join(out, name), "utf8"));

const LATENESS = { late: { cost: { per: "day", percent: 10 } }, labs: { 1: { due: DUE } } };

describe("grade regrade", () => {
  it("shows whose mark moves and why, raises first, and writes nothing", async () => {
    const before = contents();
    const { code, out: said } = await regrade({ ...LATENESS, seedsNeeded: "share" });
    expect(code).to.equal(0);
    expect(said.split("\n")).to.deep.equal([
      "alice  6 → 8 of 10  +2",
      "  Lab 1: 6 of 10 → 8 of 10 points: points by the share of seeds that passed: “half”",
      "",
      "bob  6 → 6.4 of 10  +0.4",
      "  Lab 1: 6 of 10 → 6.4 of 10 points: points by the share of seeds that passed: “half”; 1 d 1 h late: 10 % for " +
        "each day that has begun, so 80 % of the points are left",
      "",
      "carol  10 → 8 of 10  −2  kept at 10 of 10",
      "  Lab 1: 10 of 10 → 8 of 10 points: 1 d 1 h late: 10 % for each day that has begun, so 80 % of the points are left",
      "",
      "Marks of 3 students: 2 rise, 1 fall and is kept, 0 stay.",
      "Nothing was written; --yes writes it, and --allow-lower lets marks fall.",
      "",
    ]);
    expect(contents()).to.deep.equal(before);
  });

  it("writes marks, table and policy with --yes, and lets nobody's mark fall", async () => {
    const policy = { ...LATENESS, seedsNeeded: "share" };
    expect((await regrade(policy, "--yes")).code).to.equal(0);
    expect(["alice", "bob", "carol"].map(points)).to.deep.equal([8, 6.4, 10]);
    expect(read("marks", "carol.json").points).to.equal(8); // what the submission earns; the student keeps more
    expect(read("kept", "carol.json").points).to.equal(10);
    const document = read("class.json") as unknown as { students: { name: string; points: number }[] };
    expect(document.students.map((student) => student.points)).to.deep.equal([8, 6.4, 10]);
    expect(read("marks", "alice.json")).to.deep.include({ student: "alice", submittedAt: DUE });
    refuseOtherPolicy(out, madeCourse(policy));
    expect(() => refuseOtherPolicy(out, madeCourse())).to.throw(/rest on another policy/);
    const again = await regrade(policy);
    expect(again.out)
      .to.match(/^carol {2}10 → 8 of 10 .*kept/)
      .and.to.match(/0 rise, 1 fall and is kept, 2 stay/);
  });

  it("keeps marks through any number of regrades, until they are allowed to fall", async () => {
    await regrade(LATENESS, "--yes");
    await regrade({ ...LATENESS, late: { cost: "everything" } }, "--yes");
    expect(["alice", "bob", "carol"].map(points)).to.deep.equal([6, 6, 10]);
    const { out: said } = await regrade(LATENESS, "--yes", "--allow-lower");
    expect(said)
      .to.match(/0 rise, 2 fall, 1 stay/)
      .and.not.to.match(/kept/);
    expect(["alice", "bob", "carol"].map(points)).to.deep.equal([6, 4.8, 8]);
    expect(existsSync(path.join(out, "kept", "carol.json"))).to.equal(false);
  });

  it("lays nothing aside for a mark that is as good again", async () => {
    await regrade(LATENESS, "--yes");
    await regrade({ seedsNeeded: "share" }, "--yes");
    expect(["alice", "bob", "carol"].map(points)).to.deep.equal([8, 8, 10]);
    expect(readdirSync(path.join(out, "kept"))).to.deep.equal(["carol.json"]); // hers did not move; bob's rose above what was kept
  });

  it("tells other facts from another policy", async () => {
    const decided = madeGrade({ 1: [{ ...half, verdicts: ["accepted", "accepted"] }, whole] });
    writeFileSync(path.join(out, "grades", "bob.json"), JSON.stringify(decided));
    const { out: said } = await regrade({});
    expect(said).to.include("  Lab 1: 6 of 10 → 10 of 10 points: “half”: wrong under 1 of 2 → accepted\n");
    expect(said).to.include("1 rise, 0 fall, 2 stay");
  });

  it("does not take another scale for another mark", async () => {
    const { out: said } = await regrade({ labs: { 1: { points: 100 } } }, "--yes");
    expect(said).to.include("alice  6 of 10 → 60 of 100  the same share\n");
    expect(said).to.include("“half” is worth 40 rather than 4; “whole” is worth 60 rather than 6\n");
    expect(said).to.include("0 rise, 0 fall, 3 keep their share of the points, 0 stay");
    expect(points("bob")).to.equal(60);
  });

  it("says what became of a challenge, of a cap, and which attempt counts", async () => {
    rmSync(out, { recursive: true });
    madeClass(out, madeCourse(), [
      { student: "dora", name: "dora-1", submittedAt: DUE, grade: madeGrade({ 1: [whole, extra] }) },
      {
        student: "dora",
        name: "dora-2",
        submittedAt: LATE,
        grade: madeGrade({ 1: [whole, { ...extra, verdicts: ["wrong"] }] }),
      },
    ]);
    expect((await regrade({ challenge: "bonus" })).out).to.include(
      "16 of 16 → 16 of 6 points: the challenge is a bonus",
    );
    expect((await regrade({ challenge: "none" })).out).to.include("the challenge earns nothing");
    expect((await regrade({ attempts: { count: "last" } })).out).to.include(
      "“dora-2” counts instead of “dora-1”",
    );
    const caps = [{ lab: 1, student: "dora", by: "staff", cap: 0.5, at: "2026-09-30T12:00:00Z" }];
    expect((await regrade({ caps })).out).to.include(
      "16 of 16 → 8 of 16 points: at most 50 % of the points: staff released the reference on 2026-09-30T12:00:00Z",
    );
  });

  it("shows no name that would harm a terminal", async () => {
    rmSync(out, { recursive: true });
    const student = "eve\u001b[31m\u202e";
    madeClass(out, madeCourse(), [{ student, submittedAt: DUE, grade: madeGrade({ 1: [half] }) }]);
    const { out: said } = await regrade({ seedsNeeded: "share" });
    expect(said).to.match(/^eve.*0 → 2 of 4/);
    expect(said.includes("\u001b") || said.includes("\u202e")).to.equal(false);
  });

  it("goes by the course's policy, tells scenes that nobody knows, and refuses mistakes", async () => {
    const { error } = await regrade({ labs: { 1: { scenes: { hafl: { points: 1 } } } } });
    expect(error).to.equal("labs.1.scenes: Lab 1 has no scene “hafl”, as far as these facts know\n");
    const wrong = await regrade({ sedes: 1 });
    expect([wrong.code, wrong.error]).to.deep.equal([
      2,
      `${path.join(folder, "other.json")}: sedes: nobody knows this key; is it misspelt?\n`,
    ]);
    const defaults = await listen((room) => runRegrade([out], room));
    expect(defaults.out).to.include("0 rise, 0 fall, 3 stay");
  });

  it("refuses what is no folder of a class, and documents of another form", async () => {
    const none = await listen((room) => runRegrade([path.join(folder, "nothing")], room));
    expect(none.code).to.equal(2);
    expect(none.error).to.match(/is no folder of a class: it has no grades\//);
    writeFileSync(path.join(out, "grades", "bob.json"), '{"schema":"replication-labs/grade/1"}');
    const old = await listen((room) => runRegrade([out], room));
    expect([old.code, old.error.split("\n").length]).to.deep.equal([2, 2]);
    expect(old.error).to.match(/bob\.json is not what .*: schema: /);
  });
});
