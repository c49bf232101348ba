import type { Mutant } from "../mutant";

const STORE = { lab: 5, file: "kv/store.ts", section: "handout" } as const;

const ANSWERS = "put, append, get and compare-and-set do what their names say, and count versions";

/** A state machine that does something else. */
export const STORE_BUGS: readonly Mutant[] = [
  {
    ...STORE,
    name: "version-stays",
    edits: [{ find: "this.cell(key).version + 1", replace: "Math.max(1, this.cell(key).version)" }],
    title: "counts the first change of a key only",
    symptom: "two changes claim the same version",
    rule: ANSWERS,
  },
  {
    ...STORE,
    name: "append-replaces",
    edits: [
      { find: "this.change(key, value + operation.value)", replace: "this.change(key, operation.value)" },
    ],
    title: "appends by putting",
    symptom: "what a key held before an append is gone",
    rule: ANSWERS,
  },
  {
    ...STORE,
    name: "append-in-front",
    edits: [
      {
        find: "this.change(key, value + operation.value)",
        replace: "this.change(key, operation.value + value)",
      },
    ],
    title: "puts what is appended in front",
    symptom: "a list of events reads backwards",
    rule: ANSWERS,
  },
  {
    ...STORE,
    name: "cas-always-swaps",
    edits: [
      {
        find: "        if (value !== operation.expected) return { swapped: false, version };\n",
        replace: "",
      },
    ],
    title: "swaps whatever the key holds",
    symptom: "two clients hold the same lock",
    rule: ANSWERS,
  },
  {
    ...STORE,
    name: "cas-swaps-an-empty-key",
    edits: [
      {
        find: "if (value !== operation.expected)",
        replace: "if (version > 0 && value !== operation.expected)",
      },
    ],
    title: "swaps a key that was never written, whatever was expected",
    symptom: "a compare-and-set creates a key that it should have found",
    rule: ANSWERS,
  },
  {
    ...STORE,
    name: "failed-cas-counts",
    edits: [
      {
        find: "return { swapped: false, version };",
        replace: "return { swapped: false, version: this.change(key, value).version };",
      },
    ],
    title: "counts a compare-and-set that changed nothing as a change",
    symptom: "a version of which nobody knows who made it",
    rule: ANSWERS,
  },
  {
    ...STORE,
    name: "keys-in-an-object",
    edits: [
      {
        find: "private readonly cells = new Map<string, { value: string; version: number }>();",
        replace: "private readonly cells: { [key: string]: { value: string; version: number } } = {};",
      },
      {
        find: "of keys) this.cells.set(key, { value, version });",
        replace: "of keys) this.cells[key] = { value, version };",
      },
      {
        find: "+ 1;\n    this.cells.set(key, { value, version });",
        replace: "+ 1;\n    this.cells[key] = { value, version };",
      },
      {
        find: "Array.from(this.cells, ([key, cell]) => ({ key, ...cell }))",
        replace: "Object.entries(this.cells).map(([key, cell]) => ({ key, ...cell }))",
      },
      { find: "this.cells.get(key) ?? ", replace: "this.cells[key] ?? " },
    ],
    title: "keeps the keys as the properties of an object",
    symptom: 'the key "constructor" holds something before anybody wrote it',
    rule: ANSWERS,
  },
];
