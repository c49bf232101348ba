import { expect } from "chai";
import { madeCourse } from "../fixtures/policy";
import { stageAt } from "./stage";

const DUE = "2026-10-01T12:00:00Z";

describe("the stage of some labs", () => {
  const at = (hours: number): Date => new Date(Date.parse(DUE) + hours * 3_600_000);
  const after = (hours: number, changes: object, labs = [1]): boolean =>
    stageAt(labs, madeCourse({ labs: { 1: { due: DUE } }, ...changes }), at(hours)) === "after";

  it("is after, once the due date has passed", () => {
    expect([after(-1, {}), after(0, {}), after(0.1, {})]).to.deep.equal([false, false, true]);
  });

  it("is before, while one of them is open or has no due date", () => {
    const labs = { 1: { due: DUE }, 2: { due: "2026-10-02T12:00:00Z" } };
    expect([after(1, { labs }, [1, 2]), after(1, { labs }, [1]), after(25, { labs }, [1, 2])]).to.deep.equal([
      false,
      true,
      true,
    ]);
    expect(after(10_000, {}, [1, 2])).to.equal(false);
  });

  it("waits for everybody's extension, or the first would tell the last", () => {
    const extensions = [
      { student: "bob", hours: 48 },
      { student: "carol", lab: 2, hours: 500 },
    ];
    const labs = { 1: { due: DUE }, 2: { due: DUE } };
    expect([after(47, { labs, extensions }), after(49, { labs, extensions })]).to.deep.equal([false, true]);
  });

  it("waits for the hard close, and for late days", () => {
    const cost = { per: "day", percent: 10 };
    const closing = { late: { cost, closeAfterHours: 72 } };
    expect([after(71, closing), after(73, closing)]).to.deep.equal([false, true]);
    const days = { late: { cost: "everything", days: { bank: 5, perLab: 2 } } };
    expect([after(47, days), after(49, days)]).to.deep.equal([false, true]);
    expect([
      after(0.1, { late: { graceMinutes: 30 } }),
      after(1, { late: { graceMinutes: 30 } }),
    ]).to.deep.equal([false, true]);
  });
});
