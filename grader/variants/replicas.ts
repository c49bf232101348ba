import type { EditedVariant, FileEdits } from "./variant";

const LABS = [6];

const coordinator = (...edits: FileEdits["edits"]): FileEdits => ({ file: "quorum/coordinator.ts", edits });
const replica = (...edits: FileEdits["edits"]): FileEdits => ({ file: "quorum/replica.ts", edits });

const STORE = `  ): QuorumProtocol["store"]["reply"] {
    this.keep([{ key, ...entry }]);
    return { version: this.entries.get(key)?.version ?? entry.version };
  }
`;

const REPAIR_TIMER = `  timer(): void {
    const peer = `;

const STORE_LATER = `    call: CallId,
  ): "later" {
    if (this.gathered.length === 0) this.ctx.setTimer("flush", FLUSH);
    this.gathered.push({ call, entry: { key, ...entry } });
    return "later";
  }

  /** One save for all that has come. */
  private flush(): void {
    const { gathered } = this;
    this.gathered = [];
    const newest = new Map<string, KeyEntry>();
    for (const { entry } of gathered) {
      if (isNewer(entry.version, newest.get(entry.key)?.version)) newest.set(entry.key, entry);
    }
    this.keep([...newest.values()]);
    for (const { call, entry } of gathered) {
      this.ctx.reply(call, { version: this.entries.get(entry.key)?.version ?? entry.version });
    }
  }
`;

const SUMMARY = `/** What a comparison begins with, and how it goes on where two replicas differ. */
type Summary = { readonly digest: number } | { readonly want: readonly string[] };

/** By key: the version alone. */
type Versions = { readonly [key: string]: Version };

`;

const COMPARE = `  /** First only a digest; if that differs, the versions; then each sends the other what it lacks. */
  compare(
    _from: ServerId,
    { summary, entries = [] }: RepairProtocol["compare"]["request"],
  ): RepairProtocol["compare"]["reply"] {
    const asked = summary as Summary;
    if ("digest" in asked) {
      return asked.digest === this.digest ? { entries: [] } : { entries: [], summary: this.versions() };
    }
    this.keep(entries);
    return { entries: this.pick(asked.want) };
  }

  compareReply(
    from: ServerId,
    { entries, summary }: RepairProtocol["compare"]["reply"],
    request: RepairProtocol["compare"]["request"],
  ): void {
    this.keep(entries);
    if (summary === undefined || !("digest" in (request.summary as Summary))) return;
    const theirs = new Map(Object.entries(summary as Versions));
    const want = [...theirs].filter(([key, version]) => isNewer(version, this.entries.get(key)?.version));
    const lacks = [...this.entries].filter(([key, { version }]) => isNewer(version, theirs.get(key)));
    if (want.length === 0 && lacks.length === 0) return;
    this.ctx.call(from, "compare", {
      summary: { want: want.map(([key]) => key) },
      entries: this.pick(lacks.map(([key]) => key)),
    });
  }

`;

const PULL = `  compare(
    _from: ServerId,
    { summary }: RepairProtocol["compare"]["request"],
  ): RepairProtocol["compare"]["reply"] {
    return { entries: summary === this.digest ? [] : this.pick([...this.entries.keys()]) };
  }

  compareReply(_from: ServerId, { entries }: RepairProtocol["compare"]["reply"]): void {
    this.keep(entries);
  }

`;

const VERSIONS = `  private versions(): Versions {
    return Object.fromEntries([...this.entries].map(([key, { version }]) => [key, version]));
  }

`;

