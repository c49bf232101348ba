import { scene } from "../kit/quorum";

scene("what is written can be read", { lab: 6, servers: 1, coordinators: 2 }, (c) => {
  const [one, two] = [c.coordinator(), c.coordinator()];
  const rule = "A read shows the last acknowledged write, or a newer one (regular; Lamport 1986)";
  const never = two.read("x");
  c.expect(
    never.version === null && never.value === null,
    rule,
    "a key that was never written holds nothing",
  );
  one.write("x", "1");
  c.expect(two.read("x").value === "1", rule, `after write("x", "1") another coordinator does not read "1"`);
  two.write("x", "2");
  c.expect(one.read("x").value === "2", rule, `after write("x", "2") the key does not hold "2"`);
  one.delete("x");
  c.expect(two.read("x").value === null, rule, `after delete("x") the key still holds something`);
});
