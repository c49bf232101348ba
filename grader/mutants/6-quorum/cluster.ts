import type { Mutant } from "../mutant";

const COORDINATOR = { lab: 6, file: "quorum/coordinator.ts" } as const;

const AVAILABLE = "An operation needs W and R replicas, whichever they are";
const MEETS = "W + R > N: any R replicas include one that has the last acknowledged write";
const WRITES_BACK = "An atomic read ends when W replicas hold what it shows";
const COSTS = "A phase asks each of the N replicas once";
const PROMPT = "Nobody waits for the slowest, or for a timer";

const QUERY = "    if (open.shown.size < this.quorum().R) return;\n";
const FOUND = '    if (this.label() === "atomic") return this.stored(open) ? undefined : this.send();\n';
const STORED = "    if (open.done || open.holders.size < this.quorum().W) return false;\n";
const LATE = "    if (open.entry !== undefined) return this.repair(open, from, held);\n";
const REPAIRS = "    for (const [replica, held] of open.shown) this.repair(open, replica, held);\n";

/** Coordinators that ask too many or too few, too late or too often. */
export const QUORUM_BUGS: readonly Mutant[] = [
  {
    ...COORDINATOR,
    name: "reads-wait-for-all",
    edits: [{ find: QUERY, replace: QUERY.replace("this.quorum().R", "this.ctx.peers.length") }],
    title: "waits for all N answers",
    symptom: "one replica that is down stops all reads",
    rule: AVAILABLE,
    section: "Gifford 1979; notes 000",
  },
  {
    ...COORDINATOR,
    name: "writes-wait-for-all",
    edits: [{ find: STORED, replace: STORED.replace("this.quorum().W", "this.ctx.peers.length") }],
    title: "waits for all N acknowledgements",
    symptom: "one replica that is down stops all writes",
    rule: AVAILABLE,
    section: "Gifford 1979; notes 000",
  },
  {
    ...COORDINATOR,
    name: "asks-the-first-ones",
    edits: [
      {
        find: "    for (const replica of this.ctx.peers) {\n",
        replace:
          "    for (const replica of this.ctx.peers.slice(0, Math.max(this.quorum().W, this.quorum().R))) {\n",
      },
    ],
    title: "asks as many replicas as it needs, always the same ones",
    symptom: "if one of these is down nothing works, however many others are up",
    rule: AVAILABLE,
    section: "Gifford 1979",
  },
  {
    ...COORDINATOR,
    name: "stores-where-it-asked",
    edits: [
      {
        find: "      } else if (open.entry !== null && !open.holders.has(replica)) {\n",
        replace:
          '      } else if (\n        open.entry !== null &&\n        !open.holders.has(replica) &&\n        (open.shown.has(replica) || this.label() === "eventual")\n      ) {\n',
      },
    ],
    title: "stores only at the replicas whose answers it has used",
    symptom: "where W is more than R no write succeeds",
    rule: AVAILABLE,
    section: "Gifford 1979",
  },
  {
    ...COORDINATOR,
    name: "asks-one-before-a-write",
    edits: [
      {
        find: QUERY,
        replace: '    if (open.shown.size < (open.request.kind === "read" ? this.quorum().R : 1)) return;\n',
      },
    ],
    title: "asks a single replica which number is next",
    symptom: "a write is acknowledged under a number that is not the newest, and lost",
    rule: "A write's number is above all that R replicas have shown",
    section: "Lynch & Shvartsman 1997",
  },
  {
    ...COORDINATOR,
    name: "swaps-w-and-r",
    edits: [
      {
        find: "const { W = majority, R = majority, promise",
        replace: "const { W: R = majority, R: W = majority, promise",
      },
    ],
    title: "takes W for R, and R for W",
    symptom: "WARO writes to one replica and reads from all",
    rule: MEETS,
    section: "notes 000",
  },
  {
    ...COORDINATOR,
    name: "writes-back-to-a-majority",
    edits: [
      {
        find: STORED,
        replace: STORED.replace(
          "this.quorum().W",
          '(open.request.kind === "read" ? Math.min(this.quorum().W, Math.floor(this.ctx.peers.length / 2) + 1) : this.quorum().W)',
        ),
      },
    ],
    title: "is content when a majority holds what it has read, whatever W is",
    symptom: "with W=N, R=1 a second reader still meets a replica that knows nothing of it",
    rule: WRITES_BACK,
    section: "ABD 1995",
  },
  {
    ...COORDINATOR,
    name: "writes-back-to-one",
    edits: [
      {
        find: STORED,
        replace: STORED.replace(
          "open.holders.size < this.quorum().W",
          'open.holders.size < (open.request.kind === "read" ? Math.min(2, this.quorum().W) : this.quorum().W)',
        ),
      },
    ],
    title: "is content when two replicas hold what it has read",
    symptom: "of five replicas the other three show the old value next",
    rule: WRITES_BACK,
    section: "ABD 1995",
  },
  {
    ...COORDINATOR,
    name: "unanimity-is-enough",
    edits: [
      {
        find: FOUND,
        replace: `    if (open.holders.size === open.shown.size) return this.end(newest);\n${FOUND}`,
      },
    ],
    title: "writes nothing back when all R answers agree, though W is more than R",
    symptom: "one replica agrees with itself, and the next reader asks another one",
    rule: WRITES_BACK,
    section: "ABD 1995",
  },
  {
    ...COORDINATOR,
    name: "regular-reads-write-back",
    edits: [{ find: FOUND, replace: FOUND.replace('=== "atomic"', '!== "eventual"') }],
    title: "waits for a write-back that a regular read does not owe",
    symptom: "where W is more than R reads fail for want of replicas that they do not need",
    rule: AVAILABLE,
    section: "handout",
  },
  {
    ...COORDINATOR,
    name: "reads-back-in-the-background",
    bug: 80,
    edits: [
      {
        find: FOUND,
        replace: '    if (this.label() === "atomic") this.send();\n',
      },
    ],
    title: "writes back what it has read, and does not wait for that",
    symptom: "a read that begins at once after it shows the old value",
    rule: WRITES_BACK,
    section: "ABD 1995",
  },
  {
    ...COORDINATOR,
    name: "stores-at-the-next-tick",
    edits: [
      {
        find: 'value: request.kind === "write" ? request.value : null };\n    this.send();\n',
        replace:
          'value: request.kind === "write" ? request.value : null };\n    this.ctx.setTimer("resend", 2 * RESEND);\n',
      },
    ],
    title: "begins the second phase when a timer rings",
    symptom: "each write takes a fifth of a second on the fastest of networks",
    rule: PROMPT,
    section: "handout",
  },
  {
    ...COORDINATOR,
    name: "repairs-the-sound",
    edits: [
      {
        find: "!told.has(replica) && isNewer(entry.version, held?.version)) {\n",
        replace: "!told.has(replica) && !isNewer(held?.version ?? entry.version, entry.version)) {\n",
      },
    ],
    title: "hands every replica what it has just shown",
    symptom: "each read costs as many stores as fetches",
    rule: COSTS,
    section: "handout",
  },
  {
    ...COORDINATOR,
    name: "fetches-after-the-store",
    edits: [
      {
        find: "      if (open.entry === undefined) {\n",
        replace:
          '      if (open.entry !== undefined && !open.shown.has(replica)) this.ctx.call(replica, "fetch", { key, hint: open.id });\n      if (open.entry === undefined) {\n',
      },
    ],
    title: "goes on asking for what it no longer needs",
    symptom: "a write costs half as much again",
    rule: COSTS,
    section: "handout",
  },
  {
    ...COORDINATOR,
    name: "always-writes-back",
    challenge: true,
    edits: [{ find: FOUND, replace: `    if (this.label() === "atomic") open.holders.clear();\n${FOUND}` }],
    title: "writes back what all replicas hold",
    symptom: "every atomic read takes two round trips",
    rule: "An atomic read of what all hold takes one round trip",
    section: "handout, challenge",
  },
  {
    ...COORDINATOR,
    name: "no-late-repair",
    challenge: true,
    edits: [{ find: LATE, replace: "    if (open.entry !== undefined) return;\n" }],
    title: "does not look at answers that come when it has enough",
    symptom: "the slowest replica is never repaired by reads",
    rule: "A read repairs whoever has shown it something older",
    section: "handout, challenge",
  },
  {
    ...COORDINATOR,
    name: "no-read-repair",
    challenge: true,
    edits: [{ find: REPAIRS, replace: "" }],
    title: "repairs only those whose answers come late",
    symptom: "the replicas that answer first stay old",
    rule: "A read repairs whoever has shown it something older",
    section: "handout, challenge",
  },
];
