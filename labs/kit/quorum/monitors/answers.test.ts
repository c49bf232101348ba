import { expect } from "chai";
import type { Consistency } from "../../program";
import type { Quorum } from "./answers";
import { entry, MAJORITY, Script } from "./fixture";

const [OLD, NEW] = [entry(1, 3, "old"), entry(2, 4, "new")];

const promising = (promise: Consistency, quorum: Partial<Quorum> = {}): Script =>
  new Script({ ...MAJORITY, promise, ...quorum }).writes(3, OLD, 0, 1, 2);

/** C4's store of “new” has reached server 0 alone, and it goes on trying. */
const halfDone = (promise: Consistency): Script => {
  const world = promising(promise).asks(4, { kind: "write", key: "x", value: "new" });
  return world.fetches(4, "x", 0, 1).stores(4, "x", NEW, 0);
};

describe("the monitor of answers accuses", () => {
  it("a write that fewer than W replicas hold", () => {
    expect(() => halfDone("atomic").ends(4, { version: NEW.version })).to.throw(
      /C4's write\("x", "new"\) was answered at 2.000 ms with version 2 of C4, but only 1 \(server 0\) of 3 have told C4 that they hold it; W is 2/,
    );
  });

  it("a replica that is counted twice", () => {
    const world = halfDone("atomic").stores(4, "x", NEW, 0);
    expect(() => world.ends(4, { version: NEW.version })).to.throw(/only 1 \(server 0\) of 3/);
  });

  it("acknowledgements that an earlier life of the coordinator has heard", () => {
    const world = halfDone("atomic").stores(4, "x", NEW, 1).crashes(4).boot(4);
    world.asks(4, { kind: "write", key: "x", value: "3" }).fetches(4, "x", 2);
    world.sends(4, 2, "store", { key: "x", entry: entry(3, 4, "3") });
    expect(() => world.ends(4, { version: { number: 3, writer: 4 } })).to.throw(/but only 0 of 3/);
  });

  it("a version that is not the write's", () => {
    expect(() => halfDone("atomic").ends(4, { version: OLD.version })).to.throw(
      /it was issued as version 2 of C4/,
    );
    const nothing = promising("atomic").asks(4, { kind: "delete", key: "x" });
    expect(() => nothing.ends(4, { version: NEW.version })).to.throw(/no version has left for it/);
  });

  it("a write that is said to have failed, though it has left", () => {
    expect(() => halfDone("atomic").ends(4, "failed")).to.throw(
      /was answered at 2.000 ms with "failed", but version 2 of C4 left for it at 2.000 ms/,
    );
  });

  it("a read that fewer than R have answered, and one that does not take the newest", () => {
    expect(() => promising("regular").reads(5, 1).ends(5, OLD)).to.throw(
      /C5's read\("x"\) was answered .* of the 3 replicas only 1 \(server 1\) had shown it that or something older since it was called, and R is 2 \(server 1 version 1 of C3\)/,
    );
    expect(() => promising("regular").reads(5).ends(5, OLD)).to.throw(/only 0 .*\(nobody has answered\)/);
    expect(() => halfDone("regular").reads(5, 0, 1).ends(5, OLD)).to.throw(/only 1 \(server 1\)/);
  });

  it("a read that rests on answers to an earlier one", () => {
    const world = promising("regular").reads(5, 0).ends(5, "failed");
    const late = world.asks(5, { kind: "read", key: "x" });
    late.hears(5, 0, "fetch", { key: "x" }, { held: OLD }).hears(5, 1, "fetch", { key: "x" }, { held: OLD });
    expect(() => late.ends(5, OLD)).to.throw(/only 0 .* R is 2/);
  });

  it("a value that nobody has written, or that is another version's", () => {
    expect(() => promising("regular").reads(5, 0, 1).ends(5, NEW)).to.throw(/which nobody has issued/);
    const mixed = { version: OLD.version, value: "new" };
    expect(() => promising("regular").reads(5, 0, 1).ends(5, mixed)).to.throw(/which is "old"/);
  });

  it("a write that gets no newer version than one that was acknowledged before it", () => {
    const world = promising("regular").writes(4, entry(5, 4), 0, 1);
    world.asks(3, { kind: "write", key: "x", value: "lost" });
    world.stores(3, "x", entry(2, 3, "lost"), 0, 1);
    expect(() => world.ends(3, { version: { number: 2, writer: 3 } })).to.throw(
      /with version 2 of C3, but C4's write\("x", "5.4"\) had been acknowledged as version 5 of C4 at 2.000 ms, before it was called at 3.000 ms/,
    );
  });

  it("a read that is older than what was acknowledged before it", () => {
    // All rules but this one are kept if the configuration itself allows it: W + R = N, labelled regular.
    const world = promising("regular", { W: 1 }).writes(4, NEW, 0).reads(5, 1, 2);
    expect(() => world.ends(5, OLD)).to.throw(
      /C5's read\("x"\) .* with version 1 of C3, but C4's write\("x", "new"\) had been acknowledged as version 2 of C4/,
    );
  });

  it("an atomic read that is older than what an earlier read has shown", () => {
    const world = halfDone("atomic").reads(5, 0, 1).ends(5, NEW).reads(6, 1, 2);
    expect(() => world.ends(6, OLD)).to.throw(
      /C6's read\("x"\) .* with version 1 of C3, but C5's read\("x"\) had shown version 2 of C4 at 3.000 ms, before it was called at 4.000 ms/,
    );
  });
});

