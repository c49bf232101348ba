import { scene } from "../kit/raft";

// Figure 8 of the paper, in outline: (a) to (d), and the end that needs no luck.
scene("an entry of an old term is not committed by counting", { lab: 3, servers: 5 }, (c) => {
  c.commit("first");
  const s1 = c.leader(); // (a) x reaches one follower
  const [s2 = s1, ...others] = c.others(s1);
  c.partition([s1, s2], others);
  const { index = 0 } = c.propose(s1, "x") ?? {};
  c.until("x being on two disks", () => c.log(s2).entries.length === index);

  c.crash(s1, s2); // (b) another leader has y in its place, alone
  const s5 = c.leader();
  c.isolate(s5);
  c.propose(s5, "y");
  c.until("y being on a disk", () => c.log(s5).entries.length === index);
  c.crash(s5);

  c.restart(s1, s2); // (c) x reaches a majority, in a later term
  const [s3 = s1, s4 = s1] = others.filter((id) => id !== s5);
  c.partition([s1, s2, s3], [s4, s5]);
  c.until("x being on three disks", () => c.log(s3).entries.length === index);
  c.uncommitted(index, 1000);

  c.crash(s1, s2); // (d) whoever has y wins, and x is gone
  c.restart(s5);
  c.heal();
  c.commit("z", { on: 3 });
  c.expect(
    c.committed(index)?.command === "y",
    "The later term is more up-to-date (§5.4.1)",
    "y is not there",
  );
  c.restart(s1, s2);
  c.agree();
});
