import { expect } from "chai";
import { Bench } from "./fixture";
import { RELIABLE } from "./quality";

describe("a call", () => {
  it("reaches the handler, and its reply comes back with the request it answers", () => {
    const bench = new Bench();
    bench.call(0, 1, { n: 7 });
    bench.pass(10);
    const [request] = bench.got(1, "request");
    expect(request).to.deep.include({ from: 0, method: "ping", request: { n: 7 } });
    expect(bench.got(0, "reply")).to.deep.equal([
      { kind: "reply", from: 1, method: "ping", reply: { n: 7 }, request: { n: 7 } },
    ]);
    expect(bench.got(2, "request")).to.be.empty;
  });

  it("can be answered much later, and calls are told apart by their numbers", () => {
    const bench = new Bench();
    bench.call(0, 1, { n: 1 }, "later");
    bench.pass(10);
    bench.call(0, 1, { n: 2 }, "later");
    bench.pass(10);
    const [first = 0, second = 0] = bench.got(1, "request").map(({ call }) => call);
    expect(first).not.to.equal(second);
    bench.do(
      1,
      { kind: "reply", call: second, reply: { to: 2 } },
      { kind: "reply", call: first, reply: { to: 1 } },
    );
    bench.pass(10);
    const answered = bench.got(0, "reply").map(({ reply, request }) => [request, reply]);
    expect(answered).to.deep.include.members([
      [{ n: 1 }, { to: 1 }],
      [{ n: 2 }, { to: 2 }],
    ]);
  });

  it("cannot be answered twice, or if it never was made", () => {
    const bench = new Bench();
    bench.call(0, 1);
    bench.pass(10);
    for (const call of [1, 99]) {
      expect(() => bench.do(1, { kind: "reply", call, reply: {} })).to.throw(
        `answered call ${call}, which is not open`,
      );
    }
  });

  it("whose request is lost never reaches the handler", () => {
    const bench = new Bench();
    bench.world.setNetwork({ ...RELIABLE, requestLoss: 1 }, "losing");
    bench.call(0, 1);
    bench.pass(100);
    expect(bench.got(1, "request")).to.be.empty;
    expect(bench.got(0, "reply")).to.be.empty;
    expect(bench.events("dropped").map(({ why }) => why)).to.deep.equal(["lost"]);
  });

  it("whose reply is lost has run the handler", () => {
    const bench = new Bench();
    bench.world.setNetwork({ ...RELIABLE, replyLoss: 1 }, "losing");
    bench.call(0, 1);
    bench.pass(100);
    expect(bench.got(1, "request")).to.have.length(1);
    expect(bench.got(0, "reply")).to.be.empty;
  });

  it("whose request comes twice runs the handler twice, as two calls, and hears both replies", () => {
    const bench = new Bench();
    bench.world.setNetwork({ ...RELIABLE, requestDuplication: 1 }, "doubling");
    bench.call(0, 1, { n: 1 });
    bench.pass(10);
    const calls = bench.got(1, "request").map(({ call }) => call);
    expect(new Set(calls).size).to.equal(2);
    expect(bench.got(0, "reply")).to.have.length(2);
  });

  it("whose reply comes twice runs the handler once", () => {
    const bench = new Bench();
    bench.world.setNetwork({ ...RELIABLE, replyDuplication: 1 }, "doubling");
    bench.call(0, 1);
    bench.pass(10);
    expect(bench.got(1, "request")).to.have.length(1);
    expect(bench.got(0, "reply")).to.have.length(2);
  });

  it("may be overtaken by a later one", () => {
    const bench = new Bench();
    bench.world.setNetwork({ ...RELIABLE, requestDelay: { min: 1, max: 50 } }, "uneven");
    for (let n = 0; n < 20; n++) bench.call(0, 1, { n });
    bench.pass(100);
    const order = bench.got(1, "request").map(({ request }) => (request as { n: number }).n);
    expect([...order].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 20 }, (_, n) => n));
    expect(order).not.to.deep.equal([...order].sort((a, b) => a - b));
  });
});

describe("traffic", () => {
  it("is counted in total, by server and by method: requests when sent, replies when delivered", () => {
    const bench = new Bench();
    bench.call(0, 1, { text: "four" });
    bench.call(0, 2, { text: "four" }, "later");
    bench.pass(10);
    // 2 for the object, 1 + 4 for the key, 2 + 4 for the text.
    const size = 13;
    const { traffic } = bench.world;
    expect(traffic.total).to.deep.equal({ sent: 2, received: 2, bytes: 3 * size });
    expect(traffic.server(0)).to.deep.equal({ sent: 2, received: 0, bytes: 2 * size });
    expect(traffic.server(1)).to.deep.equal({ sent: 0, received: 1, bytes: size });
    expect(traffic.server(2)).to.deep.equal({ sent: 0, received: 1, bytes: 0 });
    expect(traffic.method("ping")).to.deep.equal({ sent: 1, received: 1, bytes: 2 * size });
    expect(traffic.method("later")).to.deep.equal({ sent: 1, received: 1, bytes: size });
    expect(traffic.method("pong")).to.deep.equal({ sent: 0, received: 0, bytes: 0 });
  });

  it("counts a lost request as sent, a doubled one as received twice, a lost reply not at all", () => {
    const bench = new Bench();
    bench.world.setNetwork({ ...RELIABLE, requestLoss: 1 }, "losing");
    bench.call(0, 1);
    bench.world.setNetwork({ ...RELIABLE, requestDuplication: 1, replyLoss: 1 }, "doubling");
    bench.call(0, 1);
    bench.pass(10);
    expect(bench.world.traffic.total).to.deep.equal({ sent: 2, received: 2, bytes: 4 });
  });

  it("does not count what reaches nobody", () => {
    const bench = new Bench();
    bench.world.crash(1);
    bench.world.cut(0, 2);
    bench.call(0, 1);
    bench.call(0, 2);
    bench.pass(10);
    expect(bench.world.traffic.total).to.deep.equal({ sent: 2, received: 0, bytes: 4 });
  });
});
