import type { Mutant } from "../mutant";

const COORDINATOR = { lab: 6, file: "quorum/coordinator.ts" } as const;
const ABD = { ...COORDINATOR, section: "ABD 1995" } as const;
const QUERY = { ...COORDINATOR, section: "Lynch & Shvartsman 1997" } as const;
const HANDOUT = { ...COORDINATOR, section: "handout" } as const;
const REPLICA = { lab: 6, file: "quorum/replica.ts", section: "handout" } as const;
const DIGEST = { lab: 6, file: "quorum/digest.ts", section: "handout" } as const;

const WRITE_BACK = "An atomic read shows what W replicas hold";
const ASKS_R = "A write asks R replicas which number is next";
const AGAIN = "Who has not answered is asked again, after 200 ms at the latest";
const DIGESTS = "Two replicas that differ do not have the same digest";
const ONE_VALUE = "One version has one value";
const AVAILABLE = "An operation succeeds while the replicas that it needs can be reached";

const FIELD = "  private operations = 0;\n";
const ATOMIC = '    if (this.label() === "atomic") return this.stored(open) ? undefined : this.send();\n';
const ENOUGH = "    if (open.shown.size < this.quorum().R) return;\n";
const FOUND = "    open.entry = newest;\n";
const WAIT = '    this.ctx.setTimer("resend", RESEND);\n';
const MEMORY = {
  find: FIELD,
  replace: `${FIELD}  private readonly mine = new Map<string, Versioned>();\n`,
} as const;

/** What coordinators take for granted: their own writes, what they have read before, who has answered before. */
const BY_HEART: readonly Mutant[] = [
  {
    ...ABD,
    name: "trusts-its-own-writes",
    edits: [
      MEMORY,
      {
        find: FOUND,
        replace:
          "    const own = this.mine.get(open.request.key);\n" +
          "    if (own !== undefined && isNewer(own.version, newest?.version)) {\n" +
          "      open.entry = own;\n      return this.end(own);\n    }\n" +
          FOUND,
      },
      {
        find: '    open.entry = { version, value: request.kind === "write" ? request.value : null };\n',
        replace:
          '    open.entry = { version, value: request.kind === "write" ? request.value : null };\n' +
          "    this.mine.set(request.key, open.entry);\n",
      },
    ],
    title: "shows what it has written last, though no replica that answers holds it",
    symptom: "a write that fewer than W replicas hold is seen by its writer, and by nobody after that",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "trusts-its-own-reads",
    edits: [
      MEMORY,
      {
        find: FOUND,
        replace:
          "    const seen = this.mine.get(open.request.key);\n" +
          "    if (seen !== undefined && newest !== null && isNewer(seen.version, newest.version)) {\n" +
          "      open.entry = seen;\n      return this.end(seen);\n    }\n" +
          "    if (newest !== null) this.mine.set(open.request.key, newest);\n" +
          FOUND,
      },
    ],
    title: "shows what it has found before, though it could not write that back",
    symptom: "two reads of different clients go from new to old",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "own-writes-need-no-write-back",
    edits: [
      { find: ATOMIC, replace: ATOMIC.replace('"atomic")', '"atomic" && version.writer !== this.ctx.id)') },
    ],
    title: "writes nothing back that it has written itself",
    symptom: "the writer sees its half-done write, and others do not",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "writes-back-once",
    edits: [
      { find: FIELD, replace: `${FIELD}  private readonly begun = new Set<string>();\n` },
      {
        find: ATOMIC,
        replace:
          "    const name = `${open.request.key} ${version.number} ${version.writer}`;\n" +
          "    const isFirst = !this.begun.has(name);\n    this.begun.add(name);\n" +
          ATOMIC.replace('"atomic")', '"atomic" && isFirst)'),
      },
    ],
    title: "does not write back again what it has begun to write back before",
    symptom: "a read that was repeated because it had failed shows what nobody else sees",
    rule: WRITE_BACK,
  },
  {
    ...ABD,
    name: "write-back-changes-its-mind",
    edits: [
      {
        find: "    if (open.entry !== undefined) return this.repair(open, from, held);\n",
        replace:
          '    if (open.entry && !open.done && open.request.kind === "read" && held !== null && isNewer(held.version, open.entry.version)) {\n' +
          "      open.entry = held;\n      open.holders.add(from);\n      this.stored(open);\n      return;\n    }\n" +
          "    if (open.entry !== undefined) return this.repair(open, from, held);\n",
      },
    ],
    title: "shows what a late answer has brought, and counts those who hold what it had found before",
    symptom: "two reads in a row go from new to old",
    rule: WRITE_BACK,
  },
  {
    ...HANDOUT,
    name: "gives-up-on-silent-replicas",
    edits: [
      { find: FIELD, replace: `${FIELD}  private readonly dead = new Set<ServerId>();\n` },
      {
        find: '    if (name === "timeout")\n',
        replace:
          '    if (name === "timeout")\n      for (const id of this.ctx.peers) if (!open.shown.has(id) && !open.holders.has(id)) this.dead.add(id);\n' +
          '    if (name === "timeout")\n',
      },
      {
        find: "    for (const replica of this.ctx.peers) {\n",
        replace: "    for (const replica of this.ctx.peers) {\n      if (this.dead.has(replica)) continue;\n",
      },
    ],
    title: "never asks a replica again that has not answered an operation in time",
    symptom: "after an outage that is long over nothing succeeds",
    rule: AVAILABLE,
  },
  {
    ...HANDOUT,
    name: "takes-a-number-back",
    bug: 79,
    edits: [
      {
        find: "    if (this.open !== undefined) this.open.done = true;\n",
        replace:
          "    if (this.open !== undefined) this.open.done = true;\n" +
          '    if (result === "unknown") this.highest -= 1;\n',
      },
    ],
    title: "uses the number of a write again that nobody has acknowledged in time",
    symptom: "two values have one version, and replicas never notice that they differ",
    rule: ONE_VALUE,
  },
];

