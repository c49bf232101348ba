import type { EditedVariant, FileEdits } from "./variant";

const LABS = [6];

const coordinator = (...edits: FileEdits["edits"]): FileEdits => ({ file: "quorum/coordinator.ts", edits });

const NEXT_NUMBER = `    this.highest += 1;
    this.ctx.save({ highest: this.highest }); // or a restart would issue the number again
    const version = { number: this.highest, writer: this.ctx.id };
`;

const SEND = `    for (const replica of this.ctx.peers) {
      if (open.entry === undefined) {
        if (!open.shown.has(replica)) this.ctx.call(replica, "fetch", { key, hint: open.id });
      } else if (open.entry !== null && !open.holders.has(replica)) {
        this.store(open, replica, open.entry);
      }
    }
    this.ctx.setTimer("resend", RESEND);
`;

const HEDGE = `    const isQuery = open.entry === undefined;
    const heard = isQuery ? new Set(open.shown.keys()) : open.holders;
    const isFirst = isQuery ? !open.queried : !open.spread;
    if (isQuery) open.queried = true;
    else open.spread = true;
    const silent = this.ctx.peers.filter((id) => !heard.has(id));
    const { W, R } = this.quorum();
    const few = silent.slice(0, Math.max(0, (isQuery ? R : W) - heard.size));
    for (const replica of isFirst ? few : silent) {
      if (open.entry === undefined) this.ctx.call(replica, "fetch", { key, hint: open.id });
      else if (open.entry !== null) this.store(open, replica, open.entry);
    }
    this.ctx.setTimer("resend", isFirst ? HEDGE : RESEND);
`;

const ENOUGH_SHOWN = `    open.shown.set(from, held);
    if (open.shown.size < this.quorum().R) return;
    if (open.request.kind === "read") this.found(open);
    else this.write(open);
`;

const PATIENT = `    open.shown.set(from, held);
    if (open.shown.size < this.quorum().R) return;
    if (open.shown.size === this.ctx.peers.length) return this.go(open);
    if (open.shown.size === this.quorum().R) this.ctx.setTimer("more", PATIENCE);
  }

  /** Enough have answered, and more were waited for. */
  private go(open: Operation): void {
    this.ctx.cancelTimer("more");
    if (open.request.kind === "read") this.found(open);
    else this.write(open);
`;

