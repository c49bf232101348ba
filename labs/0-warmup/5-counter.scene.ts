import { scene } from "../kit/warmup";

scene("a counter survives a crash", { lab: 0, servers: 1 }, (c) => {
  c.answered(c.add(0, 2), { count: 2 });
  c.answered(c.add(0, 3), { count: 5 });
  c.crash(0);
  c.restart(0);
  c.answered(c.add(0, 1), { count: 6 });
  const rule = "A server that comes back says in a note what it has found (handout, exercise 2)";
  const said = c.notes(0).some((note) => note.includes("5"));
  c.expect(said, rule, "server 0 came back with count 5 on its disk, and no note of it names the 5", 0);
});
