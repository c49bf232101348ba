import { expect } from "chai";
import { copyPlain, type PlainData } from "../program";
import { checkRaftState, lastEntry } from "./state";

const GOOD = { currentTerm: 1, votedFor: null, log: [], snapshot: null };

describe("the form of a saved Raft state", () => {
  it("is Figure 2's", () => {
    expect(checkRaftState(GOOD, undefined)).to.equal(undefined);
    expect(checkRaftState({ ...GOOD, votedFor: 2, extra: { commitIndex: 4 } }, undefined)).to.equal(
      undefined,
    );
  });

  it("is explained where it is broken", () => {
    const says = (change: object): string | undefined => checkRaftState({ ...GOOD, ...change }, undefined);
    expect(checkRaftState([], undefined)).to.match(/must be an object/);
    expect(says({ currentTerm: 1.5 })).to.match(/currentTerm must be a whole number, 0 or more; it is 1.5/);
    expect(says({ votedFor: "me" })).to.match(/votedFor must be a server's number or null; it is "me"/);
    expect(says({ log: 3 })).to.match(/log must be an array/);
    expect(says({ log: [{ term: 1, command: 1 }, { term: 2 }] })).to.match(
      /log\[1\] must be \{ term, command \}/,
    );
    expect(says({ snapshot: { lastIncludedIndex: 3 } })).to.match(/snapshot must be/);
  });

  it("is looked at where it differs from the state before, by value", () => {
    const save = (log: object[], previous?: PlainData): PlainData =>
      copyPlain({ ...GOOD, log }, "state", previous);
    const log = Array.from({ length: 40 }, (_, i): object => ({ term: 1, command: i }));
    const first = save(log);
    const second = save([...log, { term: 2, command: 0 }], first);
    expect(checkRaftState(second, first)).to.equal(undefined);
    for (const keep of [0, 20, 41]) {
      const kept = [...log, { term: 2, command: 0 }].slice(0, keep);
      expect(checkRaftState(save(kept, second), second)).to.equal(undefined);
      const bad = save([...kept, { term: 2, command: 1 }, { command: 2 }], second);
      expect(checkRaftState(bad, second)).to.match(RegExp(`^log\\[${keep + 1}\\] must be`));
      expect(checkRaftState(structuredClone(bad), second)).to.match(RegExp(`^log\\[${keep + 1}\\] must be`));
    }
  });

  it("says what its last entry is, under a snapshot too", () => {
    const snapshot = { lastIncludedIndex: 7, lastIncludedTerm: 3, data: null };
    expect(lastEntry(undefined)).to.eql({ index: 0, term: 0 });
    expect(lastEntry({ ...GOOD, snapshot })).to.eql({ index: 7, term: 3 });
    expect(lastEntry({ ...GOOD, snapshot, log: [{ term: 4, command: 1 }] })).to.eql({ index: 8, term: 4 });
  });
});
