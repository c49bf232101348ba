import { expect } from "chai";
import { entry, Script } from "./fixture";

const [OLD, NEW] = [entry(1, 3, "old"), entry(2, 3, "new")];

/** C3 has written “old” and then “new”, both to all three. */
const written = (): Script => new Script().writes(3, OLD, 0, 1, 2).writes(3, NEW, 0, 1, 2);

/** C3 writes “new”, and its store has just arrived at server 0. */
function arrived(): Script {
  const world = new Script().writes(3, OLD, 0, 1, 2).asks(3, { kind: "write", key: "x", value: "new" });
  world.fetches(3, "x", 1, 2).sends(3, 0, "store", { key: "x", entry: NEW });
  return world.arrives(0, 3, "store", { key: "x", entry: NEW });
}

describe("the monitor of replicas accuses", () => {
  it("an acknowledgement that is not on the disk yet", () => {
    expect(() => arrived().replies(0, { version: NEW.version })).to.throw(
      /server 0 acknowledges version 2 of C3 of "x" at 2.000 ms, but its disk holds version 1 of C3/,
    );
  });

  it("an acknowledgement of something older than it was handed", () => {
    expect(() => arrived().replies(0, { version: OLD.version })).to.throw(
      /acknowledges version 1 of C3 .* it was asked to store version 2 of C3, which is newer/,
    );
  });

  it("a disk that goes back, forgets a key, or drops a tombstone", () => {
    expect(() => written().saves(1, { entries: { x: OLD } })).to.throw(
      /server 1 saves version 1 of C3 for "x" .* its disk held version 2 of C3/,
    );
    expect(() => written().saves(1, { entries: {} })).to.throw(/saves nothing for "x"/);
    const deleted = written().writes(3, entry(3, 3, null), 0, 1, 2);
    expect(() => deleted.saves(1, { entries: {} })).to.throw(/held version 3 of C3, a tombstone/);
  });

  it("one that shows what is not on its disk", () => {
    const world = written().asks(4, { kind: "read", key: "x" }).arrives(0, 4, "fetch", { key: "x" });
    expect(() => world.replies(0, { held: OLD })).to.throw(
      /server 0 shows version 1 of C3 of "x" .* its disk holds version 2 of C3/,
    );
    expect(() => world.arrives(1, 4, "fetch", { key: "x" }).replies(1, { held: null })).to.throw(
      /shows nothing/,
    );
  });
});

describe("the monitor of replicas does not accuse", () => {
  it("one that keeps what is newer, and answers an old store with what it holds", () => {
    expect(() => written().asks(4, { kind: "read", key: "x" }).stores(4, "x", OLD, 0, 1)).not.to.throw();
  });

  it("one that saves once for several requests, and answers afterwards", () => {
    const world = arrived()
      .saves(0, { entries: { x: NEW } })
      .replies(0, { version: NEW.version });
    expect(() => world.saves(0, { entries: { x: NEW }, extra: "whatever" })).not.to.throw();
  });

  it("one that acknowledges by the name of what it was handed, though it holds something newer", () => {
    const world = written()
      .asks(4, { kind: "read", key: "x" })
      .sends(4, 0, "store", { key: "x", entry: OLD });
    expect(() =>
      world.arrives(0, 4, "store", { key: "x", entry: OLD }).replies(0, { version: OLD.version }),
    ).not.to.throw();
  });
});
