import { expect } from "chai";
import { Bench } from "./fixture";

const save = (state: number) => ({ kind: "save", state }) as const;
const setTimer = (name: string, ms: number) => ({ kind: "setTimer", name, ms }) as const;

describe("a crash", () => {
  it("ends a life: a server that is down hears nothing and never answers", () => {
    const bench = new Bench();
    bench.call(0, 1);
    bench.world.crash(1);
    bench.pass(10_000);
    expect(bench.world.isUp(1)).to.be.false;
    expect(bench.got(1, "request")).to.be.empty;
    expect(bench.got(0, "reply")).to.be.empty;
    expect(() => bench.world.invoke(1, "do")).to.throw("server 1 is not running");
  });

  it("takes the calls that were being answered with it: a later life cannot answer them", () => {
    const bench = new Bench();
    bench.call(0, 1, {}, "later");
    bench.pass(10);
    bench.world.crash(1);
    bench.world.boot(1);
    expect(() => bench.do(1, { kind: "reply", call: 1, reply: {} })).to.throw(
      "answered call 1, which is not open",
    );
    bench.pass(10_000);
    expect(bench.got(0, "reply")).to.be.empty;
  });

  it("does not stop what was sent before", () => {
    const bench = new Bench();
    bench.call(0, 1);
    bench.world.crash(0);
    bench.pass(10);
    expect(bench.got(1, "request")).to.have.length(1);
  });

  it("keeps the answers to calls of an earlier life from the next one", () => {
    const bench = new Bench();
    bench.call(0, 1, { life: 1 });
    bench.world.crash(0);
    bench.world.boot(0);
    bench.call(0, 1, { life: 2 });
    bench.pass(10);
    expect(bench.got(1, "request"), "both were heard").to.have.length(2);
    expect(bench.got(0, "reply").map(({ request }) => request)).to.deep.equal([{ life: 2 }]);
    expect(bench.events("dropped").map(({ why }) => why)).to.deep.equal(["unheard"]);
  });

  it("stops the timers of that life for good", () => {
    const bench = new Bench();
    bench.do(0, setTimer("old", 100));
    bench.world.crash(0);
    bench.world.boot(0);
    bench.do(0, setTimer("new", 50));
    bench.pass(1000);
    expect(bench.got(0, "timer").map(({ name }) => name)).to.deep.equal(["new"]);
  });

  it("leaves the disk, and nothing else, to the next life", () => {
    const bench = new Bench();
    bench.do(0, save(1), save(2));
    bench.world.crash(0);
    expect(bench.world.saved(0)).to.equal(2);
    bench.world.boot(0);
    expect(bench.got(0, "boot").map(({ saved }) => saved)).to.deep.equal([undefined, 2]);
    expect(bench.world.life(0)).to.equal(2);
  });

  it("is nothing to a server that is down, and booting is an error for one that is up", () => {
    const bench = new Bench();
    bench.world.crash(1);
    bench.world.crash(1);
    expect(bench.events("crash")).to.have.length(1);
    expect(() => bench.world.boot(0)).to.throw("server 0 is up already");
  });
});

describe("a boot", () => {
  it("names the peers, clients left out, and gives each life a random seed of its own", () => {
    const bench = new Bench({ servers: 3, puppets: [3], clients: 1, options: { preVote: true } });
    bench.world.crash(0);
    bench.world.boot(0);
    const [first, second] = bench.got(0, "boot");
    const [other] = bench.got(1, "boot");
    expect(first).to.deep.include({ kind: "boot", peers: [1, 2], options: { preVote: true } });
    expect(new Set([first?.seed, second?.seed, other?.seed]).size).to.equal(3);
  });
});
