import { expect } from "chai";
import type { Effect } from "../program";
import { Bench } from "./fixture";

const save = (state: number): Effect => ({ kind: "save", state });
const call: Effect = { kind: "call", to: 1, method: "ping", request: {} };
const timer: Effect = { kind: "setTimer", name: "t", ms: 5 };

/** What server 0 got done of these effects before it crashed. */
function done(bench: Bench, effects: readonly Effect[]): (number | string)[] {
  const before = bench.trace.records.length;
  bench.do(0, ...effects);
  return bench.trace.records
    .slice(before)
    .flatMap((record) => (record.type === "effect" ? [record.effect] : []))
    .map((effect) => (effect.kind === "save" ? Number(effect.state) : effect.kind));
}

describe("a crash point", () => {
  it("lies before or after the n-th effect of a kind", () => {
    const effects = [save(1), call, save(2), timer, save(3)];
    const reach = (nth: number, when: "before" | "after"): (number | string)[] => {
      const bench = new Bench();
      bench.world.crashAt({ server: 0, effect: "save", nth, when });
      const made = done(bench, effects);
      expect(bench.world.isUp(0)).to.be.false;
      expect(bench.events("crash").map(({ where }) => where)).to.deep.equal([`${when} its save`]);
      return made;
    };
    expect(reach(1, "before")).to.deep.equal([]);
    expect(reach(1, "after")).to.deep.equal([1]);
    expect(reach(2, "before")).to.deep.equal([1, "call"]);
    expect(reach(2, "after")).to.deep.equal([1, "call", 2]);
    expect(reach(3, "before")).to.deep.equal([1, "call", 2, "setTimer"]);
    expect(reach(3, "after")).to.deep.equal([1, "call", 2, "setTimer", 3]);
  });

  it("of any kind counts all effects", () => {
    const bench = new Bench();
    bench.world.crashAt({ server: 0, nth: 3, when: "after" });
    expect(done(bench, [save(1), call, timer, save(2)])).to.deep.equal([1, "call", "setTimer"]);
  });

  it("can lie between a save and the reply that follows it", () => {
    const bench = new Bench({}, (input) =>
      input.kind === "request"
        ? [save(1), { kind: "reply", call: input.call, reply: {} }]
        : input.kind === "invoke"
          ? [call]
          : [],
    );
    bench.world.crashAt({ server: 1, effect: "save", nth: 1, when: "after" });
    bench.call(0, 1);
    bench.pass(10);
    expect(bench.world.saved(1), "saved").to.equal(1);
    expect(bench.got(0, "reply"), "but not answered").to.be.empty;
  });

  it("can lie between a send and a save that follows it", () => {
    const bench = new Bench();
    bench.world.crashAt({ server: 0, effect: "save", nth: 1, when: "before" });
    bench.do(0, call, save(1));
    bench.pass(10);
    expect(bench.got(1, "request"), "sent").to.have.length(1);
    expect(bench.world.saved(0), "but not saved").to.be.undefined;
  });

  it("counts from the moment it is set, over several handlers, lives included", () => {
    const bench = new Bench();
    bench.do(0, save(1));
    bench.world.crashAt({ server: 0, effect: "save", nth: 3, when: "before" });
    bench.do(0, save(2));
    bench.world.crash(0);
    bench.world.boot(0);
    bench.do(0, save(3));
    expect(bench.world.pendingCrashPoints).to.equal(1);
    bench.do(0, save(4));
    expect([bench.world.isUp(0), bench.world.saved(0)]).to.deep.equal([false, 3]);
    expect(bench.world.pendingCrashPoints).to.equal(0);
  });

  it("without a server is for whoever gets there first", () => {
    const bench = new Bench();
    bench.world.crashAt({ effect: "save", nth: 2, when: "before" });
    bench.do(2, save(1));
    bench.do(1, save(1));
    expect([0, 1, 2].map((id) => bench.world.isUp(id))).to.deep.equal([true, false, true]);
  });

  it("brings the server back after a while, if it says so", () => {
    const bench = new Bench();
    bench.world.crashAt({ server: 0, effect: "save", nth: 1, when: "after", restartAfter: 30 });
    bench.do(0, save(1));
    bench.pass(29.999);
    expect(bench.world.isUp(0)).to.be.false;
    bench.pass(0.001);
    expect([bench.world.isUp(0), bench.world.life(0)]).to.deep.equal([true, 2]);
  });

  it("does not bring back a server that lived and crashed again meanwhile", () => {
    const bench = new Bench();
    bench.world.crashAt({ server: 0, effect: "save", nth: 1, when: "after", restartAfter: 30 });
    bench.do(0, save(1));
    bench.world.boot(0);
    bench.world.crash(0);
    bench.pass(100);
    expect(bench.world.isUp(0)).to.be.false;
  });

  it("is used up together with others at the same place, and can be forgotten", () => {
    const bench = new Bench();
    for (let i = 0; i < 2; i++) bench.world.crashAt({ server: 0, effect: "save", nth: 1, when: "after" });
    bench.do(0, save(1));
    expect(bench.world.pendingCrashPoints).to.equal(0);
    bench.world.crashAt({ server: 1, effect: "save", nth: 1, when: "before" });
    bench.world.clearCrashPoints();
    bench.do(1, save(1));
    expect(bench.world.isUp(1)).to.be.true;
  });

  it("can be drawn from the seed: the same seed strikes at the same place", () => {
    const strike = (seed: number): string => {
      const bench = new Bench({ seed });
      const draw = bench.world.stream("faults");
      const effect = draw.pick(["save", "call", "setTimer"] as const);
      bench.world.crashAt({
        server: 0,
        effect,
        nth: draw.int(3) + 1,
        when: draw.chance(0.5) ? "before" : "after",
      });
      return done(bench, [save(1), call, timer, save(2), call, timer, save(3), call, timer]).join(" ");
    };
    const places = Array.from({ length: 40 }, (_, seed) => strike(seed));
    expect(places).to.deep.equal(Array.from({ length: 40 }, (_, seed) => strike(seed)));
    expect(new Set(places).size).to.be.greaterThan(6);
  });
});
