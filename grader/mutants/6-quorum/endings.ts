import type { Mutant } from "../mutant";

const COORDINATOR = { lab: 6, file: "quorum/coordinator.ts" } as const;
const HANDOUT = { ...COORDINATOR, section: "handout" } as const;

const HONEST = "A write that has left may surface: its outcome is unknown";
const ENDS = "A coordinator ends each operation within its timeout, once";
const FINISHED =
  '      this.end(open.request.kind !== "read" && open.entry !== undefined ? "unknown" : "failed");\n';
const AGAIN = "Who has not answered is asked again, after 50 ms or more";

/** Coordinators that say what is not so, too late or too early, or say it too often. */
export const ENDING_BUGS: readonly Mutant[] = [
  {
    ...HANDOUT,
    name: "failed-for-unknown",
    bug: 79,
    edits: [{ find: FINISHED, replace: '      this.end("failed");\n' }],
    title: "says of a write with too few acknowledgements that it has failed",
    symptom: "a write that did not happen is read later",
    rule: HONEST,
  },
  {
    ...HANDOUT,
    name: "failed-unless-acknowledged",
    bug: 79,
    edits: [
      {
        find: FINISHED,
        replace:
          '      this.end(open.request.kind !== "read" && open.holders.size > 0 ? "unknown" : "failed");\n',
      },
    ],
    title: "says of a write that nobody has acknowledged that it has failed",
    symptom: "a write that did not happen is read later",
    rule: HONEST,
  },
  {
    ...HANDOUT,
    name: "never-gives-up",
    edits: [{ find: FINISHED, replace: "      this.send();\n" }],
    title: "has no timeout",
    symptom: "an operation without enough replicas never ends",
    rule: ENDS,
  },
  {
    ...HANDOUT,
    name: "timeout-of-its-own",
    edits: [{ find: "this.ctx.options.timeout ?? 1000", replace: "1000" }],
    title: "waits for a second, whatever the timeout",
    symptom: "an operation ends too late, or too early",
    rule: ENDS,
  },
  {
    ...HANDOUT,
    name: "timeout-for-each-phase",
    edits: [
      {
        find: '    open.entry = { version, value: request.kind === "write" ? request.value : null };\n',
        replace:
          '    open.entry = { version, value: request.kind === "write" ? request.value : null };\n    this.ctx.setTimer("timeout", this.ctx.options.timeout ?? 1000);\n',
      },
    ],
    title: "begins to count the timeout anew with the second phase",
    symptom: "a write ends after nearly twice the timeout",
    rule: ENDS,
  },
  {
    ...HANDOUT,
    name: "timeout-of-the-first",
    edits: [
      {
        find: '    this.ctx.setTimer("timeout", this.ctx.options.timeout ?? 1000);\n',
        replace:
          '    if (this.operations % 4 === 1) this.ctx.setTimer("timeout", this.ctx.options.timeout ?? 1000);\n',
      },
      { find: '    this.ctx.cancelTimer("timeout");\n', replace: "" },
    ],
    title: "lets the timer of an earlier operation run on",
    symptom: "an operation is given up just after it has begun, or never",
    rule: ENDS,
  },
  {
    ...HANDOUT,
    name: "gives-up-at-once",
    edits: [
      {
        find: `${FINISHED}    else this.send();\n`,
        replace: `${FINISHED}    else if (open.entry === undefined) this.end("failed");\n    else this.send();\n`,
      },
    ],
    title: "gives up when the first requests of the query are not answered",
    symptom: "operations fail because a message was lost",
    rule: AGAIN,
  },
  {
    ...HANDOUT,
    name: "sends-once",
    edits: [
      {
        find: '    this.ctx.setTimer("resend", RESEND);\n',
        replace: '    if (RESEND < 0) this.ctx.setTimer("resend", RESEND);\n',
      },
    ],
    title: "sends nothing again",
    symptom: "operations fail because a message was lost",
    rule: AGAIN,
  },
  {
    ...HANDOUT,
    name: "stores-once",
    edits: [
      {
        find: "      } else if (open.entry !== null && !open.holders.has(replica)) {\n",
        replace: "      } else if (open.entry !== null && !open.told.has(replica)) {\n",
      },
    ],
    title: "hands each replica an entry once",
    symptom: "writes end as unknown because a message was lost",
    rule: AGAIN,
  },
  {
    ...HANDOUT,
    name: "sends-every-five-ms",
    edits: [{ find: "const RESEND = 100;", replace: "const RESEND = 5;" }],
    title: "asks again every 5 ms",
    symptom: "replicas that are slow get slower",
    rule: AGAIN,
  },
  {
    ...HANDOUT,
    name: "asks-all-again",
    edits: [
      { find: "        if (!open.shown.has(replica)) this.ctx.call(", replace: "        this.ctx.call(" },
    ],
    title: "asks again those too that have answered",
    symptom: "messages that nobody needs",
    rule: AGAIN,
  },
  {
    ...HANDOUT,
    name: "stores-all-again",
    edits: [
      {
        find: "      } else if (open.entry !== null && !open.holders.has(replica)) {\n",
        replace:
          '      } else if (open.entry !== null && (open.request.kind !== "read" || !open.holders.has(replica))) {\n',
      },
    ],
    title: "hands an entry again to those too that hold it",
    symptom: "messages that nobody needs",
    rule: AGAIN,
  },
  {
    ...HANDOUT,
    name: "sends-with-each-answer",
    edits: [
      {
        find: "    open.holders.add(from);\n    this.stored(open);\n",
        replace: "    open.holders.add(from);\n    if (!this.stored(open)) this.send();\n",
      },
    ],
    title: "sends to all the others again with every acknowledgement",
    symptom: "replicas that are slow get slower",
    rule: AGAIN,
  },
];
