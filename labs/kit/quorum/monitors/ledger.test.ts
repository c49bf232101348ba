import { expect } from "chai";
import type { QuorumRequest } from "../messages";
import { entry, Script } from "./fixture";

const WRITE: QuorumRequest = { kind: "write", key: "x", value: "1" };
const ONE = entry(1, 3, "1");

/** C3 is to write "1" and sends this to server 0. */
const storing = (given: typeof ONE, request: QuorumRequest = WRITE): Script =>
  new Script().asks(3, request).sends(3, 0, "store", { key: "x", entry: given });

describe("the ledger accuses", () => {
  it("a version in another coordinator's name", () => {
    expect(() => storing(entry(1, 4, "1"))).to.throw(
      /C3 sends version 1 of C4 of "x" at 1.000 ms, which C4 has never issued/,
    );
  });

  it("a version for which nobody has asked", () => {
    expect(() => storing(ONE, { kind: "read", key: "x" })).to.throw(
      /a new version, but what it was asked to do is read\("x"\)/,
    );
    expect(() => storing(ONE, { kind: "write", key: "y", value: "1" })).to.throw(/write\("y", "1"\)/);
    const idle = new Script().writes(3, ONE, 0, 1, 2);
    expect(() => idle.sends(3, 0, "store", { key: "x", entry: entry(2, 3, "1") })).to.throw(/is nothing/);
  });

  it("a second version for one write", () => {
    expect(() => storing(ONE).sends(3, 1, "store", { key: "x", entry: entry(2, 3, "1") })).to.throw(
      /version 2 of C3 .* for write\("x", "1"\), which is version 1 of C3 since 1.000 ms/,
    );
  });

  it("another value than was to be written", () => {
    expect(() => storing(entry(1, 3, "2"))).to.throw(/with "2", for write\("x", "1"\)/);
    expect(() => storing(entry(1, 3, "1"), { kind: "delete", key: "x" })).to.throw(
      /with "1", for delete\("x"\)/,
    );
  });

  it("a version that is issued again, in this life or in the next", () => {
    const again = new Script().writes(3, ONE, 0, 1, 2).crashes(3).boot(3);
    again.asks(3, { kind: "write", key: "x", value: "2" });
    expect(() => again.sends(3, 0, "store", { key: "x", entry: entry(1, 3, "2") })).to.throw(
      /C3 sends "2" as version 1 of C3 of "x" .* but that version is "1", by C3's write\("x", "1"\) at 1.000 ms/,
    );
  });

  it("what replicas make up: on a disk, in an answer, in a comparison", () => {
    const known = (): Script => new Script().writes(3, ONE, 0, 1, 2);
    const mixed = entry(1, 3, "2");
    expect(() => known().saves(0, { entries: { x: ONE, y: ONE } })).to.throw(
      /server 0 saves "1" as version 1 of C3 of "y" .* nobody has issued/,
    );
    expect(() => known().reads(4).arrives(0, 4, "fetch", { key: "x" }).replies(0, { held: mixed })).to.throw(
      /server 0 shows "2" as version 1 of C3 .* that version is "1"/,
    );
    const compare = { summary: 0, entries: [{ key: "z", ...ONE }] };
    expect(() => known().sends(0, 1, "compare", compare)).to.throw(
      /server 0 sends server 1 "1" as version 1/,
    );
    const asked = known().arrives(1, 0, "compare", { summary: 0 });
    expect(() => asked.replies(1, { entries: [{ key: "x", ...mixed }] })).to.throw(
      /server 1 answers with "2"/,
    );
  });
});

describe("the ledger does not accuse", () => {
  it("the same version sent again, or handed on by others", () => {
    const world = new Script().writes(3, ONE, 0, 1).reads(4, 0, 2);
    world.stores(4, "x", ONE, 2).ends(4, ONE);
    expect(() =>
      world.sends(0, 1, "compare", { summary: 0, entries: [{ key: "x", ...ONE }] }),
    ).not.to.throw();
    expect(world.ledger.issue("x", ONE.version)?.value).to.equal("1");
  });

  it("numbers with gaps, equal numbers of two writers, and one number for two keys", () => {
    const world = new Script().writes(3, ONE, 0, 1, 2).writes(4, entry(100, 4), 0, 1, 2);
    world.asks(3, { kind: "delete", key: "y" }).fetches(3, "y", 0, 1);
    expect(() =>
      world.stores(3, "y", entry(1, 3, null), 0, 1).ends(3, { version: ONE.version }),
    ).not.to.throw();
  });

  it("what a puppet has made up", () => {
    const world = new Script();
    world.puppets.add(1);
    world.asks(4, { kind: "read", key: "x" }).hears(4, 1, "fetch", { key: "x" }, { held: entry(7, 9) });
    expect(() => world.sends(4, 0, "store", { key: "x", entry: entry(7, 9) })).not.to.throw();
    expect(world.ledger.forged).to.have.lengthOf(1);
  });
});
