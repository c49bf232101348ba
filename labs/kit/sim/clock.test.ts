import { expect } from "chai";
import fc from "fast-check";
import { localNow, PERFECT_CLOCK, timerDue, toMicros } from "./clock";
import { Bench } from "./fixture";

describe("a server's own clock", () => {
  it("has an offset and a rate", () => {
    const clocks = [PERFECT_CLOCK, { offset: -500, rate: 1 }, { offset: 100, rate: 1.05 }];
    const bench = new Bench({ clocks });
    bench.pass(1000);
    expect([0, 1, 2].map((id) => bench.world.localNow(id))).to.deep.equal([1000, 500, 1150]);
  });

  it("is what handlers see", () => {
    const bench = new Bench({ clocks: [{ offset: 100, rate: 0.5 }] });
    bench.pass(1000);
    bench.do(0);
    expect(bench.driver.heard.at(-1)?.now).to.equal(600);
  });

  it("runs its timers: a fast clock rings early, a slow one late", () => {
    const clocks = [PERFECT_CLOCK, { offset: 7, rate: 1.25 }, { offset: -7, rate: 0.8 }];
    const bench = new Bench({ clocks });
    for (const id of [0, 1, 2]) bench.do(id, { kind: "setTimer", name: "t", ms: 100 });
    bench.pass(1000);
    const rang = bench.trace.records.flatMap((record) =>
      record.type === "input" && record.input.kind === "timer" ? [[record.server, record.at]] : [],
    );
    expect(rang).to.deep.equal([
      [1, 80],
      [0, 100],
      [2, 125],
    ]);
  });

  it("never lets a timer ring before it shows that the time is up, and hardly after", () => {
    const rates = fc.double({ min: 0.5, max: 2, noNaN: true });
    const offsets = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    const times = fc.nat(3_600_000_000);
    const lengths = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(
      fc.property(rates, offsets, times, lengths, (rate, offset, us, ms) => {
        const clock = { offset, rate };
        const due = timerDue(clock, us, ms);
        const passed = toMicros(localNow(clock, due)) - toMicros(localNow(clock, us)) - toMicros(ms);
        return due >= us && passed >= 0 && passed <= 3;
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe("a timer", () => {
  const set = (name: string, ms: number) => ({ kind: "setTimer", name, ms }) as const;

  it("rings once, when its time is up", () => {
    const bench = new Bench();
    bench.do(0, set("t", 30));
    bench.pass(29.999);
    expect(bench.got(0, "timer")).to.be.empty;
    bench.pass(1000);
    expect(bench.got(0, "timer")).to.have.length(1);
  });

  it("of the same name begins anew when it is set again", () => {
    const bench = new Bench();
    bench.do(0, set("t", 30));
    bench.pass(20);
    bench.do(0, set("t", 30), set("other", 5));
    bench.pass(29);
    expect(bench.got(0, "timer").map(({ name }) => name)).to.deep.equal(["other"]);
    bench.pass(1);
    expect(bench.got(0, "timer").map(({ name }) => name)).to.deep.equal(["other", "t"]);
  });

  it("can be stopped, and stopping one that does not run does no harm", () => {
    const bench = new Bench();
    bench.do(0, set("t", 30), { kind: "cancelTimer", name: "t" }, { kind: "cancelTimer", name: "none" });
    bench.pass(1000);
    expect(bench.got(0, "timer")).to.be.empty;
  });

  it("of no time rings at the same instant, after what is due already", () => {
    const bench = new Bench();
    bench.do(0, set("b", 0), set("a", 0));
    bench.pass(0);
    expect(bench.got(0, "timer").map(({ name }) => name)).to.deep.equal(["b", "a"]);
  });
});
