import { scene } from "../../../labs/kit/raft";
import { encourage } from "./script";

scene(
  "a vote that arrives three times counts once",
  { lab: 1, servers: 5, points: 3, puppets: [1, 2, 3, 4] },
  (c) => {
    const voters = [1, 2, 3, 4].map((id) => c.puppet(id));
    encourage(c, [1, 2, 3, 4]);
    const [loud = c.puppet(1), quiet = c.puppet(2)] = voters;
    const ask = loud.expectRequest("requestVote", (_, from) => from === 0);
    const { term } = ask.message.request as { term: number };
    for (let i = 0; i < 3; i++) loud.reply(ask, { term, voteGranted: true });
    c.watch(30);
    c.expect(
      c.status(0)?.isLeader !== true,
      "A candidate needs votes from a majority of the servers (§5.2)",
      `server 0 leads term ${term} with its own vote and one that came three times; three servers are a majority`,
      0,
    );
    const other = quiet
      .requests("requestVote")
      .find(({ message }) => (message.request as { term: number }).term === term);
    if (other !== undefined) quiet.reply(other, { term, voteGranted: true });
    c.until("winning with the third server's vote", () => c.status(0)?.isLeader === true, 300);
  },
);
