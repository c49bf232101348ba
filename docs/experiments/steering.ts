import { MARKS } from "../../labs/kit/raft/monitors/marks/list";
import { titleOf } from "../../labs/kit/rules";
import { judgeCluster, type Stage } from "./cluster-world";
import { mean, seedsUpTo, type Experiment } from "./experiment";
import { table } from "./table";

/** How long the faults go on, in virtual ms. */
const MS = 20_000;

const SERVERS = 5;

/** A command for each so many ms, on average. */
const GAP = 100;

/** What the rules are that a seed may exercise: snapshots are not taken here. */
const RULES = MARKS.filter(({ lab }) => lab < 4).map(({ id }) => id);

const FAULTS: readonly (readonly [string, (stage: Stage) => void])[] = [
  ["no faults", idle],
  ["uniform faults", uniform],
  ["a swarm", ({ c }) => void c.swarm({ ms: MS, proposals: 1000 / GAP })],
];

function idle(stage: Stage): void {
  for (let ms = 0; ms < MS; ms += GAP) propose(stage);
}

/** Anything may happen to anybody at any time. */
function uniform(stage: Stage): void {
  const { c, world } = stage;
  const random = world.stream("faults");
  c.network("unreliable");
  for (let ms = 0; ms < MS; ms += GAP) {
    propose(stage);
    const [victim, other] = [random.pick(c.servers), random.pick(c.servers)];
    if (random.chance(0.1)) c.crash(victim);
    if (random.chance(0.1)) c.isolate(victim);
    if (random.chance(0.1) && other !== victim) c.cutOneWay(victim, other);
    if (random.chance(0.2)) c.restart(random.pick(c.servers));
    if (random.chance(0.1)) c.heal();
  }
}

/** Each command goes to all servers: more than one may take it. */
function propose({ c }: Stage): void {
  for (const server of c.running()) c.propose(server);
  c.watch(GAP);
}

/** Faults that steer reach what uniform faults seldom reach. */
export const steering: Experiment = {
  name: "steering",
  question: "Which rules does a seed exercise, under which faults; and how often is the program accused?",
  seeds: 40,
  run: ({ subject, seeds }) => {
    const missed: string[] = [];
    const rows = FAULTS.map(([name, faults]) => {
      const runs = seedsUpTo(seeds).map((seed) => judgeCluster({ subject, seed, servers: SERVERS }, faults));
      const counts = runs.map(({ rules = [] }) => rules.filter((id) => RULES.includes(id)).length);
      const union = new Set(runs.flatMap(({ rules = [] }) => rules).filter((id) => RULES.includes(id)));
      const never = RULES.filter((id) => !union.has(id)).map(titleOf);
      if (faults !== idle && never.length > 0) missed.push(`never under ${name}:\n  ${never.join("\n  ")}`);
      const accused = runs.filter(({ verdict }) => verdict !== "accepted").length;
      return [
        name,
        mean(counts).toFixed(1),
        `${Math.min(...counts)}`,
        `${Math.max(...counts)}`,
        `${union.size} of ${RULES.length}`,
        `${accused} of ${seeds}`,
      ];
    });
    const head = ["faults", "rules a seed", "least", "most", "all seeds together", "accused"];
    return `${SERVERS} servers, ${MS / 1000} virtual s a run, ${1000 / GAP} commands a second\n\n${[table(head, rows), ...missed].join("\n\n")}`;
  },
};
