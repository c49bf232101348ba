import { scene } from "../kit/raft";

scene("crashes just before and just after a save", { lab: 3, servers: 3 }, (c) => {
  c.commit("first");
  for (const when of ["before", "after"] as const) {
    for (const whose of ["leader", "follower"] as const) {
      const leader = c.leader();
      const [follower = leader] = c.others(leader);
      const server = whose === "leader" ? leader : follower;
      c.crashAt({ server, effect: "save", nth: 1, when });
      c.propose(leader, `${whose}, ${when}`);
      c.until(`the crash of server ${server}`, () => !c.isUp(server));
      c.commit();
      c.restart(server);
      c.commit(c.fresh(), { on: 3 });
    }
  }
  c.agree();
});
