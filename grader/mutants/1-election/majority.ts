import type { Mutant } from "../mutant";

const RAFT = { lab: 1, file: "raft/raft.ts", section: "§5.2" } as const;

const RULE = "A leader needs the votes of more than half of the cluster, itself included";

/** Wrong ideas of a majority. */
export const MAJORITY: readonly Mutant[] = [
  {
    ...RAFT,
    name: "half-rounded-down",
    bug: 12,
    edits: [
      {
        find: "return servers.size > (this.ctx.peers.length + 1) / 2;",
        replace: "return servers.size >= Math.floor((this.ctx.peers.length + 1) / 2);",
      },
    ],
    title: "takes n/2, rounded down, for a majority",
    symptom: "one server of three, cut off from the others, leads on its own",
    rule: RULE,
  },
  {
    ...RAFT,
    name: "half-of-an-even-cluster",
    edits: [
      {
        find: "return servers.size > (this.ctx.peers.length + 1) / 2;",
        replace: "return servers.size >= (this.ctx.peers.length + 1) / 2;",
      },
    ],
    title: "takes exactly half of the cluster for a majority",
    symptom: "four servers, divided two and two, have two leaders",
    rule: RULE,
  },
  {
    ...RAFT,
    name: "everybody-must-vote",
    edits: [
      {
        find: "return servers.size > (this.ctx.peers.length + 1) / 2;",
        replace: "return servers.size > this.ctx.peers.length;",
      },
    ],
    title: "waits for the votes of all",
    symptom: "one server that is down keeps all the others from electing a leader",
    rule: "A majority suffices: the cluster survives the loss of any minority",
  },
  {
    ...RAFT,
    name: "most-votes-win",
    edits: [
      {
        find: "    if (this.isMajority(this.votes)) this.becomeLeader();\n  }\n\n  private becomeLeader",
        replace: "    if (this.votes.size >= 2) this.becomeLeader();\n  }\n\n  private becomeLeader",
      },
    ],
    title: "leads with two votes, more than anybody else may have",
    symptom: "five servers in two parts have a leader in each",
    rule: RULE,
  },
  {
    ...RAFT,
    name: "alone-never-leads",
    edits: [
      {
        find: "    if (this.isMajority(this.votes)) this.becomeLeader(); // a cluster of one\n",
        replace: "",
      },
    ],
    title: "counts votes only when a reply arrives",
    symptom: "a cluster of one server campaigns for ever",
    rule: "A cluster of one is its own majority",
  },
];
