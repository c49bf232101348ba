import type { EditedVariant } from "./variant";

const LABS = [1, 2, 3, 4];
const RAFT = "raft/raft.ts";

const ALWAYS_CHECKS = [
  {
    find: "    const { checkQuorum, lease } = this.ctx.options;\n    if ((checkQuorum || lease) && this.hearsLeader())",
    replace: "    if (this.hearsLeader())",
  },
  {
    find: "if (this.ctx.options.checkQuorum || this.ctx.options.lease) this.expectQuorum();",
    replace: "this.expectQuorum();",
  },
];

/** Variants that elect in another way. */
export const ELECTIONS: readonly EditedVariant[] = [
  {
    // A follower that is alone still raises its term, and deposes the leader when it is back.
    name: "check-quorum-always",
    title: "checks its quorum, and ignores who disturbs a leader, whatever the options say",
    labs: LABS,
    edits: [{ file: RAFT, edits: ALWAYS_CHECKS }],
  },
  {
    name: "cautious-always",
    title: "asks for pre-votes and checks its quorum, whatever the options say",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          ...ALWAYS_CHECKS,
          {
            find: "return this.ctx.options.preVote ? this.askForPreVotes() : this.campaign();",
            replace: "return this.askForPreVotes();",
          },
        ],
      },
    ],
  },
  {
    // §5.2 to the letter: heartbeats and votes given restart the timer with the same timeout.
    name: "draws-at-election",
    title: "draws its timeout at the start of each election, and keeps it until the next",
    labs: LABS,
    edits: [
      {
        file: RAFT,
        edits: [
          {
            find: "  private role: Role =",
            replace:
              "  /** The election timeout until the next election (ms). */\n  private patience = 0;\n  private role: Role =",
          },
          {
            find: "    this.restartElectionTimer();\n  }\n\n  status",
            replace: "    this.drawTimeout();\n  }\n\n  status",
          },
          {
            find: "  private restartElectionTimer(): void {\n",
            replace:
              "  private restartElectionTimer(): void {\n" +
              '    this.ctx.setTimer("election", this.patience);\n' +
              "  }\n\n" +
              "  private drawTimeout(): void {\n",
          },
          {
            find: '    this.ctx.setTimer("election", min + this.ctx.random() * (max - min));\n',
            replace:
              "    this.patience = min + this.ctx.random() * (max - min);\n    this.restartElectionTimer();\n",
          },
          {
            find: "campaigns in term ${this.currentTerm}`);\n    this.restartElectionTimer();",
            replace: "campaigns in term ${this.currentTerm}`);\n    this.drawTimeout();",
          },
          {
            find: 'this.role = "preCandidate";\n    this.restartElectionTimer();',
            replace: 'this.role = "preCandidate";\n    this.drawTimeout();',
          },
        ],
      },
    ],
  },
];
