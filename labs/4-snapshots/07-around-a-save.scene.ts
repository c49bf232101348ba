import { scene } from "../kit/raft";

// Log and snapshot change in one save: a crash on either side of it finds both, or neither.
scene("a crash before or after a snapshot is saved", { lab: 4, servers: 3 }, (c) => {
  for (const when of ["before", "after"] as const) {
    for (let i = 0; i < 10; i++) c.commit(c.fresh(), { on: 3 });
    const [server = 0] = c.followers();
    c.crashAt({ server, effect: "save", nth: 1, when });
    c.snapshot(server);
    c.commit(c.fresh(), { on: 2 });
    c.until(`the crash of server ${server}`, () => !c.isUp(server));
    c.restart(server);
    c.commit(c.fresh(), { on: 3 });
  }
  c.agree();
});
