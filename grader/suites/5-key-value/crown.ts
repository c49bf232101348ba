import type { Client, KvCluster } from "../../../labs/kit/kv";
import { MESSAGES_LAST } from "./script";

/**
 * Makes a server lead: a write reaches it and just enough others for a majority, and these crash; among those that are left it alone
 * can win (§5.4.1). In the end everybody is back, and follows.
 *
 * @param client - one that reaches everybody
 */
export function crown(c: KvCluster, server: number, client: Client): void {
  const others = c.others(server);
  const behind = others.slice(Math.ceil(others.length / 2));
  const majority = others.slice(0, Math.ceil(others.length / 2));
  c.isolate(...behind);
  client.append("crown", ".", 10_000); // an election may come first
  c.crash(...majority);
  c.watch(MESSAGES_LAST);
  c.rejoin(...behind);
  const leader = c.leader();
  c.expect(
    leader === server,
    "Whoever leads has all that is committed (§5.4.1, election restriction)",
    `server ${leader} leads, though only server ${server} holds all that is committed`,
    leader,
  );
  c.restart(...majority);
  c.leader();
}
