import { expect } from "chai";
import fc from "fast-check";
import type { LatePolicy } from "./course";
import { bankOf, lateness } from "./late";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DUE = Date.parse("2026-10-01T23:59:00+02:00");

const policy = (changes: Partial<LatePolicy>): LatePolicy => ({
  graceMinutes: 0,
  cost: "nothing",
  ...changes,
});
const perDay = policy({ cost: { per: "day", percent: 10, floor: 0 } });
const lateDays = policy({ cost: "everything", days: { bank: 5, perLab: 2, spent: {} } });

const after = (
  hours: number,
  rules: LatePolicy,
  { extension = 0, bank = 0 } = {},
): ReturnType<typeof lateness> => lateness(DUE + hours * HOUR, DUE, extension * HOUR, rules, bank);

describe("lateness", () => {
  it("is none at the due instant, and counts from the next millisecond", () => {
    expect(after(0, perDay)).to.deep.equal({
      hours: 0,
      daysUsed: 0,
      factor: 1,
      charge: 0,
      sentence: "in time",
    });
    expect(lateness(DUE + 1, DUE, 0, perDay, 0)).to.deep.include({ hours: 0.01, factor: 0.9, charge: 0.1 });
  });

  it("costs a percentage for each day that has begun, down to a floor", () => {
    expect([1, 24, 24.01, 71, 239, 1000].map((hours) => after(hours, perDay).factor)).to.deep.equal([
      0.9, 0.9, 0.8, 0.7, 0, 0,
    ]);
    const floor = policy({ cost: { per: "day", percent: 30, floor: 25 } });
    expect([20, 40, 60, 80].map((hours) => after(hours, floor).factor)).to.deep.equal([0.7, 0.4, 0.25, 0.25]);
    expect(after(60, floor).sentence).to.equal(
      "2 d 12 h late: 30 % for each day that has begun, so 25 % of the points, the least there is, are left",
    );
  });

  it("costs a percentage for each hour that has begun", () => {
    const perHour = policy({ cost: { per: "hour", percent: 0.83, floor: 0 } });
    expect([0.5, 1, 1.5, 3].map((hours) => after(hours, perHour).factor)).to.deep.equal([
      0.9917, 0.9917, 0.9834, 0.9751,
    ]);
  });

  it("is forgiven within the grace, and counts from the due date behind it", () => {
    const grace = { ...perDay, graceMinutes: 15 };
    expect(after(0.25, grace)).to.deep.include({ hours: 0.25, factor: 1, charge: 0 });
    expect(after(0.25, grace).sentence).to.equal("15 min late, within the grace of 15 min");
    expect(after(0.26, grace).factor).to.equal(0.9);
    expect(after(24.1, grace).factor).to.equal(0.8);
  });

  it("counts nothing after the hard close, floor or not", () => {
    const closing = policy({ cost: { per: "day", percent: 5, floor: 50 }, closeAfterHours: 72 });
    expect(after(72, closing).factor).to.equal(0.85);
    expect(after(72.001, closing)).to.deep.include({ factor: 0, daysUsed: 0, charge: 1 });
  });

  it("starts behind an extension, and so does the hard close", () => {
    const closing = { ...perDay, closeAfterHours: 24 };
    expect(after(48, closing, { extension: 48 })).to.deep.include({ hours: 0, factor: 1 });
    expect(after(72, closing, { extension: 48 })).to.deep.include({ hours: 24, factor: 0.9 });
    expect(after(72, closing, { extension: 48 }).sentence).to.match(/^with an extension of 2 d: 1 d late: /);
    expect(after(73, closing, { extension: 48 }).factor).to.equal(0);
  });

  it("draws late days, as many as the lab and the bank allow, and none in vain", () => {
    const use = (hours: number, bank: number): number[] => {
      const { daysUsed, factor } = after(hours, lateDays, { bank });
      return [daysUsed, factor];
    };
    expect(use(1, 5)).to.deep.equal([1, 1]);
    expect(use(24, 5)).to.deep.equal([1, 1]);
    expect(use(25, 5)).to.deep.equal([2, 1]);
    expect(use(25, 1)).to.deep.equal([0, 0]); // one day does not save it, so it stays in the bank
    expect(use(49, 5)).to.deep.equal([0, 0]); // two a lab
    const dear = { ...lateDays, cost: perDay.cost };
    expect(after(49, dear, { bank: 5 })).to.deep.include({ daysUsed: 2, factor: 0.9 });
    expect(after(49, dear, { bank: 5 }).sentence).to.equal(
      "2 d 1 h late: 2 late days drawn, 1 h left, 10 % for each day that has begun, so 90 % of the points are left",
    );
  });

  it("knows what is left in a student's bank", () => {
    const days = { bank: 5, spent: { alice: 2, bob: 7 } };
    expect(["alice", "bob", "carol", "toString"].map((name) => bankOf(policy({ days }), name))).to.deep.equal(
      [3, 0, 5, 5],
    );
    expect(bankOf(perDay, "alice")).to.equal(0);
  });
});

