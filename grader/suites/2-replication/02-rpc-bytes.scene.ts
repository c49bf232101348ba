import { scene } from "../../../labs/kit/raft";
import { agreeOnce, atIndex } from "./mit";

const BUDGET = 200_000;

// MIT 6.5840, TestRPCBytes: each command travels to each follower once.
scene("RPC bytes", { lab: 2, servers: 3, points: 3 }, (c) => {
  agreeOnce(c, 3, 99);
  const { bytes } = c.used(() => {
    for (let index = 2; index <= 11; index++) {
      atIndex(c, agreeOnce(c, 3, `${index}`.padEnd(5000, "x")), index);
    }
  });
  c.budget("bytes", bytes, BUDGET, "for ten commands of 5,000 characters on three servers");
});
