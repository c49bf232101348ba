/** An edit of the reference of Lab 0: what is replaced, which must occur exactly once, and by what. */
export type Edit = readonly [string, string];

/** A wrong change, and the scene that must be the first to catch it. */
export interface Slip {
  readonly slip: string;
  readonly edits: readonly Edit[];
  /** The number in the name of the scene's file. */
  readonly caughtBy: number;
  /** What the student reads then. */
  readonly says: RegExp;
}

/** Another correct shape of the same program, which no scene may accuse. */
export interface Shape {
  readonly shape: string;
  readonly edits: readonly Edit[];
}

/** What beginners do. The warm-up gives no marks, so these stand apart from the mutants of the other labs. */
export const SLIPS: readonly Slip[] = [
  {
    slip: "a pong names the sender of the ping",
    edits: [
      ["ping(_from: ServerId", "ping(from: ServerId"],
      ["server: this.ctx.id", "server: from"],
    ],
    caughtBy: 1,
    says: /its number and the server's own/,
  },
  {
    slip: "only one peer is pinged",
    edits: [["for (const peer of this.ctx.peers) this", "for (const peer of [this.ctx.peers[0] ?? 0]) this"]],
    caughtBy: 2,
    says: /no answer of server/,
  },
  {
    slip: "a lost ping is not sent again",
    edits: [['    if (name === "retry") this.sendPings();', ""]],
    caughtBy: 2,
    says: /sent again until it is answered/,
  },
  {
    slip: "all peers are pinged until the last one has answered",
    edits: [["for (const peer of this.unanswered) this", "for (const peer of this.ctx.peers) this"]],
    caughtBy: 2,
    says: /not pinged again/,
  },
  {
    slip: "the timer is not cancelled",
    edits: [['if (this.unanswered.size === 0) this.ctx.cancelTimer("retry");', ""]],
    caughtBy: 2,
    says: /cancel the timer/,
  },
  {
    slip: "pings are sent again every 300 ms",
    edits: [["min + this.ctx.random() * (max - min)", "(min + max) / 2"]],
    caughtBy: 3,
    says: /again after 300 to 300 ms/,
  },
  {
    slip: "pings are sent again every few ms",
    edits: [["{ min: 200, max: 400 }", "{ min: 5, max: 10 }"]],
    caughtBy: 3,
    says: /again after [5-9]\.\d+ ms/,
  },
  {
    slip: "the waits come from a formula of its own",
    edits: [["min + this.ctx.random() * (max - min)", "min + ((n * 79) % 97) * (max - min) / 97"]],
    caughtBy: 3,
    says: /waited equally long/,
  },
  {
    slip: "a round trip is measured from the last ping",
    edits: [["this.sentAt[request.n]", "this.sentAt.at(-1)"]],
    caughtBy: 4,
    says: /when it is there/,
  },
  {
    slip: "a second answer counts again",
    edits: [["if (!this.unanswered.delete(from)) return;", "this.unanswered.delete(from);"]],
    caughtBy: 4,
    says: /after a second answer/,
  },
  {
    slip: "nothing is saved",
    edits: [["    this.ctx.save({ count: this.count }); // before any answer leaves\n", ""]],
    caughtBy: 5,
    says: /its disk says 0/,
  },
  {
    slip: "what was saved is not looked at",
    edits: [["this.count = saved.count;", ""]],
    caughtBy: 5,
    says: /never goes back/,
  },
  {
    slip: "no note says that the server is back",
    edits: [['    this.ctx.note("is back", { count: this.count });\n', ""]],
    caughtBy: 5,
    says: /no note/,
  },
  {
    slip: "the count is saved after the answer",
    edits: [
      [
        "add(_from: ServerId, request: AddRequest): CountReply {",
        'add(_from: ServerId, request: AddRequest, call: CallId): "later" {',
      ],
      ["    this.ctx.save({ count: this.count }); // before any answer leaves\n", ""],
      [
        "    this.answerWaiting();\n    return { count: this.count };",
        "    this.ctx.reply(call, { count: this.count });\n" +
          "    this.ctx.save({ count: this.count });\n" +
          "    this.answerWaiting();\n" +
          '    return "later";',
      ],
    ],
    caughtBy: 5,
    says: /Save before you answer/,
  },
  {
    slip: "an addition is saved bit by bit",
    edits: [
      [
        "    this.count += request.amount;\n    this.ctx.save({ count: this.count });",
        "    for (let i = 0; i < request.amount; i++) this.ctx.save({ count: ++this.count });",
      ],
    ],
    caughtBy: 6,
    says: /expected count=/,
  },
  {
    slip: "a caller is never answered at once",
    edits: [["if (this.count >= request.atLeast) return", "if (this.count < 0) return"]],
    caughtBy: 7,
    says: /has no answer/,
  },
  {
    slip: "every caller is answered by the next addition",
    edits: [
      ["if (this.count >= atLeast) this", "if (this.count >= 0 || atLeast) this"],
      ["this.count < atLeast)", "this.count < 0 && atLeast)"],
    ],
    caughtBy: 7,
    says: /but that caller waits for/,
  },
  {
    slip: "only one caller is answered",
    edits: [
      [".reply(call, { count: this.count });", ".reply(call, { count: this.count }), (this.waiting = []);"],
    ],
    caughtBy: 7,
    says: /has no answer/,
  },
  {
    slip: "a call is answered twice",
    edits: [["this.waiting = this.waiting.filter(({ atLeast }) => this.count < atLeast);", ""]],
    caughtBy: 7,
    says: /is not open/,
  },
  {
    slip: "who waits is saved, though the calls died with the server",
    edits: [
      [
        "this.count = saved.count;",
        "this.count = saved.count;\n" +
          "    this.waiting = [...((saved as { waiting?: Waiting[] }).waiting ?? [])];",
      ],
      [
        '    return "later";',
        "    this.ctx.save({ count: this.count, waiting: this.waiting } as WarmupState);\n" +
          '    return "later";',
      ],
      [
        "this.ctx.save({ count: this.count }); //",
        "this.ctx.save({ count: this.count, waiting: this.waiting } as WarmupState); //",
      ],
    ],
    caughtBy: 8,
    says: /but that caller waits for 9/,
  },
];

