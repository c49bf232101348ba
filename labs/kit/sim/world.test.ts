import { expect } from "chai";
import { ProgramError } from "../program";
import { Bench } from "./fixture";

describe("a world", () => {
  it("lets time pass until a moment, or until something is so", () => {
    const bench = new Bench();
    expect(bench.world.runUntil(50)).to.be.false;
    expect(bench.world.now).to.equal(50);
    bench.call(0, 1);
    const answered = (): boolean => bench.got(0, "reply").length > 0;
    expect(bench.world.runUntil(1000, answered)).to.be.true;
    expect(bench.world.now).to.be.within(51, 54);
    expect(bench.world.runUntil(1000, answered), "is asked before anything happens").to.be.true;
    expect(bench.world.now).to.be.below(60);
  });

  it("takes one step at a time, and says when nothing is left to happen", () => {
    const bench = new Bench();
    bench.call(0, 1);
    expect([bench.world.step(), bench.world.step(), bench.world.step()]).to.deep.equal([true, true, false]);
    expect(bench.world.inputCount).to.equal(6); // three boots, one told, a request, a reply
  });

  it("numbers all that happens through", () => {
    const bench = new Bench();
    bench.call(0, 1);
    bench.world.cut(0, 1);
    bench.pass(10);
    expect(bench.trace.records.map(({ n }) => n)).to.deep.equal(bench.trace.records.map((_, i) => i));
  });

  it("hands arguments and values of verbs over as plain data", () => {
    const bench = new Bench();
    const effect = { kind: "note", text: "x" };
    expect(bench.world.invoke(0, "do", effect)).to.equal(null);
    effect.text = "edited";
    expect(bench.got(0, "invoke")[0]?.args).to.deep.equal([{ kind: "note", text: "x" }]);
    expect(() => bench.world.invoke(0, "do", () => 1)).to.throw("argument 0 is a function");
  });

  it("asks only what has no effects", () => {
    const bench = new Bench({}, (input) =>
      input.kind === "invoke" && input.verb === "change" ? [{ kind: "save", state: 1 }] : [],
    );
    expect(bench.world.ask(0, "status")).to.equal(null);
    expect(() => bench.world.ask(0, "change")).to.throw(
      ProgramError,
      "change() on server 0 has effects; it must only report",
    );
    expect(bench.world.saved(0)).to.be.undefined;
  });

  it("ends a storm of events at one instant, and names the timer that never ends", () => {
    const bench = new Bench({}, (input) =>
      input.kind === "boot" ? [] : [{ kind: "setTimer", name: "tick", ms: 0 }],
    );
    bench.pass(5);
    bench.do(2);
    expect(() => bench.pass(1)).to.throw(
      ProgramError,
      /event storm: more than 100000 inputs at one instant; the last is the timer "tick" of server 2/,
    );
    expect(bench.world.now).to.equal(5);
  });

  it("takes as many events for no storm if time passes between them", () => {
    let left = 0;
    const bench = new Bench({}, (input) =>
      input.kind === "boot" || left-- <= 0 ? [] : [{ kind: "setTimer", name: "tick", ms: 0 }],
    );
    for (let round = 0; round < 3; round++) {
      left = 40_000;
      bench.do(0);
      bench.pass(1);
    }
    expect(bench.world.inputCount).to.be.greaterThan(120_000);
  });

  it("knows its servers", () => {
    const { world } = new Bench();
    expect(() => world.crash(3)).to.throw("there is no server 3");
    expect(() => world.mailbox(0)).to.throw("server 0 is not a puppet");
  });
});

describe("a puppet", () => {
  const puppets = { puppets: [2] };

  it("gets letters, and answers as often as it likes", () => {
    const bench = new Bench(puppets);
    bench.call(0, 2, { n: 1 });
    bench.pass(10);
    const [letter] = bench.world.mailbox(2);
    expect(letter?.message).to.deep.include({ kind: "request", from: 0, method: "ping", request: { n: 1 } });
    expect(letter?.at).to.be.within(0.5, 2);
    for (const n of [2, 3]) bench.world.puppetReply(2, letter?.call ?? 0, { n });
    bench.pass(10);
    expect(bench.got(0, "reply").map(({ reply }) => reply)).to.have.deep.members([{ n: 2 }, { n: 3 }]);
    expect(() => bench.world.puppetReply(2, 99, {})).to.throw("puppet 2 has no call 99");
  });

  it("calls, and the reply becomes a letter", () => {
    const bench = new Bench(puppets);
    bench.world.puppetCall(2, 0, "ping", { forged: true });
    bench.pass(10);
    expect(bench.got(0, "request")).to.deep.include.members([
      { kind: "request", from: 2, method: "ping", request: { forged: true }, call: 1 },
    ]);
    expect(bench.world.mailbox(2).map(({ message }) => message.kind)).to.deep.equal(["reply"]);
  });

  it("lives with the network like everybody else, and may crash and return", () => {
    const bench = new Bench(puppets);
    bench.world.cut(0, 2);
    bench.call(0, 2);
    bench.pass(10);
    bench.world.mend(0, 2);
    bench.world.crash(2);
    bench.call(0, 2);
    bench.pass(10);
    bench.world.boot(2);
    bench.call(0, 2);
    bench.pass(10);
    expect(bench.world.mailbox(2)).to.have.length(1);
    expect([bench.world.life(2), bench.world.isUp(2)]).to.deep.equal([2, true]);
    expect(bench.driver.heard.filter(({ server }) => server === 2)).to.be.empty;
  });

  it("has no program that could be asked", () => {
    const bench = new Bench(puppets);
    expect(() => bench.world.invoke(2, "do")).to.throw("server 2 is not running");
    expect(bench.world.isPuppet(2)).to.be.true;
  });
});
