import { scene, type ReadMode } from "../../../labs/kit/kv";
import { Caller } from "./caller";

const CALLER = 3;

/** The constant network: there and back, in virtual ms. */
const ROUND_TRIP = 20;

/** One round may be under way already, and the next begin when it ends; the way of the client is one more. */
const TRIPS = { readIndex: 3.5, follower: 4.5 } as const;

const AT_ONCE =
  "The round that confirms a read is sent at once; nobody waits for the next heartbeat, whoever came before (handout, raft.readIndex)";

// The second comes while the first one waits.
scene(
  "a second reader does not wait for the heartbeat",
  { lab: 5, servers: 3, clients: 2, puppets: [CALLER], network: "constant", points: 2 },
  (c) => {
    const caller = new Caller(c, CALLER);
    c.client().put("x", "1");
    for (let i = 0; i < 24; i++) {
      const mode: ReadMode & keyof typeof TRIPS = i % 2 === 0 ? "readIndex" : "follower";
      const leader = c.leader();
      const server = mode === "readIndex" ? leader : (c.followers()[0] ?? leader);
      c.watch(150 + 13 * i);
      caller.sendRead(server, "x", mode);
      c.watch(1 + (i % 12));
      const second = caller.sendRead(server, "x", mode);
      const limit = TRIPS[mode] * ROUND_TRIP;
      c.watch(limit);
      const message =
        `server ${server} has not answered a get in mode ${mode} in ${TRIPS[mode]} round trips; another one had come ${1 + (i % 12)} ms before it, ` +
        `at ${second.at.toFixed(0)} ms`;
      c.expect(second.answers().length > 0, AT_ONCE, message, server);
    }
  },
);
