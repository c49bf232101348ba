import { expect } from "chai";
import type { LogEntry } from "../messages";
import { appendEntries, entriesAt, logOf, Script, snapshotAt } from "./fixture";
import { LogMatchingMonitor } from "./log-matching";

const script = (servers = 3): Script => new Script(new LogMatchingMonitor(), servers);

/** Server `server` saves a whole log. */
const saves = (world: Script, server: number, currentTerm: number, log: readonly LogEntry[]): Script =>
  world.saves(server, { currentTerm, votedFor: null, log });

const named = (term: number, command: string): LogEntry => ({ term, command });

describe("the log matching monitor accuses", () => {
  it("two commands under one index and term, sent or saved", () => {
    const sent = (): Script =>
      script().calls(0, "appendEntries", appendEntries(2, 0, [0, 0], [named(2, "a")]));
    const other = (): unknown => saves(sent().after(5), 1, 2, [named(2, "b")]);
    expect(other).to.throw(
      /server 1 saves entry 1 of term 2 as "b" at 5.000 ms, but server 0 sent it as "a" at 0/,
    );
    expect(other).to.throw().with.property("rule").that.includes("Log Matching");
    const again = appendEntries(2, 0, [0, 0], [named(2, "b")]);
    expect(() => sent().calls(0, "appendEntries", again)).to.throw(/server 0 sends entry 1 of term 2 as "b"/);
  });

  it("an entry at the wrong place, and says where it belongs", () => {
    const world = saves(script(), 0, 2, logOf(1, 2, 2, 2));
    const off = appendEntries(2, 0, [1, 1], entriesAt(3, 2, 2));
    expect(() => world.calls(0, "appendEntries", off)).to.throw(
      /sends entry 2 of term 2 as "2.3".*saved it as "2.2".*is known as entry 3: is an index off by 1/,
    );
    const pasted = [...logOf(1, 2), ...entriesAt(2, 2)];
    expect(() => saves(saves(script(), 0, 2, logOf(1, 2, 2)), 1, 2, pasted)).to.throw(
      /saves entry 3 of term 2 as "2.2".*stands at index 2 of this disk too/,
    );
  });

  it("an entry that follows another than it did before", () => {
    const world = saves(script(), 0, 2, logOf(1, 1, 2));
    const claim = appendEntries(3, 0, [2, 2], entriesAt(3, 2));
    expect(() => world.calls(0, "appendEntries", claim)).to.throw(
      /sends entry 3 of term 2 after an entry of term 2.*saved it after an entry of term 1.*differ below it/,
    );
    expect(() => saves(world, 1, 2, [...logOf(1), named(2, "x"), ...entriesAt(3, 2)])).to.throw(
      /server 1 saves entry 3 of term 2 after an entry of term 2/,
    );
  });

  it("a conflicting suffix that stays, as terms fall", () => {
    const world = saves(saves(script(), 0, 3, logOf(1, 3)), 1, 2, logOf(1, 2, 2));
    expect(() => saves(world, 1, 3, [...logOf(1, 3), ...entriesAt(3, 2)])).to.throw(
      /server 1 saves entry 3 of term 2 after an entry of term 3.*what follows a conflict has to go with it/,
    );
    expect(() => saves(script(), 0, 3, logOf(3, 2))).to.throw(/entry 2 of term 2.*after an entry of term 3/);
  });

  it("a dummy entry", () => {
    expect(() => saves(script(), 0, 1, logOf(0, 1))).to.throw(/terms of leaders begin at 1/);
  });

  it("a log that is saved apart from its snapshot, either way round", () => {
    const whole = logOf(2, 2, 2, 2);
    const logFirst = saves(script(), 0, 2, whole);
    expect(() => saves(logFirst, 0, 2, entriesAt(3, 2, 2))).to.throw(
      /log\[0\] was entry 3 in the save before and would now be entry 1.*save log and snapshot together/,
    );
    const snapshotFirst = saves(script(), 0, 2, whole);
    const early = { currentTerm: 2, votedFor: null, log: whole, snapshot: snapshotAt(2, 2) };
    expect(() => snapshotFirst.saves(0, early)).to.throw(
      /log\[0\] was entry 1 in the save before and would now be entry 3.*save log and snapshot together/,
    );
  });

  it("a lost term of the last included entry", () => {
    const world = saves(script(), 0, 2, logOf(1, 1, 2));
    world.saves(0, { currentTerm: 2, votedFor: 0, log: entriesAt(3, 2), snapshot: snapshotAt(2, 1) });
    expect(() => world.calls(0, "appendEntries", appendEntries(2, 0, [2, 0], entriesAt(3, 2)))).to.throw(
      /sends entry 3 of term 2 after nothing.*after an entry of term 1/,
    );
    const lost = { currentTerm: 2, votedFor: 0, log: entriesAt(3, 2), snapshot: snapshotAt(2, 0) };
    expect(() => world.saves(0, lost)).to.throw(
      /after nothing.*lastIncludedTerm is the term of the entry before/,
    );
  });

  it("a leader with entries of terms that are yet to come", () => {
    const calls = (request: ReturnType<typeof appendEntries>) => () =>
      script().calls(0, "appendEntries", request);
    expect(calls(appendEntries(2, 0, [0, 0], logOf(3)))).to.throw(/leader of term 2.*entry 1 is of term 3/);
    expect(calls(appendEntries(2, 0, [4, 3]))).to.throw(/leader of term 2.*entry 4 is of term 3/);
  });

  it("what is no entry, or no index, in one line", () => {
    const bad = { ...(appendEntries(1, 0, [0, 0]) as object), entries: [{ term: 1 }] };
    expect(() => script().calls(0, "appendEntries", bad)).to.throw("entries[0] must be { term, command }");
    expect(() => script().calls(0, "appendEntries", appendEntries(1, 0, [-1, 0]))).to.throw(
      "prevLogIndex must be a whole number, 0 or more; it is -1",
    );
  });
});

