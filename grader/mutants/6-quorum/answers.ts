import type { Mutant } from "../mutant";

const COORDINATOR = { lab: 6, file: "quorum/coordinator.ts" } as const;
const QUORUMS = { ...COORDINATOR, section: "Gifford 1979; notes 000" } as const;
const HANDOUT = { ...COORDINATOR, section: "handout" } as const;

const NEWEST = "A read shows the newest of the R versions that it was answered with";
const DIFFERENT = "W and R count different replicas";
const ENOUGH = "W acknowledgements make a write, R answers a read; fewer do not";
const ITS_OWN = "What was asked for an earlier operation is no answer to a later one";
const ENDS = "A coordinator ends each operation within its timeout, once";
const BEST = "      if (held !== null && isNewer(held.version, newest?.version)) newest = held;\n";
const OWN = "    if (open?.id !== request.hint || open === undefined) return;\n";
const FINISHED =
  '      this.end(open.request.kind !== "read" && open.entry !== undefined ? "unknown" : "failed");\n';

/** Coordinators that count wrongly, choose wrongly, or believe what comes late. */
export const ANSWER_BUGS: readonly Mutant[] = [
  {
    ...QUORUMS,
    name: "first-answer",
    bug: 75,
    edits: [{ find: BEST, replace: "      newest ??= held;\n" }],
    title: "shows what the first replica that holds anything has answered",
    symptom: "a read after a write shows what was there before",
    rule: NEWEST,
  },
  {
    ...QUORUMS,
    name: "last-answer",
    bug: 75,
    edits: [{ find: BEST, replace: "      newest = held ?? newest;\n" }],
    title: "shows what the last of R replicas has answered",
    symptom: "a read after a write shows what was there before",
    rule: NEWEST,
  },
  {
    ...QUORUMS,
    name: "highest-number",
    edits: [
      {
        find: BEST,
        replace:
          "      if (held !== null && held.version.number > (newest?.version.number ?? 0)) newest = held;\n",
      },
    ],
    title: "compares the numbers of versions, and not their writers",
    symptom: "of two writes at once some reads show one and some the other",
    rule: NEWEST,
  },
  {
    ...QUORUMS,
    name: "greatest-value",
    edits: [
      {
        find: BEST,
        replace: '      if (held !== null && (held.value ?? "") >= (newest?.value ?? "")) newest = held;\n',
      },
    ],
    title: "takes the greatest value for the newest",
    symptom: "a read shows an old value that is greater",
    rule: NEWEST,
  },
  {
    ...QUORUMS,
    name: "tombstones-do-not-count",
    edits: [
      {
        find: BEST,
        replace:
          "      if (held !== null && held.value !== null && isNewer(held.version, newest?.version)) newest = held;\n",
      },
    ],
    title: "leaves tombstones out when it looks for the newest version",
    symptom: "a deleted key shows what some replica has missed to delete",
    rule: "A tombstone is a version like any other",
  },
  {
    ...QUORUMS,
    name: "versionless-tombstone",
    edits: [
      {
        find: "    this.end(newest);\n",
        replace: "    this.end(newest.value === null ? { value: null, version: null } : newest);\n",
      },
    ],
    title: "answers the read of a deleted key as if it had never been written",
    symptom: "a client cannot tell a delete from a key that never was",
    rule: "A tombstone is a version like any other",
  },
  {
    ...QUORUMS,
    name: "answers-of-one-replica",
    edits: [
      {
        find: "    open.shown.set(from, held);\n",
        replace: "    open.shown.set(open.shown.has(from) ? -open.shown.size : from, held);\n",
      },
    ],
    title: "counts answers to fetches, not those who answer",
    symptom: "a message that arrives twice makes a read of one replica",
    rule: DIFFERENT,
  },
  {
    ...QUORUMS,
    name: "acknowledgements-of-one-replica",
    edits: [
      {
        find: "    open.holders.add(from);\n",
        replace: "    open.holders.add(open.holders.has(from) ? -open.holders.size : from);\n",
      },
    ],
    title: "counts acknowledgements, not those who acknowledge",
    symptom: "a write that one replica holds is acknowledged",
    rule: DIFFERENT,
  },
  {
    ...QUORUMS,
    name: "counts-itself",
    edits: [
      {
        find: "open.holders.size < this.quorum().W",
        replace: "open.holders.size + 1 < this.quorum().W",
      },
    ],
    title: "counts itself among those who hold a write",
    symptom: "an acknowledged write is lost with fewer replicas than promised",
    rule: ENOUGH,
  },
  {
    ...QUORUMS,
    name: "one-answer-less",
    edits: [
      {
        find: "if (open.shown.size < this.quorum().R) return;",
        replace: "if (open.shown.size < this.quorum().R - 1) return;",
      },
    ],
    title: "asks one replica less than R",
    symptom: "a read misses the last write",
    rule: ENOUGH,
  },
  {
    ...QUORUMS,
    name: "waits-for-those-it-reaches",
    bug: 83,
    edits: [
      {
        find: "open.holders.size < this.quorum().W",
        replace: "open.holders.size < Math.min(this.quorum().W, Math.max(1, open.shown.size))",
      },
    ],
    title: "waits for those replicas that have answered the query, if they are fewer than W",
    symptom: "with a replica down WARO goes on writing, and a read of that replica shows old values",
    rule: ENOUGH,
  },
  {
    ...QUORUMS,
    name: "at-the-timeout-some-are-enough",
    bug: 83,
    edits: [
      {
        find: FINISHED,
        replace:
          '      if (open.entry != null && open.holders.size > 0 && open.request.kind !== "read") this.end({ version: open.entry.version });\n      else ' +
          FINISHED.trimStart(),
      },
    ],
    title: "acknowledges at the timeout a write that somebody holds",
    symptom: "an acknowledged write is lost with fewer replicas than promised",
    rule: ENOUGH,
  },
  {
    ...QUORUMS,
    name: "reads-what-it-has",
    edits: [
      {
        find: FINISHED,
        replace:
          '      if (open.request.kind === "read" && open.entry === undefined && open.shown.size > 0) this.found(open);\n      else ' +
          FINISHED.trimStart(),
      },
    ],
    title: "answers a read at the timeout with what it has heard so far",
    symptom: "on the wrong side of a partition reads show old values",
    rule: ENOUGH,
  },
  {
    ...HANDOUT,
    name: "believes-late-fetches",
    edits: [
      {
        find: `    if (held !== null) this.see(held.version);\n    const { open } = this;\n${OWN}`,
        replace:
          "    if (held !== null) this.see(held.version);\n    const { open } = this;\n    if (open === undefined || open.request.key !== request.key) return;\n",
      },
    ],
    title: "takes the late answer to an earlier fetch of the same key for an answer to this one",
    symptom: "a read shows what a replica held before the last write",
    rule: ITS_OWN,
  },
  {
    ...HANDOUT,
    name: "believes-late-fetches-of-other-keys",
    edits: [
      {
        find: `    if (held !== null) this.see(held.version);\n    const { open } = this;\n${OWN}`,
        replace:
          "    if (held !== null) this.see(held.version);\n    const { open } = this;\n    if (open === undefined || (open.id !== request.hint && open.request.key === request.key)) return;\n",
      },
    ],
    title: "takes the late answer to a fetch of another key for an answer to this one",
    symptom: "a read shows the value of another key",
    rule: ITS_OWN,
  },
  {
    ...HANDOUT,
    name: "counts-late-acknowledgements",
    edits: [
      {
        find: `    this.see(version);\n    const { open } = this;\n${OWN}`,
        replace:
          "    this.see(version);\n    const { open } = this;\n    if (open === undefined || request.entry.version.number < 1) return;\n",
      },
    ],
    title: "takes the late acknowledgement of an earlier store for one of this",
    symptom: "a write that no replica holds is acknowledged",
    rule: ITS_OWN,
  },
  {
    ...HANDOUT,
    name: "acknowledgements-by-key",
    edits: [
      {
        find: `    this.see(version);\n    const { open } = this;\n${OWN}`,
        replace:
          "    this.see(version);\n    const { open } = this;\n    if (open === undefined || open.request.key !== request.key) return;\n",
      },
    ],
    title: "tells the acknowledgements of two writes of one key not apart",
    symptom: "a write that no replica holds is acknowledged",
    rule: ITS_OWN,
  },
  {
    ...HANDOUT,
    name: "fails-and-then-answers",
    edits: [
      { find: "    if (open.done) return; // it has failed, and that was the last word\n", replace: "" },
    ],
    title: "goes on with an operation that has failed when an answer comes after all",
    symptom: "an operation ends twice, or writes after it has failed",
    rule: ENDS,
  },
  {
    ...HANDOUT,
    name: "ends-with-each-acknowledgement",
    edits: [{ find: "if (open.done || open.holders.size", replace: "if (open.holders.size" }],
    title: "ends a write again with every acknowledgement beyond W",
    symptom: "an operation ends twice",
    rule: ENDS,
  },
  {
    ...HANDOUT,
    name: "remembers-the-last-query",
    edits: [
      {
        find: "      shown: new Map(),\n",
        replace:
          '      shown: new Map(this.open?.request.key === request.key && request.kind === "read" ? [...this.open.shown].slice(0, 1) : []),\n',
      },
    ],
    title: "counts an answer to the last query of the same key for the next one",
    symptom: "a read shows what a replica held before the last write",
    rule: ITS_OWN,
  },
  {
    ...QUORUMS,
    name: "answers-from-memory",
    edits: [
      {
        find: "    this.open = open;\n",
        replace:
          "    const last = this.open;\n    this.open = open;\n" +
          '    if (request.kind === "read" && last?.done === true && last.entry != null && last.request.key === request.key && this.label() !== "atomic")\n' +
          "      return this.end(last.entry);\n",
      },
    ],
    title: "answers a read with what it has read or written last",
    symptom: "a read misses what others have written",
    rule: ENOUGH,
  },
];
