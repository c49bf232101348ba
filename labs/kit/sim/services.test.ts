import { expect } from "chai";
import type { Effect, Input } from "../program";
import { Bench } from "./fixture";

const up = (verb: string, ...args: readonly number[]): Effect => ({ kind: "up", verb, args });
const note = (text: string): Effect => ({ kind: "note", text });

/** Does what it is told to; what is handed up as `more` makes it hand up something itself. */
function chatty(input: Input): readonly Effect[] {
  if (input.kind === "invoke") return input.args as unknown as Effect[];
  if (input.kind === "up" && input.verb === "more") return [up("late", 1)];
  return [];
}

describe("what a program hands up", () => {
  const verbs = (bench: Bench, server = 0): string[] => bench.got(server, "up").map(({ verb }) => verb);

  it("is the service's next input, in order, at the same instant", () => {
    const bench = new Bench({ services: true }, chatty);
    bench.pass(5);
    bench.do(0, up("more"), note("in between"), up("second"));
    expect(verbs(bench)).to.deep.equal(["more", "second", "late"]);
    expect(bench.inputTimes("up")).to.deep.equal([5, 5, 5]);
  });

  it("stays where it is where no service runs: for the scene, and at clients", () => {
    const alone = new Bench({}, chatty);
    alone.do(0, up("more"));
    expect(verbs(alone)).to.deep.equal([]);
    const client = new Bench({ servers: 2, clients: 1, services: true }, chatty);
    client.world.boot(2);
    client.do(2, up("done"));
    expect(verbs(client, 2)).to.deep.equal([]);
  });

  it("is lost with a server that crashes at that place, and only what follows it", () => {
    const bench = new Bench({ services: true }, chatty);
    bench.world.crashAt({ server: 0, effect: "note", nth: 1, when: "before" });
    bench.do(0, up("first"), note("the end"), up("second"));
    expect(verbs(bench)).to.deep.equal([]);
    bench.world.boot(0);
    bench.do(0, up("again"));
    expect(verbs(bench)).to.deep.equal(["again"]);
  });

  it("comes when a busy server's effects leave", () => {
    const bench = new Bench({ services: true, service: { perInput: 3, perKiB: 0, perSave: 0 } }, chatty);
    bench.pass(10);
    bench.do(0, up("first"));
    bench.pass(10);
    expect(bench.inputTimes("up")).to.deep.equal([13]);
  });

  it("is in a captured world", () => {
    const bench = new Bench({ services: true, service: { perInput: 3, perKiB: 0, perSave: 0 } }, chatty);
    bench.pass(10); // the boots are over
    bench.do(0, up("more"));
    const captured = bench.world.capture();
    bench.pass(10);
    const onward = verbs(bench);
    bench.world.restore(captured);
    bench.pass(10);
    expect(verbs(bench)).to.deep.equal(onward);
    expect(onward).to.deep.equal(["more", "late"]);
  });
});

describe("a call of the layer below", () => {
  it("is told to observers as that layer's input and its value", () => {
    const bench = new Bench({ services: true }, chatty);
    bench.do(0, { kind: "down", verb: "propose", args: [7] }, note("x"), { kind: "downDone", value: 9 });
    const told = bench.trace.records
      .slice(-4)
      .map((record) => (record.type === "input" ? record.input.kind : record.type));
    expect(told).to.deep.equal(["value", "invoke", "effect", "value"]); // the first one is that of "do"
  });
});

describe("clients", () => {
  it("are nobody's peers, and reach the servers they are told of", () => {
    const bench = new Bench({ servers: 3, clients: 2 });
    bench.world.boot(3);
    bench.world.boot(4, [1]);
    expect(bench.world.servers).to.deep.equal([0, 1, 2]);
    expect(bench.world.clients).to.deep.equal([3, 4]);
    expect(bench.got(0, "boot")[0]?.peers).to.deep.equal([1, 2]);
    expect(bench.got(3, "boot")[0]?.peers).to.deep.equal([0, 1, 2]);
    expect(bench.got(4, "boot")[0]?.peers).to.deep.equal([1]);
  });
});
