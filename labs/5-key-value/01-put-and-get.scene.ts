import { scene } from "../kit/kv";

scene("what is put can be got", { lab: 5, servers: 3, clients: 2 }, (c) => {
  const [one, two] = [c.client(), c.client()];
  const rule = "A get sees the last change before it (§8)";
  c.expect(one.get("x").value === "", rule, 'a key that was never written holds ""');
  one.put("x", "1");
  c.expect(two.get("x").value === "1", rule, 'after put("x", "1") another client does not read "1"');
  two.append("x", "2");
  c.expect(one.get("x").value === "12", rule, 'after append("x", "2") the key does not hold "12"');
  const missed = one.cas("x", "1", "3");
  c.expect(missed.swapped === false, rule, 'cas("x", "1" → "3") swapped, but the key held "12"');
  const hit = one.cas("x", "12", "3");
  c.expect(hit.swapped === true, rule, 'cas("x", "12" → "3") did not swap, but the key held "12"');
  c.expect(two.get("x").value === "3", rule, 'after the compare-and-set the key does not hold "3"');
});
