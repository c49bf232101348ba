import type { Experiment } from "./experiment";
import { playReplicas } from "./quorum-world";
import { table } from "./table";

/** The notes': N=5, W=3, R=3. */
const SETUP = { servers: 5, W: 3, R: 3, coordinators: 13, promise: "regular" } as const;

/** Ms between two rounds of a replica's anti-entropy. */
const ROUND = 100;

const TRIPLES = [0, 1, 2, 3, 4].flatMap((a) =>
  [1, 2, 3, 4].flatMap((b) => [2, 3, 4].filter((d) => a < b && b < d).map((d) => [a, b, d] as const)),
);

/** The example of the notes, step by step. */
export const notesExample: Experiment = {
  name: "notes-example",
  question: "V2 V2 V2 V1 V1: what do three of five show, and who repairs the others?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const lines: string[] = [];
    const shown: string[][] = [];
    for (const triple of TRIPLES) {
      playReplicas({ ...SETUP, subject, seed }, (c) => {
        c.coordinator().write("x", "V1");
        c.watch(10);
        c.coordinator(0, 1, 2).write("x", "V2");
        const before = c.values("x").join(" ");
        const { value } = c.coordinator(...triple).read("x");
        c.watch(10);
        shown.push([triple.join(" "), before, value ?? "nothing", c.values("x").join(" ")]);
      });
    }
    playReplicas({ ...SETUP, subject, seed, repairEvery: ROUND }, (c) => {
      c.coordinator().write("x", "V1");
      c.watch(10);
      c.isolate(...c.servers);
      c.coordinator(0, 1, 2).write("x", "V2");
      const start = c.now;
      c.heal();
      lines.push(`at first: ${c.values("x").join(" ")}`);
      let last = "";
      c.until("all hold V2", () => {
        const now = c.values("x").join(" ");
        if (now !== last && last !== "") lines.push(`after ${(c.now - start).toFixed(0)} ms: ${now}`);
        last = now;
        return c.values("x").every((value) => value === "V2");
      });
    });
    return [
      "N=5 W=3 R=3. V1 is on all, V2 on three. A client that reaches three others reads\n",
      table(["it reaches", "the disks hold", "it reads", "and afterwards"], shown, [0, 1, 2, 3]),
      `\nThe same without any reader; replicas compare notes every ${ROUND} ms\n`,
      ...lines,
    ].join("\n");
  },
};