/** Whom coordinators ask, how often, and whose answers they count. */
const WHO_COUNTS: readonly Mutant[] = [
  {
    ...ABD,
    name: "equal-numbers-hold-each-other",
    bug: 78,
    edits: [
      {
        find: "if (isSame(version, held?.version))",
        replace: "if (version.number === held?.version.number)",
      },
    ],
    title: "takes who holds another writer's version of the same number for a holder",
    symptom: "two reads in a row go from new to old when two writers had the same number",
    rule: WRITE_BACK,
  },
  {
    ...QUERY,
    name: "writes-ask-w-replicas",
    edits: [
      {
        find: ENOUGH,
        replace:
          '    if (open.shown.size < (open.request.kind === "read" ? this.quorum().R : this.quorum().W)) return;\n',
      },
    ],
    title: "asks W replicas which number is next",
    symptom: "where W is small, a write loses against one that was acknowledged before it",
    rule: ASKS_R,
  },
  {
    ...QUERY,
    name: "writes-ask-a-majority",
    edits: [
      {
        find: ENOUGH,
        replace:
          "    const majority = Math.floor(this.ctx.peers.length / 2) + 1;\n" +
          '    if (open.shown.size < (open.request.kind === "read" ? this.quorum().R : majority)) return;\n',
      },
    ],
    title: "asks a majority which number is next, whatever R is",
    symptom: "where W is small, a write loses against one that was acknowledged before it",
    rule: ASKS_R,
  },
  {
    ...HANDOUT,
    name: "counts-exact-acknowledgements",
    edits: [
      {
        find: "    open.holders.add(from);\n    this.stored(open);\n",
        replace:
          "    if (isSame(version, open.entry?.version)) open.holders.add(from);\n    this.stored(open);\n",
      },
    ],
    title: "does not count replicas that hold something newer already",
    symptom: "a write that was overtaken ends as unknown, though W replicas have answered",
    rule: "Who holds the version or a newer one has acknowledged it",
  },
  {
    ...HANDOUT,
    name: "asks-again-too-late",
    edits: [{ find: "const RESEND = 100;", replace: "const RESEND = 450;" }],
    title: "sends again after 450 ms",
    symptom: "one lost message takes half of the time that there is",
    rule: AGAIN,
  },
  {
    ...HANDOUT,
    name: "asks-again-later-and-later",
    edits: [
      { find: FIELD, replace: `${FIELD}  private wait = RESEND;\n` },
      { find: WAIT, replace: '    this.ctx.setTimer("resend", (this.wait += 20));\n' },
    ],
    title: "waits a little longer each time before it sends again, from one operation to the next",
    symptom: "the older a coordinator, the longer a lost message takes",
    rule: AGAIN,
  },
];

