import type { KvCluster } from "./cluster";

/** What a read may cost at the server that is asked (notes 003, §2.5; thesis, §6.4). */
export interface Claim {
  readonly what: string;
  readonly trips: number;
  /** Disk writes on the server that is asked. */
  readonly writes: number;
  readonly source: string;
}

const CLAIMS: { readonly [mode in "log" | "readIndex" | "lease" | "follower"]: Claim } = {
  log: { what: "log read", trips: 1, writes: 1, source: "§8" },
  readIndex: { what: "ReadIndex read", trips: 1, writes: 0, source: "thesis, §6.4" },
  lease: { what: "lease read", trips: 0, writes: 0, source: "thesis, §6.4.1" },
  follower: { what: "follower read (ReadIndex)", trips: 2, writes: 0, source: "thesis, §6.4" },
};

/** The constant network: there and back, in ms. */
const ROUND_TRIP = 20;

/**
 * Measures what a read in a mode costs on a quiet cluster whose messages all take 10 ms, at the server that is asked (the client's own
 * hop is not counted), and demands what the mode promises. Half a round trip more is let pass.
 *
 * @param of - names the promise, where the mode has another one than usual
 */
export function price(c: KvCluster, mode: keyof typeof CLAIMS, of: Partial<Claim> = {}): void {
  const claim = { ...CLAIMS[mode], ...of };
  const leader = c.leader();
  c.client().put("cost", "1");
  c.watch(500);
  const server = mode === "follower" ? (c.followers()[0] ?? leader) : leader;
  const cost = c.cost(mode, server);
  const trips = cost.ms / ROUND_TRIP;
  const claimed = inWords(claim.trips, claim.writes);
  const measured = inWords(round(trips), cost.ownWrites);
  const inAll = `${counted(cost.calls, "call")}, ${counted(cost.writes, "write")}`;
  const met = trips <= claim.trips + 0.5 && cost.ownWrites <= claim.writes;
  c.claim(
    { what: claim.what, claimed, measured, inAll, met },
    `The price of a ${claim.what}: ${claimed} at the server that is asked (${claim.source})`,
    `measured at server ${server}: ${measured}; on all servers: ${inAll}`,
    server,
  );
}

function inWords(trips: number, writes: number): string {
  return `${trips} RTT, ${counted(writes, "write")}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