/** Coordinators that do the same in other ways. */
export const COORDINATORS: readonly EditedVariant[] = [
  {
    name: "asks-enough-first",
    title: "asks only as many replicas as it needs, and the others after 60 ms",
    labs: LABS,
    edits: [
      coordinator(
        {
          find: "const RESEND = 100;\n",
          replace:
            "const RESEND = 100;\n\n/** So long a few replicas have to answer (ms). */\nconst HEDGE = 60;\n",
        },
        {
          find: "  done: boolean;\n}",
          replace: "  queried: boolean;\n  spread: boolean;\n  done: boolean;\n}",
        },
        {
          find: "      done: false,\n",
          replace: "      queried: false,\n      spread: false,\n      done: false,\n",
        },
        { find: SEND, replace: HEDGE },
      ),
    ],
  },
  {
    name: "always-writes-back",
    title: "an atomic read writes back even if all have shown the same",
    labs: LABS,
    unchallenged: true,
    edits: [
      coordinator(
        {
          find: "    for (const [replica, held] of open.shown) if (isSame(version, held?.version)) open.holders.add(replica);\n    if (this",
          replace: "    if (this",
        },
        { find: "import { isNewer, isSame } from", replace: "import { isNewer } from" },
        { find: "    const { version } = newest;\n", replace: "" },
      ),
    ],
  },
  {
    name: "no-read-repair",
    title: "a coordinator repairs nothing; only a write-back, or the replicas themselves, do",
    labs: LABS,
    unchallenged: true,
    edits: [
      coordinator(
        {
          find: "    if (open.entry !== undefined) return this.repair(open, from, held);\n",
          replace: "    if (open.entry !== undefined) return;\n",
        },
        {
          find: "    for (const [replica, held] of open.shown) this.repair(open, replica, held);\n",
          replace: "",
        },
        {
          find: `  /** Hands a replica that has shown something older what was found, if nobody has sent it there yet. */
  private repair(open: Operation, replica: ServerId, held: Versioned | null): void {
    const { entry = null, told } = open;
    if (entry !== null && !told.has(replica) && isNewer(entry.version, held?.version)) {
      this.store(open, replica, entry);
    }
  }

`,
          replace: "",
        },
      ),
    ],
  },
  {
    name: "blocks-of-numbers",
    title: "saves only once for a hundred numbers, and leaves those that a crash has lost unused",
    labs: LABS,
    edits: [
      coordinator(
        {
          find: "    this.highest = (saved as { readonly highest: number } | undefined)?.highest ?? 0;\n",
          replace:
            "    this.highest = (saved as { readonly highest: number } | undefined)?.highest ?? 0;\n    this.reserved = this.highest;\n",
        },
        {
          find: "  private operations = 0;\n",
          replace:
            "  /** All numbers up to here are its own, on the disk. */\n  private reserved = 0;\n  private operations = 0;\n",
        },
        {
          find: NEXT_NUMBER,
          replace: `    this.highest += 1;
    if (this.highest > this.reserved) {
      this.reserved = this.highest + 99;
      this.ctx.save({ highest: this.reserved });
    }
    const version = { number: this.highest, writer: this.ctx.id };
`,
        },
      ),
    ],
  },
  {
    name: "numbers-by-key",
    title: "numbers the versions of each key by themselves",
    labs: LABS,
    edits: [
      coordinator(
        {
          find: `  /** No version of its own has a higher number. On the disk. */
  private highest: number;
`,
          replace: `  /** By key: no version of its own has a higher number. On the disk. */
  private readonly highest: Map<string, number>;
`,
        },
        {
          find: "    this.highest = (saved as { readonly highest: number } | undefined)?.highest ?? 0;\n",
          replace:
            "    this.highest = new Map(saved as readonly (readonly [string, number])[] | undefined);\n",
        },
        {
          find: "    if (held !== null) this.see(held.version);\n",
          replace: "    if (held !== null) this.see(request.key, held.version);\n",
        },
        {
          find: "if (held !== null) this.see(held.version);\n    this.highest += 1;\n    this.ctx.save({ highest: this.highest }); // or a restart would issue the number again\n    const version = { number: this.highest,",
          replace:
            "if (held !== null) this.see(request.key, held.version);\n    const number = (this.highest.get(request.key) ?? 0) + 1;\n    this.highest.set(request.key, number);\n    this.ctx.save([...this.highest]);\n    const version = { number,",
        },
        { find: "    this.see(version);\n", replace: "    this.see(request.key, version);\n" },
        {
          find: `  private see(version: Version): void {
    this.highest = Math.max(this.highest, version.number);
`,
          replace: `  private see(key: string, version: Version): void {
    this.highest.set(key, Math.max(this.highest.get(key) ?? 0, version.number));
`,
        },
      ),
    ],
  },
  {
    name: "saves-what-it-sees",
    title: "a coordinator saves every number that it hears of",
    labs: LABS,
    edits: [
      coordinator({
        find: "    this.highest = Math.max(this.highest, version.number);\n",
        replace:
          "    if (version.number <= this.highest) return;\n    this.highest = version.number;\n    this.ctx.save({ highest: this.highest });\n",
      }),
    ],
  },
  {
    name: "waits-for-more",
    title: "waits 5 ms for more answers than it needs",
    labs: LABS,
    edits: [
      coordinator(
        {
          find: "const RESEND = 100;\n",
          replace:
            "const RESEND = 100;\n\n/** So long it waits for more answers than it needs (ms). */\nconst PATIENCE = 5;\n",
        },
        { find: ENOUGH_SHOWN, replace: PATIENT },
        {
          find: `    else this.send();
  }

  // ---------------------------------------------------------------- the query`,
          replace: `    else if (name === "more") this.go(open);
    else this.send();
  }

  // ---------------------------------------------------------------- the query`,
        },
        {
          find: `    this.ctx.cancelTimer("resend");\n`,
          replace: `    this.ctx.cancelTimer("resend");\n    this.ctx.cancelTimer("more");\n`,
        },
      ),
    ],
  },
  {
    name: "never-sure",
    title: "a write that has no answer is unknown, even if it never left",
    labs: LABS,
    edits: [
      coordinator({
        find: `this.end(open.request.kind !== "read" && open.entry !== undefined ? "unknown" : "failed");`,
        replace: `this.end(open.request.kind === "read" ? "failed" : "unknown");`,
      }),
    ],
  },
  {
    name: "slow-to-resend",
    title: "sends again only after 200 ms",
    labs: LABS,
    edits: [coordinator({ find: "const RESEND = 100;", replace: "const RESEND = 200;" })],
  },
  {
    name: "quick-to-resend",
    title: "sends again after 50 ms",
    labs: LABS,
    edits: [coordinator({ find: "const RESEND = 100;", replace: "const RESEND = 50;" })],
  },
  {
    name: "stores-to-the-end",
    title:
      "hands a version on until all replicas hold it or the time is over, though it has long been acknowledged",
    labs: LABS,
    edits: [
      coordinator(
        {
          find: `    if (open === undefined || open.done) return;\n    if (name === "timeout")\n      this.end(`,
          replace: `    if (open === undefined) return;\n    if (name === "timeout")\n      return open.done ? this.ctx.cancelTimer("resend") : this.end(`,
        },
        {
          find: `"unknown" : "failed");\n    else this.send();`,
          replace: `"unknown" : "failed");\n    this.send();`,
        },
        {
          find: `    if (open === undefined || open.done) return;\n    const { key } = open.request;\n`,
          replace: `    if (open === undefined) return;\n    const { key } = open.request;\n    if (open.done && (open.request.kind === "read" || open.holders.size === this.ctx.peers.length)) return;\n`,
        },
        {
          find: `    if (this.open !== undefined) this.open.done = true;\n    this.ctx.cancelTimer("resend");\n    this.ctx.cancelTimer("timeout");\n`,
          replace: `    if (this.open !== undefined) this.open.done = true;\n    if (result === "unknown") this.ctx.cancelTimer("resend");\n`,
        },
      ),
    ],
  },
  {
    name: "saves-at-boot",
    title: "saves while it boots, before anything has happened",
    labs: LABS,
    edits: [
      coordinator({
        find: `?.highest ?? 0;\n`,
        replace: `?.highest ?? 0;\n    this.ctx.save({ highest: this.highest });\n`,
      }),
    ],
  },
];
