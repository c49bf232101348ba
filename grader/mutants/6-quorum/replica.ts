import type { Mutant } from "../mutant";

const REPLICA = { lab: 6, file: "quorum/replica.ts", section: "handout" } as const;
const VERSIONS = {
  lab: 6,
  file: "quorum/versions.ts",
  section: "ABD 1995; Lynch & Shvartsman 1997",
} as const;

const NEWEST = "A replica keeps the newest version that it has heard of";
const ORDER = "Versions are ordered by number, and equal numbers by writer";
const DURABLE = "What a replica acknowledges or shows is on its disk";
const TOMBSTONES = "A delete is a version like any other, and is kept";
const KEYS = "Any text is a key";

const FRESH =
  "    const fresh = entries.filter(({ key, version }) => isNewer(version, this.entries.get(key)?.version));\n";
const SAVE = "    this.ctx.save({ entries: Object.fromEntries(this.entries) });\n";

/** Replicas that keep the wrong version, forget, or promise what is not on the disk. */
export const REPLICA_BUGS: readonly Mutant[] = [
  {
    ...REPLICA,
    name: "last-store-wins",
    bug: 76,
    edits: [
      {
        find: FRESH,
        replace: "    const fresh = entries.filter(({ version }) => isNewer(version, undefined));\n",
      },
    ],
    title: "keeps whatever it was told to store last",
    symptom: "a late copy of an old write takes the key back",
    rule: NEWEST,
  },
  {
    ...REPLICA,
    name: "first-store-wins",
    edits: [
      {
        find: FRESH,
        replace: "    const fresh = entries.filter(({ key }) => !this.entries.has(key));\n",
      },
    ],
    title: "keeps the first version of a key",
    symptom: "a key can be written once",
    rule: NEWEST,
  },
  {
    ...VERSIONS,
    name: "equal-numbers-are-equal",
    bug: 78,
    edits: [
      {
        find: "a.number > b.number || (a.number === b.number && a.writer > b.writer)",
        replace: "a.number > b.number",
      },
    ],
    title: "does not order equal numbers by their writers",
    symptom: "after two writers have picked the same number replicas differ for ever",
    rule: ORDER,
  },
  {
    ...VERSIONS,
    name: "equal-numbers-replace",
    bug: 78,
    edits: [
      {
        find: "a.number > b.number || (a.number === b.number && a.writer > b.writer)",
        replace: "a.number >= b.number",
      },
    ],
    title: "takes an equal number for a newer one",
    symptom: "replicas keep what came last, and differ for ever",
    rule: ORDER,
  },
  {
    ...VERSIONS,
    name: "smaller-writer-is-newer",
    edits: [{ find: "a.writer > b.writer", replace: "a.writer < b.writer" }],
    title: "orders equal numbers the other way round",
    symptom: "together with others' programs replicas differ",
    rule: ORDER,
  },
  {
    ...VERSIONS,
    name: "orders-by-writer-first",
    edits: [
      {
        find: "a.number > b.number || (a.number === b.number && a.writer > b.writer)",
        replace: "a.writer > b.writer || (a.writer === b.writer && a.number > b.number)",
      },
    ],
    title: "looks at the writer first, and at the number only if that is the same",
    symptom: "writes of one coordinator are never seen",
    rule: ORDER,
  },
  {
    ...VERSIONS,
    name: "numbers-as-texts",
    edits: [
      {
        find: "a.number > b.number || (a.number === b.number && a.writer > b.writer)",
        replace: "`${a.number} ${a.writer}` > `${b.number} ${b.writer}`",
      },
    ],
    title: "compares versions as texts",
    symptom: "from the tenth write on a key stays as it is",
    rule: ORDER,
  },
  {
    ...REPLICA,
    name: "names-an-older-version",
    edits: [
      {
        find: "    return { version: this.entries.get(key)?.version ?? entry.version };\n",
        replace:
          "    const { number, writer } = entry.version;\n    return { version: { number: Math.max(1, number - 1), writer } };\n",
      },
    ],
    title: "names an older version than it holds when it acknowledges",
    symptom: "a coordinator cannot tell whether its write was kept",
    rule: "An acknowledgement names what the replica holds, which is what it was told to store or something newer",
  },
  {
    ...REPLICA,
    name: "keeps-in-memory-only",
    bug: 82,
    edits: [{ find: SAVE, replace: '    this.ctx.note("kept", fresh.length);\n' }],
    title: "never saves",
    symptom: "a replica that restarts is empty",
    rule: DURABLE,
  },
  {
    ...REPLICA,
    name: "acknowledges-before-the-disk",
    bug: 82,
    edits: [
      { find: SAVE, replace: '    this.ctx.setTimer("save", 5);\n' },
      {
        find: "  timer(): void {\n",
        replace:
          '  timer(name?: string): void {\n    if (name === "save") return this.ctx.save({ entries: Object.fromEntries(this.entries) });\n',
      },
    ],
    title: "saves a little later, and acknowledges at once",
    symptom: "a write that was acknowledged is lost in a crash",
    rule: DURABLE,
  },
  {
    ...REPLICA,
    name: "forgets-values-on-restart",
    bug: 82,
    edits: [
      {
        find: "this.entries = new Map(Object.entries(saved?.entries ?? {}));",
        replace:
          "this.entries = new Map(Object.entries(saved?.entries ?? {}).map(([key, { version }]) => [key, { version, value: null }]));",
      },
    ],
    title: "comes back with the versions, without the values",
    symptom: "after a restart keys look deleted",
    rule: DURABLE,
  },
  {
    ...REPLICA,
    name: "forgets-versions-on-restart",
    bug: 82,
    edits: [
      {
        find: "this.entries = new Map(Object.entries(saved?.entries ?? {}));",
        replace:
          "this.entries = new Map(Object.entries(saved?.entries ?? {}).map(([key, held]) => [key, { ...held, version: { ...held.version, number: 1 } }]));",
      },
    ],
    title: "comes back with the values, and counts their versions from 1",
    symptom: "after a restart an old write takes the key back",
    rule: DURABLE,
  },
  {
    ...REPLICA,
    name: "forgets-tombstones-on-restart",
    edits: [
      {
        find: "this.entries = new Map(Object.entries(saved?.entries ?? {}));",
        replace:
          "this.entries = new Map(Object.entries(saved?.entries ?? {}).filter(([, { value }]) => value !== null));",
      },
    ],
    title: "drops deleted keys when it restarts",
    symptom: "what was deleted comes back",
    rule: TOMBSTONES,
  },
  {
    ...REPLICA,
    name: "starts-empty",
    bug: 82,
    edits: [
      {
        find: "this.entries = new Map(Object.entries(saved?.entries ?? {}));",
        replace: "this.entries = new Map(Object.entries(saved === undefined ? {} : {}));",
      },
    ],
    title: "does not look at its disk when it starts",
    symptom: "a replica that restarts is empty, and its next save empties its disk",
    rule: DURABLE,
  },
  {
    ...REPLICA,
    name: "delete-removes",
    edits: [
      {
        find: "      this.entries.set(key, { version, value });\n",
        replace:
          "      if (value === null) this.entries.delete(key);\n      else this.entries.set(key, { version, value });\n",
      },
    ],
    title: "removes the entry when it is deleted",
    symptom: "a late copy of an old write brings a deleted key back",
    rule: TOMBSTONES,
  },
  {
    ...REPLICA,
    name: "hides-tombstones",
    edits: [
      {
        find: "    return { held: this.entries.get(key) ?? null };\n",
        replace:
          "    const held = this.entries.get(key) ?? null;\n    return { held: held?.value == null ? null : held };\n",
      },
    ],
    title: "shows a deleted key as one of which it has never heard",
    symptom: "a read of a deleted key shows what other replicas have missed to delete",
    rule: TOMBSTONES,
  },
  {
    ...REPLICA,
    name: "empty-text-is-nothing",
    edits: [
      {
        find: "    return { held: this.entries.get(key) ?? null };\n",
        replace:
          '    const held = this.entries.get(key) ?? null;\n    return { held: held?.value === "" ? null : held };\n',
      },
    ],
    title: "takes an empty value for none",
    symptom: "a key that holds the empty text looks as if it was never written",
    rule: "An empty text is a value",
  },
  {
    ...REPLICA,
    name: "replica-keys-in-an-object",
    edits: [
      {
        find: "    return { held: this.entries.get(key) ?? null };\n",
        replace:
          "    const all: { readonly [key: string]: Versioned } = Object.fromEntries(this.entries);\n    return { held: all[key] ?? null };\n",
      },
    ],
    title: "looks a key up among the properties of an object",
    symptom: 'a read of "constructor" ends in an error',
    rule: KEYS,
  },
  {
    ...REPLICA,
    name: "trims-keys",
    edits: [
      {
        find: "    this.keep([{ key, ...entry }]);\n    return { version: this.entries.get(key)?.version ?? entry.version };\n",
        replace:
          "    this.keep([{ ...entry, key: key.trim() }]);\n    return { version: this.entries.get(key.trim())?.version ?? entry.version };\n",
      },
    ],
    title: "trims keys before it stores them",
    symptom: "two keys share one value",
    rule: KEYS,
  },
  {
    ...REPLICA,
    name: "keeps-a-hundred-keys",
    edits: [
      {
        find: SAVE,
        replace:
          "    const [oldest] = this.entries.keys();\n    if (this.entries.size > 100 && oldest !== undefined) this.entries.delete(oldest);\n" +
          SAVE,
      },
    ],
    title: "gives up the oldest of more than a hundred keys",
    symptom: "keys that were acknowledged vanish",
    rule: NEWEST,
  },
  {
    ...REPLICA,
    name: "saves-one-entry",
    edits: [
      {
        find: SAVE,
        replace:
          "    this.ctx.save({ entries: Object.fromEntries(fresh.map(({ key, version, value }) => [key, { version, value }])) });\n",
      },
    ],
    title: "saves what has changed, as if the disk would add it to the rest",
    symptom: "after a restart all other keys are gone",
    rule: "A save replaces the whole state",
  },
  {
    ...REPLICA,
    name: "silent-about-old-stores",
    edits: [
      {
        find: "    this.keep([{ key, ...entry }]);\n    return {",
        replace:
          '    if (!isNewer(entry.version, this.entries.get(key)?.version)) return "later" as never;\n    this.keep([{ key, ...entry }]);\n    return {',
      },
    ],
    title: "does not answer a store of what it holds already",
    symptom: "a coordinator whose acknowledgement was lost never hears that its write was kept",
    rule: "A replica answers every request",
  },
  {
    ...REPLICA,
    name: "shows-what-it-just-heard",
    edits: [
      {
        find: "    this.keep([{ key, ...entry }]);\n    return {",
        replace:
          "    if (entry.version.number % 3 !== 0) this.keep([{ key, ...entry }]);\n    else if (isNewer(entry.version, this.entries.get(key)?.version)) this.entries.set(key, entry);\n    return {",
      },
    ],
    title: "saves some of what it keeps, and shows all of it",
    symptom: "a read shows what a crash takes back",
    rule: DURABLE,
  },
];
