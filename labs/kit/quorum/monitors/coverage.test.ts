import { expect } from "chai";
import type { Quorum } from "./answers";
import { entry, MAJORITY, Script } from "./fixture";
import { QUORUM_MARKS, type QuorumMarkId } from "./marks";

type Tale = (world: Script) => unknown;

const [OLD, NEW] = [entry(1, 3, "old"), entry(2, 4, "new")];
const ALL = [0, 1, 2] as const;
const STORE = { key: "x", entry: NEW };

/** C4's “new” is on server 0 alone, for the time being. */
const halfDone = (world: Script): Script =>
  world
    .writes(3, OLD, ...ALL)
    .asks(4, { kind: "write", key: "x", value: "new" })
    .fetches(4, "x", 0, 1)
    .stores(4, "x", NEW, 0);

/** Server 0 has heard of `given` already when this reaches it. */
const reaching = (world: Script, given: typeof OLD, late: typeof OLD): Script =>
  world.writes(given.version.writer, given, 0, 1).asks(9, { kind: "read", key: "x" }).stores(9, "x", late, 0);

/** Makes versions known that nobody has written. */
const forged = (world: Script, ...entries: readonly (typeof OLD)[]): Script => {
  world.puppets.add(8);
  world.asks(9, { kind: "read", key: "x" });
  for (const held of entries) world.hears(9, 8, "fetch", { key: "x" }, { held });
  return world.ends(9, "failed");
};

/** For each rule a run that exercises it, and one that comes near. */
const TALES: { readonly [id in QuorumMarkId]: readonly [hit: Tale, miss: Tale] } = {
  "older-refused": [(w) => reaching(forged(w, OLD), NEW, OLD), (w) => reaching(forged(w, NEW), OLD, NEW)],
  tie: [(w) => reaching(forged(w, entry(2, 3)), NEW, entry(2, 3)), (w) => reaching(forged(w, OLD), NEW, OLD)],
  "concurrent-writes": [
    (w) => w.asks(3, { kind: "delete", key: "x" }).asks(4, { kind: "delete", key: "x" }),
    (w) => w.asks(3, { kind: "delete", key: "x" }).asks(4, { kind: "delete", key: "y" }),
  ],
  tombstone: [(w) => w.writes(3, entry(1, 3, null), ...ALL), (w) => w.writes(3, OLD, ...ALL)],
  "replica-restarts": [(w) => w.writes(3, OLD, ...ALL).boot(0), (w) => w.boot(0)],
  "coordinator-restarts": [
    (w) => w.boot(3).saves(3, { highest: 1 }).boot(3),
    (w) => w.boot(3).saves(3, { highest: 1 }).boot(4),
  ],
  "answers-differ": [(w) => halfDone(w).reads(5, 0, 1), (w) => halfDone(w).reads(5, 1, 2)],
  "half-done-read": [
    (w) => halfDone(w).reads(5, 0, 1).ends(5, NEW),
    (w) => halfDone(w).stores(4, "x", NEW, 1).ends(4, NEW).reads(5, 0, 1).ends(5, NEW),
  ],
  "write-back": [
    (w) => halfDone(w).reads(5, 0, 1).stores(5, "x", NEW, 1),
    (w) => halfDone(w).reads(5, 1, 2).ends(5, OLD).stores(5, "x", NEW, 1),
  ],
  "read-in-one": [
    (w) =>
      w
        .writes(3, OLD, ...ALL)
        .reads(5, 0, 1)
        .ends(5, OLD),
    (w) => halfDone(w).reads(5, 0, 1).stores(5, "x", NEW, 1).ends(5, NEW),
  ],
  "read-repair": [
    (w) => w.writes(3, OLD, 0, 1).reads(5, 0, 1).ends(5, OLD).stores(5, "x", OLD, 2),
    (w) => w.writes(3, OLD, 0, 1).stores(3, "x", OLD, 2),
  ],
  "background-repair": [
    (w) => w.writes(3, OLD, 0, 1).sends(0, 2, "compare", { summary: 0, entries: [{ key: "x", ...OLD }] }),
    (w) => w.writes(3, OLD, ...ALL).sends(0, 2, "compare", { summary: 0, entries: [] }),
  ],
  "write-unknown": [(w) => halfDone(w).ends(4, "unknown"), (w) => w.reads(3, 0).ends(3, "failed")],
  "operation-failed": [(w) => w.reads(3, 0).ends(3, "failed"), (w) => halfDone(w).ends(4, "unknown")],
  "asked-again": [
    (w) => w.asks(3, { kind: "read", key: "x" }).sends(3, 0, "fetch", { key: "x" }).fetches(3, "x", 0),
    (w) => w.reads(3, 0, 1),
  ],
  "late-answer": [
    (w) => halfDone(w).ends(4, "unknown").hears(4, 1, "store", STORE, { version: NEW.version }),
    (w) => halfDone(w).hears(4, 0, "store", STORE, { version: NEW.version }),
  ],
};

/** What a tale exercises. */
function marksOf(tale: Tale, quorum: Quorum = MAJORITY): QuorumMarkId[] {
  const world = new Script(quorum);
  tale(world);
  return world.coverage.exercised;
}

describe("the coverage of Lab 6", () => {
  for (const { id, title } of QUORUM_MARKS) {
    it(`knows ${title} (${id}), and what only looks like it`, () => {
      const [hit, miss] = TALES[id as QuorumMarkId];
      expect(marksOf(hit)).to.include(id);
      expect(marksOf(miss)).not.to.include(id);
    });
  }

  it("takes what a reader stores for a repair where reads are not atomic", () => {
    const regular = { ...MAJORITY, promise: "regular" } as const;
    expect(marksOf((w) => halfDone(w).reads(5, 0, 1).stores(5, "x", NEW, 1), regular))
      .to.include("read-repair")
      .and.not.to.include("write-back");
  });

  it("knows what a comparison is answered with", () => {
    const answered: Tale = (w) =>
      w
        .writes(3, OLD, 0, 1)
        .arrives(0, 2, "compare", { summary: 0 })
        .replies(0, { entries: [{ key: "x", ...OLD }] });
    expect(marksOf(answered)).to.include("background-repair");
  });

  it("takes a quiet cluster for idle", () => {
    expect(marksOf((w) => w.writes(3, OLD, ...ALL).writes(3, entry(2, 3), ...ALL))).to.eql([]);
  });

  it("forgets what happened after it was captured", () => {
    const world = new Script().writes(3, OLD, ...ALL).boot(0);
    const captured = world.coverage.capture();
    world.reads(3, 0).ends(3, "failed");
    expect(world.coverage.exercised).to.eql(["replica-restarts", "operation-failed"]);
    world.coverage.restore(captured);
    expect(world.coverage.exercised).to.eql(["replica-restarts"]);
  });
});
