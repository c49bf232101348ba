import { scene } from "../kit/quorum";

/** The study notes' example: N=5, W=3, R=3. */
const SETUP = {
  lab: 6,
  servers: 5,
  W: 3,
  R: 3,
  coordinators: 12,
  promise: "regular",
  repairEvery: 500,
} as const;

scene("V2 V2 V2 V1 V1: any three of five show V2", SETUP, (c) => {
  c.coordinator().write("x", "V1");
  c.converge();
  c.partition([0, 1, 2], [3], [4]);
  c.coordinator(0, 1, 2).write("x", "V2");
  const seen = c.values("x").join(" ");
  c.expect(
    seen === "V2 V2 V2 V1 V1",
    "A write to three of five reaches three (notes 000)",
    `the disks hold ${seen}`,
  );
  const triples = [0, 1, 2, 3, 4].flatMap((a) =>
    [1, 2, 3, 4].flatMap((b) => [2, 3, 4].map((d) => [a, b, d])),
  );
  for (const triple of triples.filter(([a = 0, b = 0, d = 0]) => a < b && b < d)) {
    const { value } = c.coordinator(...triple).read("x");
    c.expect(
      value === "V2",
      "W + R > N: any R replicas include one that has the last write",
      `${triple.join(", ")} show ${value}`,
    );
    if (c.values("x").join(" ") !== seen) break; // repaired on the way, which is as good
  }
  c.heal();
  c.converge(); // unseen by any client
});