/** What others do, and may. */
export const SHAPES: readonly Shape[] = [
  {
    shape: "the number of a ping is the time when it left",
    edits: [
      ["const n = this.sentAt.length;", "const n = this.ctx.now();"],
      ["this.sentAt[request.n]", "request.n"],
    ],
  },
  {
    shape: "a timer for each peer",
    edits: [
      [
        "    this.sendPings();\n  }\n\n  private sendPings(): void {",
        "    for (const peer of this.ctx.peers) this.sendPing(peer);\n" +
          "  }\n\n" +
          "  private sendPing(peer: ServerId): void {",
      ],
      ["for (const peer of this.unanswered) this.ctx.call", "this.ctx.call"],
      ['this.ctx.setTimer("retry", min', "this.ctx.setTimer(`retry ${peer}`, min"],
      ['if (name === "retry") this.sendPings();', 'this.sendPing(Number(name.split(" ")[1]));'],
      [
        'if (this.unanswered.size === 0) this.ctx.cancelTimer("retry");',
        "this.ctx.cancelTimer(`retry ${from}`);",
      ],
    ],
  },
  {
    shape: "the additions of one instant are saved and answered together",
    edits: [
      [
        "  private count = 0;",
        "  private count = 0;\n  private added: { call: CallId; count: number }[] = [];",
      ],
      [
        "add(_from: ServerId, request: AddRequest): CountReply {",
        'add(_from: ServerId, request: AddRequest, call: CallId): "later" {',
      ],
      ["    this.ctx.save({ count: this.count }); // before any answer leaves\n", ""],
      [
        "    this.answerWaiting();\n    return { count: this.count };",
        "    this.added.push({ call, count: this.count });\n" +
          '    this.ctx.setTimer("flush", 0);\n' +
          '    return "later";',
      ],
      [
        'if (name === "retry") this.sendPings();',
        'if (name === "retry") return this.sendPings();\n' +
          "    this.ctx.save({ count: this.count });\n" +
          "    for (const { call, count } of this.added) this.ctx.reply(call, { count });\n" +
          "    this.added = [];\n" +
          "    this.answerWaiting();",
      ],
      [
        "if (this.count >= request.atLeast) return",
        "if (this.added.length === 0 && this.count >= request.atLeast) return",
      ],
    ],
  },
];
