import type { Mutant } from "../mutant";

const COORDINATOR = { lab: 6, file: "quorum/coordinator.ts" } as const;
const ABD = { ...COORDINATOR, section: "ABD 1995" } as const;
const QUORUMS = { ...COORDINATOR, section: "Gifford 1979; notes 000" } as const;
const HANDOUT = { ...COORDINATOR, section: "handout" } as const;

const REPAIR = "Repair sends the newest version to those that lag behind, and never an older one";
const WRITE_BACK = "An atomic read shows what W replicas hold";
const LABEL = "The label is what was asked for if W + R > N, and eventual otherwise";
const HOLDERS =
  "    for (const [replica, held] of open.shown) if (isSame(version, held?.version)) open.holders.add(replica);\n";
const WRITTEN_BACK =
  '    if (this.label() === "atomic") return this.stored(open) ? undefined : this.send();\n';
const STRONG = '    return W + R > this.ctx.peers.length ? promise : "eventual";\n';

/** Coordinators that repair backwards, or promise what they do not keep. */
export const PROMISE_BUGS: readonly Mutant[] = [
  {
    ...HANDOUT,
    name: "repairs-backwards",
    bug: 81,
    edits: [
      {
        find: "    if (entry !== null && !told.has(replica) && isNewer(entry.version, held?.version)) {\n",
        replace: "    if (entry !== null && !told.has(replica) && !isSame(entry.version, held?.version)) {\n",
      },
    ],
    title: "hands what it has found to everybody who has shown something else",
    symptom: "a replica that is ahead is sent something older",
    rule: REPAIR,
  },
  {
    ...HANDOUT,
    name: "repairs-with-the-first-answer",
    bug: 81,
    edits: [
      {
        find: "    for (const [replica, held] of open.shown) this.repair(open, replica, held);\n",
        replace:
          "    const first = [...open.shown.values()].find((held) => held !== null) ?? newest;\n" +
          "    for (const [replica, held] of open.shown) if (!isSame(first.version, held?.version)) this.store(open, replica, first);\n",
      },
    ],
    title: "hands all who differ from the first answer that first answer",
    symptom: "a replica that is ahead is sent something older",
    rule: REPAIR,
  },
  {
    ...ABD,
    name: "no-write-back",
    bug: 80,
    edits: [{ find: WRITTEN_BACK, replace: "" }],
    title: "never writes back",
    symptom: "two reads in a row go from new to old",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "answers-before-the-write-back",
    bug: 80,
    edits: [
      { find: HOLDERS, replace: "    for (const replica of open.shown.keys()) open.holders.add(replica);\n" },
    ],
    title: "takes all that have answered for holders of what was found",
    symptom: "two reads in a row go from new to old",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "writes-back-to-one-less",
    edits: [
      {
        find: "if (open.done || open.holders.size < this.quorum().W) return false;",
        replace:
          'if (open.done || open.holders.size < this.quorum().W - (open.request.kind === "read" ? 1 : 0)) return false;',
      },
    ],
    title: "shows what W - 1 replicas hold",
    symptom: "two reads in a row go from new to old",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "writes-back-to-r",
    edits: [
      {
        find: "if (open.done || open.holders.size < this.quorum().W) return false;",
        replace:
          'if (open.done || open.holders.size < (open.request.kind === "read" ? this.quorum().R : this.quorum().W)) return false;',
      },
    ],
    title: "shows what R replicas hold",
    symptom: "with R below W two reads in a row go from new to old",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "tombstones-are-not-written-back",
    edits: [{ find: WRITTEN_BACK, replace: WRITTEN_BACK.replace("if (", "if (newest.value !== null && ") }],
    title: "does not write tombstones back",
    symptom: "a key that was read as deleted is read as there",
    rule: WRITE_BACK,
  },
  {
    ...QUORUMS,
    name: "half-is-more",
    bug: 74,
    edits: [{ find: STRONG, replace: STRONG.replace("W + R >", "W + R >=") }],
    title: "takes W + R = N for enough",
    symptom: "reads that are labelled atomic miss the last write",
    rule: LABEL,
  },
  {
    ...QUORUMS,
    name: "label-of-choice",
    bug: 74,
    edits: [{ find: STRONG, replace: '    return W + R > 0 ? promise : "eventual";\n' }],
    title: "labels its reads as it was asked to",
    symptom: "reads that are labelled atomic miss the last write",
    rule: LABEL,
  },
  {
    ...QUORUMS,
    name: "promises-more",
    bug: 74,
    edits: [
      {
        find: STRONG,
        replace:
          '    return W + R > this.ctx.peers.length ? (promise === "regular" ? "atomic" : promise) : "eventual";\n',
      },
    ],
    title: "labels regular reads atomic",
    symptom: "reads cost more than was asked for, or promise what they do not keep",
    rule: LABEL,
  },
  {
    ...QUORUMS,
    name: "counts-itself-among-the-replicas",
    bug: 74,
    edits: [{ find: STRONG, replace: STRONG.replace("this.ctx.peers.length", "this.ctx.peers.length + 1") }],
    title: "takes the replicas for its peers, and itself for one more",
    symptom: "a configuration that is strong is labelled weak",
    rule: LABEL,
  },
];
