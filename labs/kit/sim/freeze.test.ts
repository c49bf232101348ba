import { expect } from "chai";
import { Bench } from "./fixture";

const set = (name: string, ms: number) => ({ kind: "setTimer", name, ms }) as const;

/** What server 1 has handled since its boot, as `ping 3` or `timer t`. */
function order(bench: Bench): string[] {
  return bench.driver.heard.flatMap(({ server, input }) => {
    if (server !== 1) return [];
    if (input.kind === "request") return [`${input.method} ${(input.request as { n: number }).n}`];
    return input.kind === "timer" ? [`timer ${input.name}`] : [];
  });
}

describe("a frozen server", () => {
  it("does nothing; when it thaws it gets what waited in the order in which it was due, one input at a time", () => {
    const bench = new Bench();
    bench.do(1, set("a", 25), set("b", 45));
    bench.world.freeze(1);
    for (let n = 0; n < 6; n++) {
      bench.call(0, 1, { n });
      bench.pass(10);
    }
    expect(order(bench)).to.be.empty;
    expect(bench.world.isFrozen(1)).to.be.true;
    bench.world.thaw(1);
    const waited = ["ping 0", "ping 1", "ping 2", "timer a", "ping 3", "ping 4", "timer b", "ping 5"];
    for (let n = 1; n <= waited.length; n++) {
      bench.world.step();
      expect(order(bench)).to.deep.equal(waited.slice(0, n));
    }
    expect(bench.world.now).to.equal(60);
  });

  it("hears what arrives at the instant of its thaw after what waited", () => {
    const bench = new Bench();
    bench.world.freeze(1);
    bench.call(0, 1, { n: 1 });
    bench.pass(10);
    bench.world.hold({});
    bench.call(0, 1, { n: 2 });
    bench.pass(10);
    bench.world.release();
    bench.world.thaw(1);
    bench.pass(0);
    expect(order(bench)).to.deep.equal(["ping 1", "ping 2"]);
  });

  it("does not run a timer that was reset or stopped by something that waited before it", () => {
    const resets = { kind: "setTimer", name: "t", ms: 100 } as const;
    const bench = new Bench({}, (input) => {
      if (input.kind === "invoke") return input.args as never;
      return input.kind === "request" ? [resets] : [];
    });
    bench.do(1, set("t", 20));
    bench.world.freeze(1);
    bench.call(0, 1, { n: 0 });
    bench.pass(50);
    bench.world.thaw(1);
    bench.pass(99);
    expect(order(bench)).to.deep.equal(["ping 0"]);
    bench.pass(1);
    expect(order(bench)).to.deep.equal(["ping 0", "timer t"]);
  });

  it("keeps what had reached it, even if the link is cut before it thaws", () => {
    const bench = new Bench();
    bench.world.freeze(1);
    bench.call(0, 1, { n: 0 });
    bench.pass(10);
    bench.world.cut(0, 1);
    bench.world.thaw(1);
    bench.pass(10);
    expect(order(bench)).to.deep.equal(["ping 0"]);
  });

  it("can be frozen again before it has caught up", () => {
    const bench = new Bench();
    bench.world.freeze(1);
    for (let n = 0; n < 3; n++) {
      bench.call(0, 1, { n });
      bench.pass(10);
    }
    bench.world.thaw(1);
    bench.world.step();
    bench.world.freeze(1);
    bench.pass(100);
    expect(order(bench)).to.deep.equal(["ping 0"]);
    bench.world.thaw(1);
    bench.pass(0);
    expect(order(bench)).to.deep.equal(["ping 0", "ping 1", "ping 2"]);
  });

  it("loses what waited when it crashes", () => {
    const bench = new Bench();
    bench.world.freeze(1);
    bench.call(0, 1, { n: 0 });
    bench.pass(10);
    bench.world.crash(1);
    bench.world.boot(1);
    bench.world.thaw(1);
    bench.pass(1000);
    expect(order(bench)).to.be.empty;
    expect(bench.world.isFrozen(1)).to.be.false;
  });

  it("cannot be asked anything, and is frozen and thawed once", () => {
    const bench = new Bench();
    bench.world.thaw(1);
    for (let i = 0; i < 2; i++) bench.world.freeze(1);
    expect(() => bench.world.ask(1, "status")).to.throw("server 1 is frozen");
    for (let i = 0; i < 2; i++) bench.world.thaw(1);
    expect(bench.events("freeze")).to.have.length(1);
    expect(bench.events("thaw")).to.have.length(1);
    bench.world.crash(2);
    bench.world.freeze(2);
    expect(bench.world.isFrozen(2), "down").to.be.false;
  });
});
