import { scene } from "../kit/kv";

scene("a minority answers nobody", { lab: 5, servers: 5, clients: 3 }, (c) => {
  const before = c.client();
  before.put("x", "1");
  const old = c.leader();
  const [friend = 0, ...rest] = c.others(old);
  c.partition([old, friend], rest);
  const [inside, outside] = [c.client(), c.client()];
  c.connect(inside, old, friend);
  c.connect(outside, ...rest);
  outside.put("x", "2");
  const read = inside.start({ kind: "get", key: "x" });
  c.watch(1000);
  c.expect(c.pending(read), "Only a majority can answer (§8)", "a get was answered in the minority");
  c.heal();
  c.connect(inside);
  c.expect(
    c.answer(read).version === 2,
    "A read sees all that was acknowledged before it was called (§8)",
    "it was answered with an old version",
  );
});
