import type { Mutant } from "../mutant";

const COORDINATOR = { lab: 6, file: "quorum/coordinator.ts" } as const;
const ABD = { ...COORDINATOR, section: "ABD 1995" } as const;
const HANDOUT = { ...COORDINATOR, section: "handout" } as const;

const ONCE = "A version is issued once, over restarts too";
const NEWER = "A write is newer than all that R replicas have shown";
const ISSUE =
  "    this.highest += 1;\n    this.ctx.save({ highest: this.highest }); // or a restart would issue the number again\n";
const RESENT =
  "    else this.send();\n  }\n\n  // ---------------------------------------------------------------- the query\n";
const TARDY = "    if (open.entry !== undefined) return this.repair(open, from, held);\n";

/** Coordinators that issue a version twice, too low, or in vain. */
export const NUMBER_BUGS: readonly Mutant[] = [
  {
    ...ABD,
    name: "own-numbers-only",
    edits: [
      {
        find: "    this.highest = Math.max(this.highest, version.number);\n",
        replace: "    this.highest = Math.max(this.highest, 0 * version.number);\n",
      },
    ],
    title: "counts its own writes, whatever others have written",
    symptom: "a write is acknowledged, and an older one is read",
    rule: NEWER,
  },
  {
    ...ABD,
    name: "no-higher-than-seen",
    edits: [
      {
        find: ISSUE,
        replace:
          "    this.highest = Math.max(1, this.highest);\n    this.ctx.save({ highest: this.highest }); // or a restart would issue the number again\n",
      },
    ],
    title: "takes the highest number that it has seen, not the next one",
    symptom: "two writes of one coordinator have the same version",
    rule: NEWER,
  },
  {
    ...ABD,
    name: "number-of-the-clock",
    bug: 77,
    edits: [
      {
        find: ISSUE,
        replace:
          "    this.highest = Math.max(1, Math.round(this.ctx.now() * 1000));\n    this.ctx.save({ highest: this.highest });\n",
      },
    ],
    title: "takes the time for the number of a version",
    symptom: "an acknowledged write of a fast clock hides later ones",
    rule: NEWER,
  },
  {
    ...ABD,
    name: "random-writer",
    edits: [
      {
        find: "const version = { number: this.highest, writer: this.ctx.id };",
        replace: "const version = { number: this.highest, writer: this.ctx.peers.length };",
      },
    ],
    title: "issues versions in the first coordinator's name",
    symptom: "two coordinators give one version to two values",
    rule: "A coordinator issues versions in its own name",
  },
  {
    ...HANDOUT,
    name: "saves-no-number",
    edits: [{ find: ISSUE, replace: "    this.highest += 1;\n" }],
    title: "does not save the highest number that it has issued",
    symptom: "after a restart one version has two values",
    rule: ONCE,
  },
  {
    ...HANDOUT,
    name: "saves-the-number-too-late",
    edits: [
      { find: ISSUE, replace: "    this.highest += 1;\n" },
      {
        find: '    open.entry = { version, value: request.kind === "write" ? request.value : null };\n    this.send();\n',
        replace:
          '    open.entry = { version, value: request.kind === "write" ? request.value : null };\n    this.send();\n    this.ctx.save({ highest: this.highest });\n',
      },
    ],
    title: "sends a version, and then saves its number",
    symptom: "after a crash in between one version has two values",
    rule: ONCE,
  },
  {
    ...HANDOUT,
    name: "saves-the-number-at-the-end",
    edits: [
      { find: ISSUE, replace: "    this.highest += 1;\n" },
      {
        find: "    if (this.open !== undefined) this.open.done = true;\n",
        replace:
          "    if (this.open !== undefined) this.open.done = true;\n    this.ctx.save({ highest: this.highest });\n",
      },
    ],
    title: "saves its numbers when an operation ends",
    symptom: "after a crash in a write one version has two values",
    rule: ONCE,
  },
  {
    ...HANDOUT,
    name: "saves-the-number-before",
    edits: [
      {
        find: ISSUE,
        replace: "    this.ctx.save({ highest: this.highest });\n    this.highest += 1;\n",
      },
    ],
    title: "saves the number before it counts up",
    symptom: "after a restart one version has two values",
    rule: ONCE,
  },
  {
    ...HANDOUT,
    name: "forgets-its-numbers",
    edits: [
      {
        find: "this.highest = (saved as { readonly highest: number } | undefined)?.highest ?? 0;",
        replace: "this.highest = saved === undefined ? 0 : 1;",
      },
    ],
    title: "does not look at its disk when it starts",
    symptom: "after a restart one version has two values",
    rule: ONCE,
  },
  {
    ...HANDOUT,
    name: "new-number-for-a-resend",
    edits: [
      {
        find: RESENT,
        replace:
          '    else if (open.entry != null && open.request.kind !== "read") this.write(open);\n' + RESENT,
      },
    ],
    title: "gives a write another number when it sends it again",
    symptom: "one write stands there as two versions, of which the later one may hide others",
    rule: "A write has one version",
  },
  {
    ...HANDOUT,
    name: "late-answers-restart-a-write",
    edits: [
      {
        find: TARDY,
        replace: TARDY.replace("!== undefined)", '!== undefined && open.request.kind === "read")'),
      },
    ],
    title: "chooses another version when one more replica answers the query",
    symptom: "one write stands there as two versions",
    rule: "A write has one version",
  },
  {
    ...HANDOUT,
    name: "delete-writes-an-empty-text",
    edits: [
      {
        find: 'request.kind === "write" ? request.value : null',
        replace: 'request.kind === "write" ? request.value : ""',
      },
    ],
    title: "deletes by writing an empty text",
    symptom: "a deleted key holds something",
    rule: "A delete is a write of a tombstone",
  },
  {
    ...ABD,
    name: "delete-without-a-query",
    edits: [
      {
        find: 'if (request.kind !== "read" && this.label() === "eventual")',
        replace: 'if (request.kind === "delete" || (request.kind !== "read" && this.label() === "eventual"))',
      },
    ],
    title: "deletes without asking how new the key is",
    symptom: "a delete is acknowledged, and the key goes on holding what it held",
    rule: NEWER,
  },
  {
    ...HANDOUT,
    name: "eventual-writes-ask",
    edits: [
      {
        find: 'if (request.kind !== "read" && this.label() === "eventual") this.write(open);\n    else this.send();',
        replace: "this.send();",
      },
    ],
    title: "asks R replicas before every write, whatever is promised",
    symptom: "a write that needs one replica waits for four",
    rule: "Where no more than eventual is promised a write needs W replicas",
  },
];
