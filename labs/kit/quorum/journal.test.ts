import { expect } from "chai";
import type { QuorumRequest, QuorumResult } from "./messages";
import { entry, Script } from "./monitors/fixture";

const READ: QuorumRequest = { kind: "read", key: "x" };
const ends = (request: QuorumRequest, result: unknown): Script =>
  new Script().asks(3, request).ends(3, result as QuorumResult);

describe("the journal of Lab 6", () => {
  it("accuses an end that is none", () => {
    expect(() => ends(READ, "unknown")).to.throw(
      'C3 ends read("x") with "unknown": a read that has no answer ends as "failed": it changes nothing',
    );
    expect(() => ends(READ, null)).to.throw(/it must be an answer, "failed" or "unknown"/);
    expect(() => ends(READ, { value: 1, version: null })).to.throw(/needs value, a text or null/);
    expect(() => ends(READ, { value: "1", version: null })).to.throw(/has a value, but no version/);
    expect(() => ends(READ, { value: "1", version: {} })).to.throw(/needs version.number/);
    expect(() => ends({ kind: "delete", key: "x" }, { value: null })).to.throw(
      /ends delete\("x"\) with \{"value":null\}: needs version, \{ number, writer \}/,
    );
  });

  it("accuses an operation that ends twice", () => {
    expect(() => ends(READ, "failed").ends(3, "failed")).to.throw(
      'C3 calls ctx.done("failed") at 1.000 ms, but no operation is open',
    );
  });

  it("closes what a crash has cut off, without an end", () => {
    const world = new Script().asks(3, READ);
    const [cut] = world.journal.entries;
    if (cut === undefined) throw new Error("nothing was called");
    expect(world.journal.isOver(cut)).to.equal(false);
    world.crashes(3);
    expect(world.journal.isOver(cut)).to.equal(true);
    expect(cut.result).to.equal(undefined);
    expect(() => world.boot(3).ends(3, "failed")).to.throw(/no operation is open/);
  });

  it("keeps what was asked and how it ended, in order", () => {
    const world = new Script()
      .writes(3, entry(1, 3, "1"), 0, 1)
      .reads(4, 0, 1)
      .ends(4, entry(1, 3, "1"));
    expect(world.journal.entries.map(({ client, request, result }) => [client, request.kind, result])).to.eql(
      [
        [3, "write", { version: { number: 1, writer: 3 } }],
        [4, "read", entry(1, 3, "1")],
      ],
    );
  });
});