/** Replicas that do the same in other ways. */
export const REPLICAS: readonly EditedVariant[] = [
  {
    name: "quorum-tick",
    title: "one tick of 50 ms instead of timers",
    labs: LABS,
    edits: [
      coordinator(
        {
          find: "const RESEND = 100;\n",
          replace: "const RESEND = 100;\n\n/** Between two looks at the clock (ms). */\nconst TICK = 50;\n",
        },
        {
          find: "  private operations = 0;\n",
          replace: "  private operations = 0;\n  private endsAt = 0;\n  private resendAt = 0;\n",
        },
        {
          find: "?.highest ?? 0;\n  }\n",
          replace: `?.highest ?? 0;\n    ctx.setTimer("tick", TICK);\n  }\n`,
        },
        {
          find: `    this.ctx.setTimer("timeout", this.ctx.options.timeout ?? 1000);\n`,
          replace: `    this.endsAt = this.ctx.now() + (this.ctx.options.timeout ?? 1000);\n`,
        },
        {
          find: "  timer(name: string): void {\n",
          replace: `  timer(): void {\n    this.ctx.setTimer("tick", TICK);\n`,
        },
        { find: `    if (name === "timeout")\n`, replace: `    if (this.ctx.now() >= this.endsAt)\n` },
        {
          find: `"unknown" : "failed");\n    else this.send();`,
          replace: `"unknown" : "failed");\n    else if (this.ctx.now() >= this.resendAt) this.send();`,
        },
        {
          find: `    this.ctx.setTimer("resend", RESEND);\n`,
          replace: `    this.resendAt = this.ctx.now() + RESEND;\n`,
        },
        { find: `    this.ctx.cancelTimer("resend");\n    this.ctx.cancelTimer("timeout");\n`, replace: "" },
      ),
      replica(
        {
          find: `const { repairEvery = 0 } = this.ctx.options;\n    if (repairEvery > 0) this.ctx.setTimer("repair", repairEvery * (0.5 + this.ctx.random()));`,
          replace: `if ((this.ctx.options.repairEvery ?? 0) > 0) this.ctx.setTimer("tick", 50);`,
        },
        {
          find: "  timer(): void {\n",
          replace: `  timer(): void {\n    this.scheduleRepair();\n    if (this.ctx.now() < this.nextAt) return;\n    this.nextAt = this.ctx.now() + (this.ctx.options.repairEvery ?? 0) * (0.5 + this.ctx.random());\n`,
        },
        {
          find: `{ summary: { digest: this.digest } });\n    this.scheduleRepair();\n`,
          replace: `{ summary: { digest: this.digest } });\n`,
        },
        { find: "  private digest = 0;\n", replace: "  private digest = 0;\n  private nextAt = 0;\n" },
        {
          find: "  /** Not all at the same moment: each waits between half of the interval and one and a half. */\n",
          replace: "",
        },
      ),
    ],
  },
  {
    name: "quorum-group-commit",
    title: "replicas save once for all that 5 ms bring, and answer afterwards",
    labs: LABS,
    edits: [
      replica(
        { find: "import type {\n", replace: "import type {\n  CallId,\n" },
        {
          find: "/** By key: the version alone. */\n",
          replace:
            "/** How long stores are gathered (ms). */\nconst FLUSH = 5;\n\n/** By key: the version alone. */\n",
        },
        {
          find: "  private digest = 0;\n",
          replace:
            "  private digest = 0;\n  private gathered: { readonly call: CallId; readonly entry: KeyEntry }[] = [];\n",
        },
        { find: STORE, replace: STORE_LATER },
        {
          find: REPAIR_TIMER,
          replace: `  timer(name: string): void {\n    if (name === "flush") return this.flush();\n    const peer = `,
        },
      ),
    ],
  },
  {
    name: "acknowledges-what-was-asked",
    title: "a replica that holds something newer acknowledges the version that it was asked to store",
    labs: LABS,
    edits: [
      replica({
        find: "    return { version: this.entries.get(key)?.version ?? entry.version };\n",
        replace: "    return { version: entry.version };\n",
      }),
    ],
  },
  {
    name: "saves-always",
    title: "a replica saves at every store, whether it brings news or not",
    labs: LABS,
    edits: [replica({ find: "    if (fresh.length === 0) return;\n", replace: "" })],
  },
  {
    name: "pushes-only",
    title: "a replica sends what the other one lacks, and asks for nothing",
    labs: LABS,
    edits: [
      replica(
        {
          find: "    const want = [...theirs].filter(([key, version]) => isNewer(version, this.entries.get(key)?.version));\n",
          replace: "",
        },
        {
          find: "if (want.length === 0 && lacks.length === 0) return;",
          replace: "if (lacks.length === 0) return;",
        },
        { find: "summary: { want: want.map(([key]) => key) },", replace: "summary: { want: [] }," },
      ),
    ],
  },
  {
    name: "pulls-everything",
    title: "a replica answers a digest that differs with all that it holds, and nobody pushes",
    labs: LABS,
    unchallenged: true,
    edits: [
      replica(
        { find: SUMMARY, replace: "" },
        { find: "{ summary: { digest: this.digest } }", replace: "{ summary: this.digest }" },
        { find: COMPARE, replace: PULL },
        { find: VERSIONS, replace: "" },
        { find: "  Version,\n", replace: "" },
      ),
    ],
  },
];
