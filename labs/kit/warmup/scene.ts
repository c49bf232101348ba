import type { ServerId } from "../program";
import { play, registerScene, type Needs } from "../scene";
import { deriveStream, NETWORKS, type LocalClock, type NetworkName, type World } from "../sim";
import { WarmupCluster } from "./cluster";
import { Journal } from "./monitors/journal";
import { ReplyMonitor } from "./monitors/replies";
import { SaveMonitor } from "./monitors/saves";
import { checkWarmupState } from "./state";

/** What a scene is played with. */
export interface WarmupSetup {
  readonly lab: 0;
  /** Servers 0 .. servers-1; the scene's one client is number `servers`, and nobody's peer. */
  readonly servers: number;
  readonly network?: NetworkName;
  /** Servers that the scene plays itself. */
  readonly puppets?: readonly ServerId[];
}

const NEEDS: Needs = {
  file: "warmup/warmup.ts",
  exportName: "Warmup",
  methods: ["startPings", "rtt", "ping", "pingReply", "add", "waitFor", "timer"],
};

/**
 * Declares a scene of the warm-up: a story in the verbs of {@link WarmupCluster}. All servers are booted before it
 * begins.
 *
 * ```ts
 * scene("a counter survives a crash", { lab: 0, servers: 1 }, (c) => {
 *   c.answered(c.add(0, 2), { count: 2 });
 *   c.crash(0);
 *   c.restart(0);
 *   c.answered(c.add(0, 3), { count: 5 });
 * });
 * ```
 */
export function scene(name: string, setup: WarmupSetup, body: (c: WarmupCluster) => void): void {
  const client = setup.servers;
  // The warm-up is not marked: its setup names no points.
  registerScene(name, setup, NEEDS, (subject, seed, options) => {
    const journal = new Journal();
    const world = {
      servers: setup.servers,
      clients: 1,
      puppets: [...(setup.puppets ?? []), client],
      clocks: clocksOf(setup, seed),
      checkSave: checkWarmupState,
    };
    const monitors = [new ReplyMonitor(), new SaveMonitor(), journal];
    return play({ scene: name, subject, cast: () => NEEDS, seed, options, world, monitors }, (built) => {
      begin(built, setup);
      body(new WarmupCluster(built, journal, client));
    });
  });
}

function begin(world: World, { network = "reliable" }: WarmupSetup): void {
  world.setNetwork(NETWORKS[network], network);
  for (const id of world.servers) if (!world.isPuppet(id)) world.boot(id);
}

/** No clock begins at 0, nor shows what another shows: only the difference of two looks at one clock counts. */
function clocksOf({ servers }: WarmupSetup, seed: number): LocalClock[] {
  const stream = deriveStream(seed, "clocks");
  return Array.from({ length: servers + 1 }, () => ({
    offset: Math.round(stream.between(1, 1000)),
    rate: 1,
  }));
}
