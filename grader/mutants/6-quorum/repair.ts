import type { Mutant } from "../mutant";

const REPLICA = { lab: 6, file: "quorum/replica.ts", section: "handout; Dynamo §4.7" } as const;
const CONVERGES = "Within twenty rounds replicas that can talk hold the same, of all keys";
const IDLE = "Replicas that agree send each other summaries, and no entries";
const ROUND =
  '    if (peer !== undefined) this.ctx.call(peer, "compare", { summary: { digest: this.digest } });\n    this.scheduleRepair();\n';

/** Replicas that never come to agree, or talk too much. */
export const REPAIR_BUGS: readonly Mutant[] = [
  {
    ...REPLICA,
    name: "no-anti-entropy",
    edits: [{ find: ROUND, replace: "    this.scheduleRepair();\n" }],
    title: "never compares notes",
    symptom: "what a replica has missed it learns only if somebody reads it",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "compares-once",
    edits: [{ find: ROUND, replace: ROUND.replace("    this.scheduleRepair();\n", "") }],
    title: "compares notes once in a life",
    symptom: "after its first round a replica is on its own",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "compares-in-its-first-life",
    edits: [
      {
        find: "digestOf(this.digest, key, version);\n    this.scheduleRepair();\n",
        replace:
          "digestOf(this.digest, key, version);\n    if (saved === undefined) this.scheduleRepair();\n",
      },
    ],
    title: "does not begin to compare notes again after a crash",
    symptom: "when all replicas have crashed once they never agree again",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "compares-seldom",
    edits: [
      {
        find: "repairEvery * (0.5 + this.ctx.random())",
        replace: "30 * repairEvery * (0.5 + this.ctx.random())",
      },
    ],
    title: "compares notes in every thirtieth round",
    symptom: "what a replica has missed it learns long after the fault is over",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "digest-begins-anew",
    edits: [
      {
        find: "    for (const [key, { version }] of this.entries) this.digest = digestOf(this.digest, key, version);\n",
        replace: "",
      },
    ],
    title: "leaves what was on its disk out of the digest",
    symptom: "two replicas that have crashed take each other for equal, whatever they hold",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "compares-with-one",
    edits: [
      {
        find: "this.ctx.peers[Math.floor(this.ctx.random() * this.ctx.peers.length)]",
        replace: "this.ctx.peers[0]",
      },
    ],
    title: "compares notes with the same replica always",
    symptom: "while that one is down the others drift apart",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "digest-of-keys",
    edits: [
      {
        find: "digestOf(this.digest, key, old.version)",
        replace: "digestOf(this.digest, key, { number: 1, writer: 0 })",
      },
      {
        find: "      this.digest = digestOf(this.digest, key, version);\n",
        replace: "      this.digest = digestOf(this.digest, key, { number: 1, writer: 0 });\n",
      },
      {
        find: "saved?.entries ?? {}));\n    for (const [key, { version }] of this.entries) this.digest = digestOf(this.digest, key, version);\n",
        replace:
          "saved?.entries ?? {}));\n    for (const key of this.entries.keys()) this.digest = digestOf(this.digest, key, { number: 1, writer: 0 });\n",
      },
    ],
    title: "compares which keys there are, and not their versions",
    symptom: "replicas with the same keys never find out that they differ",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "digest-keeps-the-old",
    challenge: true,
    edits: [
      {
        find: "      if (old !== undefined) this.digest = digestOf(this.digest, key, old.version);\n",
        replace: "",
      },
    ],
    title: "leaves the old version in the digest",
    symptom: "replicas that hold the same by other ways send each other all versions for ever",
    rule: "A round of anti-entropy does not grow with the keys",
  },
  {
    ...REPLICA,
    name: "repair-without-tombstones",
    edits: [
      {
        find: "      return held === undefined ? [] : [{ key, ...held }];\n",
        replace: "      return held === undefined || held.value === null ? [] : [{ key, ...held }];\n",
      },
    ],
    title: "does not tell other replicas what was deleted",
    symptom: "a replica that has missed a delete shows the value for ever",
    rule: "A delete is a version like any other",
  },
  {
    ...REPLICA,
    name: "repairs-ten-keys",
    edits: [
      {
        find: "[...theirs].filter(([key, version]) =>",
        replace: "[...theirs].slice(0, 10).filter(([key, version]) =>",
      },
      {
        find: "[...this.entries].filter(([key, { version }]) =>",
        replace: "[...this.entries].slice(0, 10).filter(([key, { version }]) =>",
      },
    ],
    title: "looks at the first ten keys",
    symptom: "what lies behind them is never repaired",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "repairs-what-both-have",
    edits: [
      {
        find: "[...theirs].filter(([key, version]) => isNewer(",
        replace: "[...theirs].filter(([key, version]) => this.entries.has(key) && isNewer(",
      },
      {
        find: "[...this.entries].filter(([key, { version }]) => isNewer(",
        replace: "[...this.entries].filter(([key, { version }]) => theirs.has(key) && isNewer(",
      },
    ],
    title: "compares only the keys that both replicas have",
    symptom: "a key that a replica has never heard of it never hears of",
    rule: CONVERGES,
  },
  {
    ...REPLICA,
    name: "repair-keeps-what-comes",
    bug: 81,
    edits: [
      {
        find: "    this.keep(entries);\n    return { entries: this.pick(asked.want) };\n",
        replace:
          "    for (const { key, ...entry } of entries) this.entries.set(key, entry);\n    this.ctx.save({ entries: Object.fromEntries(this.entries) });\n    return { entries: this.pick(asked.want) };\n",
      },
    ],
    title: "keeps what another replica hands it, though something newer came meanwhile",
    symptom: "now and then an acknowledged write is taken back",
    rule: "A replica keeps the newest version that it has heard of",
  },
  {
    ...REPLICA,
    name: "sends-entries-with-each-round",
    edits: [
      {
        find: "{ summary: { digest: this.digest } });",
        replace: "{ summary: { digest: this.digest }, entries: this.pick([...this.entries.keys()]) });",
      },
    ],
    title: "sends all that it holds in every round",
    symptom: "an idle cluster copies its data over and over",
    rule: IDLE,
  },
  {
    ...REPLICA,
    name: "compares-with-everybody",
    edits: [
      {
        find: ROUND,
        replace:
          '    if (peer !== undefined) for (const each of this.ctx.peers) this.ctx.call(each, "compare", { summary: { digest: this.digest } });\n    this.scheduleRepair();\n',
      },
    ],
    title: "compares notes with all others in every round",
    symptom: "idle traffic grows with the square of the replicas",
    rule: "One compare a round and replica",
  },
  {
    ...REPLICA,
    name: "repairs-though-off",
    edits: [
      {
        find: "    const { repairEvery = 0 } = this.ctx.options;\n    if (repairEvery > 0) ",
        replace: "    const { repairEvery = 0 } = this.ctx.options;\n    ",
      },
    ],
    title: "compares notes though it was told not to",
    symptom: "a cluster without anti-entropy is flooded by it",
    rule: "With repairEvery: 0 there is no anti-entropy",
  },
  {
    ...REPLICA,
    name: "versions-in-each-round",
    challenge: true,
    edits: [
      {
        find: "      return asked.digest === this.digest ? { entries: [] } : { entries: [], summary: this.versions() };\n",
        replace: "      return { entries: [], summary: this.versions() };\n",
      },
    ],
    title: "answers each comparison with all versions",
    symptom: "idle traffic grows with the keys",
    rule: "A round of anti-entropy does not grow with the keys",
  },
  {
    ...REPLICA,
    name: "repairs-all-for-one",
    challenge: true,
    edits: [
      {
        find: "      entries: this.pick(lacks.map(([key]) => key)),\n",
        replace: "      entries: this.pick([...this.entries.keys()]),\n",
      },
      {
        find: "    return { entries: this.pick(asked.want) };\n",
        replace: "    return { entries: this.pick([...this.entries.keys(), ...asked.want]) };\n",
      },
    ],
    title: "sends everything as soon as one key differs",
    symptom: "each write that a replica misses costs the whole of the data",
    rule: "One key that differs costs little more than a summary",
  },
];
