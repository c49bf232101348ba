import { writeNdjson } from "../check/readers";
import type { Options, ServerId } from "../program";
import { examiner } from "../raft/examiner";
import { rulesOf } from "../raft/monitors/marks/list";
import { needsOf as raftNeeds } from "../raft/scene";
import { checkRaftState } from "../raft/state";
import {
  play,
  registerScene,
  type Needs,
  type Once,
  type Outcome,
  type Part,
  type SceneSetup,
} from "../scene";
import { deriveStream, type LocalClock, type NetworkName, type ServiceTimes } from "../sim";
import { AnswerMonitor } from "./answers";
import { KvCluster } from "./cluster";
import { VisitMonitor } from "./cost";
import { KvForm } from "./form";
import { Journal } from "./journal";
import { RaftAlone, SERVICE_REQUESTS, ServiceCalls } from "./raft-alone";

/** What a scene is played with. */
export interface KvSetup extends SceneSetup {
  readonly servers: number;
  /** How many clients the scene may have; 1 unless it says otherwise. */
  readonly clients?: number;
  readonly network?: NetworkName;
  /** Servers and clients that the scene plays itself; clients are numbered from `servers` on. */
  readonly puppets?: readonly ServerId[];
  readonly options?: Options;
  /**
   * How much faster or slower than real time a server's clock may run, e.g. 0.05; each draws its own from the seed, or `rates` says
   * which. With leases it is the `maxDrift` that the servers are told, unless `options` tells them otherwise.
   */
  readonly drift?: number;
  /** By server: how fast its clock runs; 1 is real time. */
  readonly rates?: readonly number[];
  /** Raft's saved state may have so many bytes, its snapshot not counted, until the service must take a snapshot. */
  readonly maxStateBytes?: number;
  /** How many sessions the service keeps; 1,000 unless the scene is about that. Then writes may end as “unknown”. */
  readonly maxSessions?: number;
  /** How long servers and clients are busy; not at all unless throughput is measured. */
  readonly service?: ServiceTimes;
  /** Virtual ms the scene may take; 120 s unless it says otherwise. */
  readonly limit?: number;
}

const SERVICE = {
  file: "kv/server.ts",
  exportName: "KvServer",
  methods: ["openSession", "clientRequest", "clientQuery", "apply", "restore", "leadership", "readReady"],
  verbs: ["now", "random", "reply", "setTimer", "cancelTimer", "note", "savedBytes"],
  requests: SERVICE_REQUESTS,
} as const;

const CLIENT: Needs = {
  file: "kv/client.ts",
  exportName: "KvClient",
  methods: ["invoke", "openSessionReply", "clientRequestReply", "clientQueryReply", "timer"],
  verbs: ["now", "random", "call", "setTimer", "cancelTimer", "note", "done"],
};

/**
 * Declares a scene for the key/value service: a story in the verbs of {@link KvCluster}. All servers are booted before it begins;
 * clients boot when the scene asks for them. When it is over, the whole history is judged.
 *
 * ```ts
 * scene("a write is read back", { lab: 5, servers: 3 }, (c) => {
 *   const client = c.client();
 *   client.put("x", "1");
 *   c.expect(client.get("x").value === "1", "…", "…");
 * });
 * ```
 */
export function scene(name: string, setup: KvSetup, body: (c: KvCluster) => void): void {
  registerScene(name, setup, SERVICE, (subject, seed, options) => {
    return playKv(setup, { scene: name, subject, seed, options }, body);
  });
}

/** Plays a story once, watched and judged as in {@link scene}; whatever ends it is in the outcome. */
export function playKv(setup: KvSetup, once: Once, body: (c: KvCluster) => void): Outcome {
  const { eyes, monitors, coverage } = examiner({});
  const journal = new Journal();
  const visits = new VisitMonitor();
  const calls = new ServiceCalls();
  const ofRaft = monitors.map((monitor) => new RaftAlone(monitor, calls));
  const world = {
    servers: setup.servers,
    clients: setup.clients ?? 1,
    services: true,
    checkSave: checkRaftState,
    options: optionsOf(setup),
    clocks: clocksOf(setup, once.seed),
    ...(setup.puppets === undefined ? {} : { puppets: setup.puppets }),
    ...(setup.service === undefined ? {} : { service: setup.service }),
  };
  const known = new Set(rulesOf(setup.lab));
  let cluster: KvCluster | undefined;
  const run = {
    ...once,
    cast: castOf(setup),
    world,
    monitors: [calls, ...ofRaft, new KvForm(), journal, new AnswerMonitor(journal), visits],
    rules: () => coverage.exercised.filter((id) => known.has(id)),
    history: () => writeNdjson({ model: "kv", history: journal.history() }),
    measured: () => cluster?.measured ?? [],
  };
  return play(run, (built) => {
    const mayExpire = setup.maxSessions !== undefined;
    cluster = new KvCluster(built, { ...eyes, journal, visits }, setup.network, setup.limit, mayExpire);
    for (const id of built.servers) if (!built.isPuppet(id)) built.boot(id);
    body(cluster);
    if (once.options.rehearsal !== true) cluster.judge(once.options.effort);
  });
}

function castOf({ lab, servers }: KvSetup): (server: ServerId) => Part {
  const server: Part = { ...raftNeeds({ lab }), service: SERVICE };
  return (id) => (id < servers ? server : CLIENT);
}

function optionsOf({ options = {}, drift = 0, maxStateBytes, maxSessions = 1000 }: KvSetup): Options {
  const promise = options.lease === true || options.checkQuorum === true ? { minElectionTimeout: 300 } : {};
  return {
    maxSessions,
    ...promise,
    ...(options.lease === true ? { maxDrift: drift } : {}),
    ...(maxStateBytes === undefined ? {} : { maxStateBytes }),
    ...options,
  };
}

/** Servers' clocks run at rates of their own; a client's clock is right. */
function clocksOf({ servers, drift = 0, rates }: KvSetup, seed: number): LocalClock[] {
  const stream = deriveStream(seed, "clocks");
  return Array.from({ length: servers }, (_, id) => ({
    offset: drift === 0 ? 0 : Math.round(stream.between(0, 1000)),
    rate: rates?.[id] ?? (drift === 0 ? 1 : Math.round(stream.between(1 - drift, 1 + drift) * 1e6) / 1e6),
  }));
}
