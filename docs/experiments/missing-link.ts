import type { Options } from "../../labs/kit/program";
import type { Subject } from "../../labs/kit/subject";
import { mean, mustKeepRules, percent, seedsUpTo, type Experiment } from "./experiment";
import { playRaft } from "./raft-world";
import { table } from "./table";

const SERVERS = 5;

/** How long the link is gone, and how much longer we look, in virtual ms. */
const [GONE, AFTER] = [20_000, 2000];

/** As in the lab: with check-quorum, nobody campaigns sooner than this after hearing its leader. */
const CHECK_QUORUM: Options = { checkQuorum: true, minElectionTimeout: 300 };

const OPTIONS: readonly (readonly [string, Options])[] = [
  ["neither", {}],
  ["pre-vote", { preVote: true }],
  ["check-quorum", CHECK_QUORUM],
  ["both", { preVote: true, ...CHECK_QUORUM }],
];

/** What one missing link did. */
interface Effects {
  /** How far the highest term of any server rose. */
  readonly terms: number;
  /** Requests for votes that timeouts caused; pre-votes are not counted. */
  readonly campaigns: number;
  /** How often the leader changed. */
  readonly changes: number;
  /** A still led its first term when the link was mended, and two seconds later. */
  readonly stays: readonly [boolean, boolean];
}

/** The asymmetric partition: A leads, A and B cannot talk, everybody else can talk to both. */
export const missingLink: Experiment = {
  name: "missing-link",
  question: "The link between the leader and one follower is gone for 20 s: what happens to the terms?",
  seeds: 100,
  run: ({ subject, seeds }) => {
    const rows = OPTIONS.map(([name, options]) => {
      const runs = seedsUpTo(seeds).map((seed) => play(subject, options, seed));
      return [
        name,
        mean(runs.map(({ terms }) => terms)).toFixed(1),
        mean(runs.map(({ campaigns }) => campaigns)).toFixed(1),
        mean(runs.map(({ changes }) => changes)).toFixed(1),
        percent(runs.filter(({ stays }) => stays[0]).length, seeds),
        percent(runs.filter(({ stays }) => stays[1]).length, seeds),
      ];
    });
    const head = ["", "new terms", "campaigns", "new leaders", "A leads on", "also 2 s later"];
    return (
      `A leads ${SERVERS} servers; its link to B is gone for ${GONE / 1000} virtual s; means over ${seeds} seeds a row\n\n` +
      table(head, rows)
    );
  },
};

function play(subject: Subject, options: Options, seed: number): Effects {
  const effects: Effects[] = [];
  const outcome = playRaft({ subject, seed, servers: SERVERS, options }, (raft) => {
    const { world } = raft;
    raft.bootAll();
    const leader = raft.leader();
    if (leader === undefined) return;
    raft.watch(500);
    const a = leader.server;
    const b = (a + 1) % SERVERS;
    const leads = (): boolean => raft.status(a).isLeader && raft.status(a).term === leader.term;
    world.cut(a, b);
    world.cut(b, a);
    const since = world.now;
    let last = leader.term;
    let changes = 0;
    while (world.now < since + GONE) {
      const next = raft.leader(last, since + GONE - world.now);
      if (next === undefined) continue;
      last = next.term;
      changes++;
    }
    const terms = raft.highestTerm() - leader.term;
    const campaigns = raft.campaigns(since).filter(({ pre }) => !pre).length;
    const before = leads();
    world.mend(a, b);
    world.mend(b, a);
    raft.watch(AFTER);
    effects.push({ terms, campaigns, changes, stays: [before, leads()] });
  });
  mustKeepRules(outcome);
  const [one] = effects;
  if (one === undefined) throw new Error(`seed ${seed}: no leader was found in the first place`);
  return one;
}
