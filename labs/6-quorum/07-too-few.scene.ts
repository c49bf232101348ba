import { scene } from "../kit/quorum";

const RULE =
  "What is not sure is not claimed: a read without R answers has failed, a write that left is unknown";

scene("who reaches too few says what is true", { lab: 6, servers: 5, coordinators: 2 }, (c) => {
  const [one, two] = c.coordinators(2);
  if (one === undefined || two === undefined) return;
  one.write("x", "1");

  c.reach(one, 0, 1);
  const read = one.ask({ kind: "read", key: "x" });
  c.expect(read === "failed", RULE, `two of five answer, and a read ends with ${JSON.stringify(read)}`);

  c.reach(one);
  for (const to of [1, 2, 3, 4]) c.hold({ from: one.id, method: "store", to });
  const write = one.ask({ kind: "write", key: "x", value: "2" });
  c.expect(write === "unknown", RULE, `one of five has it, and a write ends with ${JSON.stringify(write)}`);

  const next = one.start({ kind: "write", key: "x", value: "3" });
  c.release(); // the acknowledgements of the write before are late, and no news
  c.answered(next);
  c.expect(two.read("x").value === "3", "The last write wins", `the key does not hold "3"`);
});
