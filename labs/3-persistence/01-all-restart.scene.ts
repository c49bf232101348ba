import { scene } from "../kit/raft";

scene("all servers crash, and the log goes on where it ended", { lab: 3, servers: 3 }, (c) => {
  for (const command of ["a", "b", "c"]) c.commit(command);
  c.crash(...c.servers);
  c.restart(...c.servers);
  const index = c.commit("d", { on: 3 });
  c.expect(
    index === 4,
    "Figure 2, persistent state on all servers: the log",
    `entries 1 to 3 were committed before the crash; “d” is entry ${index}`,
  );
});
