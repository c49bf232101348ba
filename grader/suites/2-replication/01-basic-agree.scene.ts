import { scene } from "../../../labs/kit/raft";
import { agreeOnce, atIndex } from "./mit";

// MIT 6.5840, TestBasicAgree.
scene("basic agree", { lab: 2, servers: 3, points: 3 }, (c) => {
  for (const index of [1, 2, 3]) {
    c.uncommitted(index);
    atIndex(c, agreeOnce(c, 3, index * 100), index);
  }
});
