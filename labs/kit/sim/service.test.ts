import { expect } from "chai";
import type { ServiceTimes } from "./config";
import { Bench } from "./fixture";

const FREE: ServiceTimes = { perInput: 0, perKiB: 0, perSave: 0 };

/** A bench whose servers have been up long enough to be idle. */
function bench(service: Partial<ServiceTimes>, script?: ConstructorParameters<typeof Bench>[1]): Bench {
  const made = new Bench({ service: { ...FREE, ...service } }, script);
  made.pass(1000);
  return made;
}

describe("service times", () => {
  it("bound the throughput: inputs are handled one after the other, in order", () => {
    const one = bench({ perInput: 10 });
    for (let n = 0; n < 20; n++) one.call(n % 2 === 0 ? 0 : 2, 1, { n });
    one.pass(2000);
    const times = one.inputTimes("request");
    expect(times).to.have.length(20);
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(Math.min(...gaps)).to.be.at.least(9.999);
  });

  it("let effects leave when the server is free", () => {
    const one = bench({ perInput: 10 });
    const start = one.world.now;
    one.do(0, { kind: "save", state: 1 }, { kind: "setTimer", name: "t", ms: 5 });
    expect(one.world.saved(0)).to.be.undefined;
    one.pass(9.999);
    expect(one.world.saved(0)).to.be.undefined;
    one.pass(0.001);
    expect(one.world.saved(0)).to.equal(1);
    one.pass(100);
    expect(one.inputTimes("timer")).to.deep.equal([start + 15]);
  });

  it("count saves and kibibytes of what comes in", () => {
    const saves = bench({ perSave: 5 });
    saves.do(0, { kind: "save", state: 1 }, { kind: "save", state: 2 });
    saves.pass(9.999);
    expect(saves.world.saved(0)).to.be.undefined;
    saves.pass(0.001);
    expect(saves.world.saved(0)).to.equal(2);

    const bytes = bench({ perKiB: 10 });
    bytes.call(0, 1, { text: "x".repeat(2048 - 9) });
    bytes.pass(1000);
    const [replied = 0] = bytes.effectTimes("reply");
    expect(replied - (bytes.inputTimes("request")[0] ?? 0)).to.be.closeTo(20, 0.0015);
  });

  it("lose effects that have not left when the server crashes", () => {
    const one = bench({ perInput: 10 });
    one.do(0, { kind: "save", state: 1 }, { kind: "call", to: 1, method: "ping", request: {} });
    one.pass(5);
    one.world.crash(0);
    one.world.boot(0);
    one.pass(1000);
    expect(one.world.saved(0)).to.be.undefined;
    expect(one.got(1, "request")).to.be.empty;
  });

  it("begin anew with each life", () => {
    const one = bench({ perSave: 50 });
    one.do(0, { kind: "save", state: 1 });
    one.world.crash(0);
    one.world.boot(0);
    one.do(0, { kind: "note", text: "at once" });
    expect(one.effectTimes("note")).to.deep.equal([one.world.now]);
    one.do(0, { kind: "save", state: 2 });
    one.pass(50);
    expect(one.world.saved(0)).to.equal(2);
  });

  it("lose what waited for a server that crashes", () => {
    const one = bench({ perInput: 10 });
    for (let n = 0; n < 3; n++) one.call(0, 1, { n });
    one.pass(35);
    const before = one.got(1, "request").length;
    one.world.crash(1);
    one.world.boot(1);
    one.pass(1000);
    expect(one.got(1, "request")).to.have.length(before);
  });

  it("keep the order of effects when only saves cost time", () => {
    const one = bench({ perSave: 10 }, (input) => {
      if (input.kind === "invoke") return input.args as never;
      return input.kind === "timer" ? [{ kind: "note", text: "timer" }] : [];
    });
    one.do(0, { kind: "setTimer", name: "t", ms: 10 });
    one.do(0, { kind: "save", state: 1 });
    one.do(0, { kind: "note", text: "second" });
    one.pass(100);
    const notes = one.trace.records.flatMap((record) =>
      record.type === "effect" && record.effect.kind !== "setTimer" ? [record.effect] : [],
    );
    expect(notes.map((effect) => (effect.kind === "note" ? effect.text : effect.kind))).to.deep.equal([
      "save",
      "second",
      "timer",
    ]);
  });

  it("hold while a server is frozen: it sends nothing until it thaws, and then first what it owed", () => {
    const one = bench({ perInput: 10 });
    one.do(1, { kind: "note", text: "owed" });
    one.call(0, 1);
    one.world.freeze(1);
    one.pass(500);
    const notes = (): number[] => one.effectTimes("note");
    expect(notes()).to.be.empty;
    one.world.thaw(1);
    one.pass(0);
    expect(notes()).to.deep.equal([one.world.now]);
    expect(one.got(1, "request")).to.have.length(1);
    one.pass(500);
    expect(one.got(0, "reply")).to.have.length(1);
  });

  it("cost nothing when a server is only asked", () => {
    const one = bench({ perInput: 10 }, (input) => (input.kind === "invoke" ? (input.args as never) : []));
    one.world.ask(0, "status");
    one.do(0, { kind: "save", state: 1 });
    one.pass(10);
    expect(one.world.saved(0)).to.equal(1);
  });
});