describe("lateness under any policy", () => {
  const percents = fc.nat(10_000).map((hundredths) => hundredths / 100);
  const policies: fc.Arbitrary<LatePolicy> = fc.record(
    {
      graceMinutes: fc.nat(3000),
      cost: fc.oneof(
        fc.constantFrom("nothing" as const, "everything" as const),
        fc.record({
          per: fc.constantFrom("day" as const, "hour" as const),
          percent: percents,
          floor: percents,
        }),
      ),
      days: fc.record(
        { bank: fc.nat(9), perLab: fc.nat(9), spent: fc.constant({}) },
        { requiredKeys: ["bank", "spent"] },
      ),
      closeAfterHours: fc.nat(400),
    },
    { requiredKeys: ["graceMinutes", "cost"] },
  );
  const times = fc.integer({ min: -20 * DAY, max: 20 * DAY });
  const banks = fc.nat(9);
  const extensions = fc.nat(5 * DAY);

  it("is never better later", () => {
    fc.assert(
      fc.property(
        policies,
        times,
        fc.nat(10 * DAY),
        extensions,
        banks,
        (rules, at, more, extension, bank) => {
          const early = lateness(DUE + at, DUE, extension, rules, bank);
          const later = lateness(DUE + at + more, DUE, extension, rules, bank);
          expect(later.factor).to.be.at.most(early.factor);
          expect(later.hours).to.be.at.least(early.hours);
        },
      ),
    );
  });

  it("leaves between nothing and all, all before the due date, and never overdraws the bank", () => {
    fc.assert(
      fc.property(policies, times, extensions, banks, (rules, at, extension, bank) => {
        const { factor, charge, daysUsed, sentence } = lateness(DUE + at, DUE, extension, rules, bank);
        expect(factor).to.be.within(0, 1);
        expect(charge).to.be.closeTo(1 - factor, 1e-9);
        if (at <= extension) expect(factor).to.equal(1);
        expect(daysUsed).to.be.within(0, Math.min(bank, rules.days?.perLab ?? bank));
        if (rules.days === undefined) expect(daysUsed).to.equal(0);
        expect(sentence).not.to.match(/NaN|undefined|Infinity|-\d/);
      }),
    );
  });

  it("is never worse with more days, or a longer extension", () => {
    fc.assert(
      fc.property(
        policies,
        times,
        extensions,
        extensions,
        banks,
        banks,
        (rules, at, extension, more, bank, days) => {
          const poor = lateness(DUE + at, DUE, extension, rules, bank).factor;
          expect(lateness(DUE + at, DUE, extension, rules, bank + days).factor).to.be.at.least(poor);
          expect(lateness(DUE + at, DUE, extension + more, rules, bank).factor).to.be.at.least(poor);
        },
      ),
    );
  });

  it("is the same however the zone of an instant is written, and across a change of the clocks", () => {
    const due = Date.parse("2026-10-24T23:59:00+02:00"); // the night after it has 25 hours in Berlin
    expect(Date.parse("2026-10-24T21:59:00Z")).to.equal(due);
    const next = Date.parse("2026-10-25T23:59:00+01:00");
    expect(lateness(next, due, 0, perDay, 0)).to.deep.include({ hours: 25, factor: 0.8 });
  });
});
