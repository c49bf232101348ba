import { scene } from "../kit/raft";

scene("a large command travels to each follower once", { lab: 2, servers: 3 }, (c) => {
  c.commit("small");
  const { bytes } = c.used(() => {
    for (let i = 0; i < 10; i++) c.commit(`${i}`.padEnd(5000, "x"), { on: 3, retry: false });
  });
  c.budget("bytes", bytes, 200_000, "for ten commands of 5,000 characters on three servers");
});