describe("the monitor of answers does not accuse", () => {
  it("a regular read that goes back behind another read, where the write is half done", () => {
    expect(() => halfDone("regular").reads(5, 0, 1).ends(5, NEW).reads(6, 1, 2).ends(6, OLD)).not.to.throw();
  });

  it("two reads at the same time, of which one is older", () => {
    const world = halfDone("atomic").reads(6, 1, 2).reads(5, 0, 1).ends(5, NEW);
    expect(() => world.ends(6, OLD)).not.to.throw();
  });

  it("an eventual read of anything that was written", () => {
    const world = promising("eventual", { W: 1, R: 1 }).writes(4, NEW, 0).reads(5, 2);
    expect(() => world.ends(5, OLD)).not.to.throw();
  });

  it("a write that is unknown, a read that has failed, and a write that never left", () => {
    expect(() => halfDone("atomic").ends(4, "unknown").reads(5, 0).ends(5, "failed")).not.to.throw();
    expect(() => promising("atomic").asks(4, { kind: "delete", key: "x" }).ends(4, "failed")).not.to.throw();
  });

  it("a write back to those that lack it, and an acknowledgement by something newer", () => {
    const back = halfDone("atomic").reads(5, 0, 1).stores(5, "x", NEW, 1).ends(5, NEW);
    expect(() => back.reads(6, 1, 2).ends(6, NEW)).not.to.throw();
    const newer = halfDone("atomic").asks(5, { kind: "write", key: "x", value: "newest" });
    newer.fetches(5, "x", 1, 2).stores(5, "x", entry(9, 5, "newest"), 1, 2);
    expect(() => newer.stores(4, "x", NEW, 1).ends(4, { version: NEW.version })).not.to.throw();
  });

  it("who asks more than R, and takes an answer that R of them cover", () => {
    expect(() => halfDone("regular").reads(5, 1, 2, 0).ends(5, OLD)).not.to.throw();
  });

  it("an answer that came twice, and a key that nobody knows", () => {
    const world = promising("atomic").reads(5, 0, 0, 1).ends(5, OLD);
    world.asks(5, { kind: "read", key: "y" }).fetches(5, "y", 1, 2);
    expect(() => world.ends(5, { value: null, version: null })).not.to.throw();
    expect(world.answers.acknowledged("x")).to.eql(OLD.version);
    expect(world.answers.acknowledged("y")).to.equal(null);
  });
});
