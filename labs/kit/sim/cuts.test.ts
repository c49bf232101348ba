import { expect } from "chai";
import { Bench } from "./fixture";

describe("a cut", () => {
  it("of one direction stops only that direction", () => {
    const bench = new Bench();
    bench.world.cut(0, 1);
    bench.call(0, 1);
    bench.call(1, 2);
    bench.pass(10);
    expect(bench.got(1, "request")).to.be.empty;
    expect(bench.got(2, "request")).to.have.length(1);
    bench.call(1, 0);
    bench.pass(10);
    expect(bench.got(0, "request"), "the other direction works").to.have.length(1);
    expect(
      bench.got(1, "reply").map(({ from }) => from),
      "but the answer is cut off",
    ).to.deep.equal([2]);
    expect(bench.events("dropped").map(({ why, message }) => [why, message.kind])).to.deep.equal([
      ["cut", "request"],
      ["cut", "reply"],
    ]);
  });

  it("of both directions lets nothing through until it is mended", () => {
    const bench = new Bench();
    bench.world.cut(0, 1);
    bench.world.cut(1, 0);
    bench.call(0, 1);
    bench.call(1, 0);
    bench.pass(10);
    expect([...bench.got(0, "request"), ...bench.got(1, "request")]).to.be.empty;
    bench.world.mend(0, 1);
    bench.world.mend(1, 0);
    bench.call(0, 1);
    bench.pass(10);
    expect(bench.got(0, "reply")).to.have.length(1);
  });

  it("is judged at delivery: what is on the wire is cut off, what was mended in time arrives", () => {
    const bench = new Bench();
    bench.call(0, 1);
    bench.world.cut(0, 1);
    bench.pass(10);
    expect(bench.got(1, "request")).to.be.empty;
    bench.call(0, 1);
    bench.world.mend(0, 1);
    bench.pass(10);
    expect(bench.got(1, "request")).to.have.length(1);
  });

  it("leaves the caller without an answer for ever, even after it is mended", () => {
    const bench = new Bench();
    bench.world.cut(1, 0);
    bench.call(0, 1);
    bench.pass(10);
    bench.world.mend(1, 0);
    bench.pass(10_000);
    expect(bench.got(0, "reply")).to.be.empty;
  });

  it("is told once, and so is its end", () => {
    const bench = new Bench();
    bench.world.mend(0, 1);
    for (let i = 0; i < 2; i++) bench.world.cut(0, 1);
    for (let i = 0; i < 2; i++) bench.world.mend(0, 1);
    expect(bench.events("cut")).to.have.length(1);
    expect(bench.events("mend")).to.have.length(1);
  });

  it("shows in who reaches whom, and so does a crash", () => {
    const { world } = new Bench();
    world.cut(0, 1);
    expect([world.reaches(0, 1), world.reaches(1, 0), world.reaches(0, 2)]).to.deep.equal([
      false,
      true,
      true,
    ]);
    world.crash(2);
    expect([world.reaches(0, 2), world.reaches(2, 0)]).to.deep.equal([false, false]);
  });
});

describe("a hold", () => {
  it("keeps back what matches, and lets it go in the order in which it came", () => {
    const bench = new Bench();
    bench.world.hold({ method: "ping", to: 1 });
    for (let n = 0; n < 8; n++) {
      bench.call(0, 1, { n });
      bench.pass(5);
    }
    bench.call(0, 2);
    bench.call(0, 1, {}, "later");
    bench.pass(100);
    expect(bench.got(2, "request")).to.have.length(1);
    expect(bench.got(1, "request").map(({ method }) => method)).to.deep.equal(["later"]);
    expect(bench.world.heldMessages).to.have.length(8);
    bench.world.release();
    expect(bench.world.heldMessages).to.be.empty;
    bench.pass(0);
    const order = bench
      .got(1, "request")
      .slice(1)
      .map(({ request }) => (request as { n: number }).n);
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(bench.events("held")).to.have.length(8);
    expect(bench.events("released")).to.have.length(8);
  });

  it("can be for replies alone, of one server", () => {
    const bench = new Bench();
    bench.world.hold({ kind: "reply", from: 1 });
    bench.call(0, 1);
    bench.call(0, 2);
    bench.pass(100);
    expect(bench.got(1, "request")).to.have.length(1);
    expect(bench.got(0, "reply").map(({ from }) => from)).to.deep.equal([2]);
    bench.world.release();
    bench.pass(1);
    expect(bench.got(0, "reply").map(({ from }) => from)).to.deep.equal([2, 1]);
  });

  it("does not save a message from a cut, nor from the crash of its receiver", () => {
    const bench = new Bench();
    bench.world.hold({});
    bench.call(0, 1);
    bench.call(0, 2);
    bench.pass(10);
    bench.world.cut(0, 1);
    bench.world.crash(2);
    bench.world.release();
    bench.pass(10);
    expect(bench.events("dropped").map(({ why }) => why)).to.deep.equal(["cut", "down"]);
  });
});