/** How operations end. */
const ENDINGS: readonly Mutant[] = [
  {
    ...HANDOUT,
    name: "acknowledgements-win-time",
    edits: [
      {
        find: "    open.holders.add(from);\n    this.stored(open);\n",
        replace:
          "    open.holders.add(from);\n" +
          '    if (!open.done) this.ctx.setTimer("timeout", this.ctx.options.timeout ?? 1000);\n' +
          "    this.stored(open);\n",
      },
    ],
    title: "begins to count the timeout anew with each acknowledgement",
    symptom: "a write takes several times as long as it may",
    rule: "A coordinator ends each operation within its timeout",
  },
  {
    ...HANDOUT,
    name: "empty-text-is-no-value",
    edits: [
      {
        find: "    this.end(newest);\n    for (const [replica, held]",
        replace:
          '    this.end({ version, value: newest.value === "" ? null : newest.value });\n    for (const [replica, held]',
      },
    ],
    title: "reads an empty text as no value at all, where reads are not atomic",
    symptom: "a key that holds an empty text looks deleted",
    rule: "Any text is a value",
  },
];

/** What replicas tell apart, and keep. */
const REPLICAS: readonly Mutant[] = [
  {
    ...DIGEST,
    name: "digest-that-cancels-out",
    edits: [
      { find: "(digest ^ stirred(hash)) >>> 0", replace: "(digest ^ (hash + 0 * stirred(hash))) >>> 0" },
    ],
    title: "takes the exclusive or of plain FNV-1a hashes",
    symptom: "once in some hundred times a replica that has missed a write to two keys never hears of it",
    rule: DIGESTS,
  },
  {
    ...DIGEST,
    name: "digest-without-keys",
    edits: [{ find: "`${number} ${writer} ${key}`", replace: "`${number} ${writer} ${typeof key}`" }],
    title: "leaves the keys out of the digest",
    symptom: "replicas that hold the same versions of different keys never agree",
    rule: DIGESTS,
  },
  {
    ...DIGEST,
    name: "digest-without-writers",
    bug: 78,
    edits: [{ find: "`${number} ${writer} ${key}`", replace: "`${number} ${typeof writer} ${key}`" }],
    title: "leaves the writers out of the digest",
    symptom: "replicas that hold versions of equal numbers never agree",
    rule: DIGESTS,
  },
  {
    ...REPLICA,
    name: "forgets-tombstones-when-agreed",
    edits: [
      {
        find: "    this.keep(entries);\n    if (summary === undefined",
        replace:
          '    if (summary === undefined && "digest" in (request.summary as Summary)) {\n' +
          "      for (const [key, { version, value }] of [...this.entries]) {\n" +
          "        if (value !== null) continue;\n" +
          "        this.digest = digestOf(this.digest, key, version);\n        this.entries.delete(key);\n      }\n    }\n" +
          "    this.keep(entries);\n    if (summary === undefined",
      },
    ],
    title: "gives up tombstones as soon as another replica holds the same",
    symptom: "a deleted key comes back with a replica that was away",
    rule: "A delete that is forgotten comes back",
  },
  {
    ...REPLICA,
    name: "cuts-long-values",
    edits: [
      {
        find: "      this.entries.set(key, { version, value });\n",
        replace: "      this.entries.set(key, { version, value: value?.slice(0, 1000) ?? null });\n",
      },
    ],
    title: "keeps the first 1,000 characters of a value",
    symptom: "long values come back shorter than they were",
    rule: "Any text is a value",
  },
];

/** What an adversary has thought of besides. */
export const ADVERSARY_BUGS: readonly Mutant[] = [...BY_HEART, ...WHO_COUNTS, ...ENDINGS, ...REPLICAS];
