import { expect } from "chai";
import { type MadeScene, madeGrade } from "../fixtures/grade";
import { madeCourse } from "../fixtures/policy";
import { marksOf } from "./marking";
import type { Marks } from "./marks";
import { reasonsFor } from "./reasons";

const marks = (labs: Readonly<Record<number, readonly MadeScene[]>>, policy: object = {}): Marks =>
  marksOf(madeGrade(labs), madeCourse(policy), { student: "alice", submission: "a", submittedAt: LATE });

const DUE = "2026-10-01T12:00:00Z";
const LATE = "2026-10-01T13:00:00Z";
const FIVE = ["a", "b", "c", "d", "e"].map((name) => ({ name }));

describe("why marks move", () => {
  it("is nothing to say where points stay", () => {
    const wrong = [{ name: "a", verdicts: ["wrong"] }] as const;
    const stalled = [{ name: "a", verdicts: ["stalled"] }] as const;
    expect(reasonsFor(marks({ 1: wrong }), marks({ 1: stalled }))).to.deep.equal([]);
  });

  it("names labs that came and went", () => {
    expect(reasonsFor(marks({ 1: FIVE }), marks({ 2: FIVE }))).to.deep.equal([
      "Lab 1 counts no more: it gave 10 of 10 points",
      "Lab 2 is new: 10 of 10 points",
    ]);
  });

  it("names scenes that came and went, and those with another verdict", () => {
    const now = [{ name: "a", verdicts: ["wrong", "accepted"] }, { name: "b" }, { name: "f" }] as const;
    expect(reasonsFor(marks({ 1: FIVE }), marks({ 1: now }))).to.deep.equal([
      "Lab 1: 10 of 10 → 4 of 6 points: new: “f”; no longer there: “c”, “d”, “e”; “a”: accepted → wrong under 1 of 2",
    ]);
  });

  it("names three scenes, and counts the others", () => {
    const failing = FIVE.map((scene) => ({ ...scene, verdicts: ["wrong", "accepted"] }) as const);
    const [verdicts] = reasonsFor(marks({ 1: FIVE }), marks({ 1: failing }));
    expect(verdicts).to.match(/“c”: accepted → wrong under 1 of 2; other verdicts in 2 more scenes$/);
    const [shares] = reasonsFor(marks({ 1: failing }), marks({ 1: failing }, { seedsNeeded: "share" }));
    expect(shares).to.match(/points: points by the share of seeds that passed: “a”, “b”, “c” and 2 more$/);
    const [whole] = reasonsFor(marks({ 1: failing }, { seedsNeeded: "share" }), marks({ 1: failing }));
    expect(whole).to.match(/points: points need all seeds: “a”, “b”, “c” and 2 more$/);
    const [scale] = reasonsFor(marks({ 1: FIVE }), marks({ 1: FIVE }, { labs: { 1: { points: 25 } } }));
    expect(scale).to.equal(
      "Lab 1: 10 of 10 → 25 of 25 points: its scenes are worth 25 rather than 10 points",
    );
  });

  it("tells a challenge from other points", () => {
    const scenes = [{ name: "a" }, { name: "b", challenge: true, points: 1 }];
    const why = (policy: object, earlier: object = {}): string =>
      reasonsFor(marks({ 1: scenes }, earlier), marks({ 1: scenes }, policy))
        .join()
        .replace(/^.*? points: /, "");
    expect(why({ challenge: "bonus" })).to.equal("the challenge is a bonus");
    expect(why({ challenge: "none" })).to.equal("the challenge earns nothing");
    expect(why({}, { challenge: "none" })).to.equal("the challenge counts");
  });

  it("tells lateness, caps and rounding", () => {
    const late = { labs: { 1: { due: DUE } }, late: { cost: { per: "hour", percent: 50 } } };
    const cap = { caps: [{ lab: 1, student: "*", by: "staff", cap: 0.2, at: DUE }] };
    const why = (policy: object, earlier: object = {}): string =>
      reasonsFor(marks({ 1: FIVE }, earlier), marks({ 1: FIVE }, policy))
        .join()
        .replace(/^.*? points: /, "");
    expect(why(late)).to.equal("1 h late: 50 % for each hour that has begun, so 50 % of the points are left");
    expect(why({}, late)).to.equal("nothing is late");
    expect(why(cap)).to.equal(`at most 20 % of the points: staff released the reference on ${DUE}`);
    expect(why({}, cap)).to.equal("there is no cap");
    const thirds = { labs: { 1: { points: 10.4 } } };
    expect(why({ ...thirds, decimals: 0 }, thirds)).to.match(/is worth|are worth|rounded otherwise/);
  });
});
