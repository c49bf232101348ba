import { scene } from "../kit/kv";

scene("clients find a new leader", { lab: 5, servers: 3, clients: 2 }, (c) => {
  const [one, two] = [c.client(), c.client()];
  one.put("x", "1");
  c.crash(c.leader());
  one.append("x", "2");
  two.append("x", "3");
  c.expect(
    two.get("x").value === "123",
    "What was acknowledged survives its leader (§5.4)",
    "a change is missing",
  );
});
