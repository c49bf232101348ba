import { hasAnswer, scene } from "../../../labs/kit/quorum";

const WRITES_STOP = "WARO writes to all: while one replica is away nothing can be written (notes 000)";
const READS_GO_ON = "WARO reads from any one replica, down to the last one (notes 000)";

const WARO = { lab: 6, servers: 5, W: 5, R: 1, promise: "regular", timeout: 500 } as const;

scene(
  "WARO: writes stop at the first crash, reads at the last",
  { ...WARO, coordinators: 6, points: 2 },
  (c) => {
    const writer = c.coordinator();
    writer.write("x", "all");
    const order = c.random("victims").shuffle(c.servers);
    const readers = order.map((id) => c.coordinator(id));
    for (const [down, victim] of order.slice(1).entries()) {
      c.crash(victim);
      const result = writer.ask({ kind: "write", key: "x", value: `${down + 1} down` });
      c.expect(!hasAnswer(result), WRITES_STOP, `with ${down + 1} of five down a write succeeded`);
      for (const [i, reader] of readers.entries()) {
        if (!c.isUp(order[i] ?? 0)) continue;
        c.expect(reader.read("x").value !== null, READS_GO_ON, `server ${order[i]} shows nothing`);
      }
    }
    c.restart(...c.servers);
    writer.write("x", "all again");
    for (const [i, reader] of readers.entries()) {
      const { value } = reader.read("x");
      c.expect(
        value === "all again",
        "Each replica has what was written to all",
        `server ${order[i]} shows ${value}`,
      );
    }
  },
);

scene(
  "WARO: cut off from one replica, nothing can be written",
  { ...WARO, coordinators: 2, points: 1 },
  (c) => {
    const [one, two] = [c.coordinator(), c.coordinator()];
    for (const away of c.random("away").shuffle(c.servers).slice(0, 3)) {
      one.write("x", `before ${away}`);
      c.reach(one, ...c.others(away)); // the replica is well, and answers everybody else
      const result = one.ask({ kind: "delete", key: "x" });
      c.expect(!hasAnswer(result), WRITES_STOP, `cut off from server ${away} a delete succeeded`);
      one.read("x");
      two.write("x", `nothing keeps C${two.id} from server ${away}`);
      c.reach(one);
      one.read("x");
    }
  },
);
