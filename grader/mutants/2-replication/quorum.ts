import type { Mutant } from "../mutant";

const RAFT = { lab: 2, file: "raft/raft.ts" } as const;
const FOLLOWERS = { lab: 2, file: "raft/followers.ts", section: "Figure 2, leaders; §5.3" } as const;

const MAJORITY = "An entry is committed once a majority of the servers holds it";

const OWN = ".concat(lastLogIndex)";
const PICK = "    return held.sort((a, b) => b - a)[Math.floor(held.length / 2)] ?? 0;\n";

/** When a leader takes an entry for committed. */
export const QUORUM: readonly Mutant[] = [
  {
    ...RAFT,
    name: "older-term-committed-by-counting",
    bug: 27,
    edits: [
      {
        find: "    if (this.log.termAt(index) === this.currentTerm) this.commitUpTo(index);\n",
        replace: "    this.commitUpTo(index);\n",
      },
    ],
    title: "commits any entry that a majority holds, of whatever term",
    symptom: "an entry that clients were told of is overwritten by a leader that never had it",
    rule: "Only entries of the leader's current term are committed by counting replicas",
    section: "§5.4.2, Figure 8",
  },
  {
    ...FOLLOWERS,
    name: "commit-quorum-one-short",
    edits: [
      { find: "[Math.floor(held.length / 2)]", replace: "[Math.max(0, Math.floor(held.length / 2) - 1)]" },
    ],
    title: "commits with one replica less than a majority",
    symptom: "a leader that is cut off commits on its own, and its entries are lost",
    rule: MAJORITY,
  },
  {
    ...FOLLOWERS,
    name: "half-of-an-even-cluster-commits",
    bug: 12,
    edits: [{ find: "[Math.floor(held.length / 2)]", replace: "[Math.floor((held.length - 1) / 2)]" }],
    title: "commits when half of an even cluster holds an entry",
    symptom: "of four servers two commit one thing, and the other two another",
    rule: MAJORITY,
  },
  {
    ...FOLLOWERS,
    name: "two-copies-are-enough",
    edits: [{ find: "[Math.floor(held.length / 2)]", replace: "[Math.min(1, held.length - 1)]" }],
    title: "commits as soon as one follower holds an entry",
    symptom: "of five servers two commit on their own, and their entries are lost",
    rule: MAJORITY,
  },
  {
    ...FOLLOWERS,
    name: "all-must-hold-it",
    edits: [{ find: "[Math.floor(held.length / 2)]", replace: "[held.length - 1]" }],
    title: "commits when every server holds an entry",
    symptom: "one server that is down keeps the cluster from committing anything",
    rule: "A majority suffices: slow or missing servers do not hold up the others",
  },
  {
    ...FOLLOWERS,
    name: "leader-does-not-count-itself",
    bug: 31,
    edits: [{ find: OWN, replace: ".concat(0)" }],
    title: "counts its own copy as missing",
    symptom: "nothing is committed while only a bare majority is up",
    rule: "The leader's own log is one of the majority",
  },
  {
    ...FOLLOWERS,
    name: "sorts-numbers-as-text",
    edits: [{ find: PICK, replace: "    return held.sort().reverse()[Math.floor(held.length / 2)] ?? 0;\n" }],
    title: "sorts the indices as if they were words: 10 comes before 9",
    symptom: "at every new power of ten entries are committed that only the leader has",
    rule: MAJORITY,
  },
  {
    ...RAFT,
    name: "counts-answers-not-servers",
    edits: [
      {
        find: "    this.followers.holds(peer, index);\n    this.advanceCommitIndex();\n",
        replace:
          "    this.followers.holds(peer, index);\n" +
          "    const copies = (this.copies.get(index) ?? 1) + 1;\n" +
          "    this.copies.set(index, copies);\n" +
          "    const enough = copies > (this.ctx.peers.length + 1) / 2;\n" +
          "    if (enough && this.log.termAt(index) === this.currentTerm) this.commitUpTo(index);\n",
      },
      {
        find: '  private role: Role = "follower";\n',
        replace:
          '  private role: Role = "follower";\n  private readonly copies = new Map<number, number>();\n',
      },
    ],
    title: "counts successes and does not look whose they are",
    symptom: "one follower that answers heartbeats makes a majority of five",
    rule: MAJORITY,
    section: "Figure 2, leaders; §5.3",
  },
  {
    ...RAFT,
    name: "alone-never-commits",
    edits: [{ find: "    this.advanceCommitIndex(); // a cluster of one\n", replace: "" }],
    title: "looks what is committed only when a follower answers",
    symptom: "a cluster of one server takes commands and never executes them",
    rule: "A cluster of one is its own majority",
    section: "Figure 2, leaders; §5.3",
  },
];
