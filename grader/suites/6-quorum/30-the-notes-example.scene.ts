import { scene } from "../../../labs/kit/quorum";
import { subsets } from "./subsets";

const NEWEST = "W + R > N: any R replicas include one that has the last write (notes 000)";
const UNSEEN = "Replicas repair each other in the background, and no client sees anything of it (notes 000)";

const FIVE = {
  lab: 6,
  servers: 5,
  coordinators: 13,
  promise: "regular",
  repairEvery: 300,
} as const;

/** The notes' three of five first, then whatever else makes more than five. */
const EXAMPLES = [
  { W: 3, R: 3, points: 2 },
  { W: 4, R: 2, points: 1 },
  { W: 2, R: 4, points: 1 },
  { W: 5, R: 1, points: 1 },
  { W: 1, R: 5, points: 1 },
];

for (const { W, R, points } of EXAMPLES) {
  scene(`any ${R} of five show what ${W} of five hold`, { ...FIVE, W, R, points }, (c) => {
    const holders = c.random("holders").shuffle(c.servers).slice(0, W);
    const groups = subsets(c.servers, R);
    const writer = c.coordinator();
    for (const i of groups.keys()) writer.write(`key ${i}`, "V1");
    c.converge();
    c.isolate(...c.servers); // replicas tell each other nothing for the time being
    for (const to of c.others(...holders)) c.hold({ kind: "request", from: writer.id, method: "store", to });
    for (const i of groups.keys()) {
      writer.write(`key ${i}`, "V2");
      const fresh = c.servers.filter((id) => c.disk(id, `key ${i}`)?.value === "V2");
      c.expect(
        fresh.join() === [...holders].sort().join(),
        "A write to W replicas reaches W (notes 000)",
        `V2 is held by ${fresh.join(", ")}`,
      );
    }
    for (const [i, group] of groups.entries()) {
      const { value } = c.coordinator(...group).read(`key ${i}`);
      c.expect(value === "V2", NEWEST, `servers ${group.join(", ")} show ${value}`);
    }
    c.heal();
    c.converge();
    const late = c.coordinator();
    for (const i of groups.keys()) {
      const { value } = late.read(`key ${i}`);
      c.expect(value === "V2", UNSEEN, `once the replicas agree, “key ${i}” holds ${value}`);
    }
  });
}