describe("the log matching monitor does not accuse", () => {
  it("one index in two terms, and the truncation between them", () => {
    const world = saves(saves(script(), 0, 2, logOf(1, 2, 2)), 1, 3, logOf(1, 3));
    world.calls(1, "appendEntries", appendEntries(3, 1, [1, 1], entriesAt(2, 3)));
    expect(() => saves(saves(world, 0, 3, logOf(1)), 0, 3, logOf(1, 3))).not.to.throw();
  });

  it("compaction, an installed snapshot, and a restart with one", () => {
    const world = saves(saves(script(), 0, 2, logOf(1, 1, 2)), 1, 2, logOf(1));
    world.saves(0, { currentTerm: 2, votedFor: 0, log: entriesAt(3, 2), snapshot: snapshotAt(2, 1) });
    world.saves(1, { currentTerm: 2, votedFor: 0, snapshot: snapshotAt(2, 1) }).boot(1);
    world.calls(0, "appendEntries", appendEntries(2, 0, [2, 1], entriesAt(3, 2)));
    const caught = { currentTerm: 2, votedFor: 0, log: entriesAt(3, 2), snapshot: snapshotAt(2, 1) };
    expect(() => world.saves(1, caught)).not.to.throw();
  });

  it("whatever a leader says of the term before the first entry", () => {
    expect(() => script().calls(0, "appendEntries", appendEntries(1, 0, [0, 7], logOf(1)))).not.to.throw();
  });

  it("anybody for what puppets forge, but for what became of it", () => {
    const world = script();
    world.puppets.add(2);
    world.request(0, 2, "appendEntries", appendEntries(1, 2, [0, 0], logOf(1)));
    expect(() => saves(world, 0, 1, [named(1, "other")])).to.throw(/server 2 sent it as "1.1"/);
    world.request(1, 2, "appendEntries", appendEntries(1, 2, [0, 0], [named(1, "forged")]));
    expect(() => saves(world, 1, 1, [named(1, "forged")])).not.to.throw();
  });

  it("and remembers what a captured world knew", () => {
    const monitor = new LogMatchingMonitor();
    saves(new Script(monitor), 0, 1, [named(1, "a")]);
    const copy = new LogMatchingMonitor();
    copy.restore(monitor.capture());
    expect(() => saves(new Script(copy), 1, 1, [named(1, "b")])).to.throw(/server 0 saved it as "a"/);
  });
});
