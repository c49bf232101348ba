import { scene } from "../kit/raft";

scene("a service that lost its state is told all again", { lab: 3, servers: 3 }, (c) => {
  for (let i = 0; i < 20; i++) c.commit();
  const [follower = 0] = c.followers();
  c.crash(follower);
  c.commit();
  c.restart(follower);
  c.until(`server ${follower} applying 21 entries`, () => c.lastApplied(follower) === 21);
});
