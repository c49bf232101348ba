import { seedsOf } from "../runner/seeds";
import { availabilityJobs } from "./availability";
import { costJobs } from "./costs";
import { latencyJobs } from "./latency";
import { part, type Order, type Part } from "./part";
import { partitionJobs } from "./partition";
import { plotAvailability } from "./plots/availability";
import { plotCosts } from "./plots/costs";
import { plotLatency } from "./plots/latency";
import { plotPartition } from "./plots/partition";
import { plotStaleness } from "./plots/staleness";
import { plotThroughput } from "./plots/throughput";
import { stalenessJobs } from "./staleness";
import { tellAvailability } from "./tables/availability";
import { tellCosts } from "./tables/costs";
import { tellLatency } from "./tables/latency";
import { tellPartition } from "./tables/partition";
import { tellStaleness } from "./tables/staleness";
import { tellThroughput } from "./tables/throughput";
import { throughputJobs } from "./throughput";

/** All that is compared, in the order in which it is told. */
export const PARTS: readonly Part[] = [
  part({
    name: "availability",
    question: "What is served while servers are down?",
    jobs: ({ seed, servers }) => availabilityJobs(seed, sizes(servers)),
    tell: tellAvailability,
    plots: plotAvailability,
  }),
  part({
    name: "costs",
    question: "What does one operation cost?",
    jobs: ({ seed, servers }) => costJobs(seed, sizes(servers)),
    tell: tellCosts,
    plots: plotCosts,
  }),
  part({
    name: "latency",
    question: "How long do clients wait when some messages are late?",
    jobs: (order) => latencyJobs(sampled(order, "latency"), sizes(order.servers)),
    tell: tellLatency,
    plots: plotLatency,
  }),
  part({
    name: "staleness",
    question: "How many reads miss a write that was acknowledged?",
    jobs: (order) => stalenessJobs(sampled(order, "staleness")),
    tell: tellStaleness,
    plots: plotStaleness,
  }),
  part({
    name: "throughput",
    question: "What do more servers do to the throughput?",
    jobs: ({ seed, servers }) => throughputJobs(seed, sizes(servers)),
    tell: tellThroughput,
    plots: plotThroughput,
  }),
  part({
    name: "partition",
    question: "Who is served while the servers are divided?",
    jobs: ({ seed }) => partitionJobs(seed),
    tell: tellPartition,
    plots: plotPartition,
  }),
];

/** The seeds of a part that samples. */
function sampled({ seed, seeds }: Order, name: string): number[] {
  return seedsOf(seed, 6, `compare ${name}`, seeds);
}

function sizes(servers: number | undefined): number[] | undefined {
  return servers === undefined ? undefined : [servers];
}

/** @throws an Error of ours if there is none */
export function partNamed(name: string): Part {
  const found = PARTS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`the comparison has no part ${name}`);
  return found;
}
