import type { Consistency, QuorumCluster, QuorumResult } from "../../labs/kit/quorum";
import type { Experiment } from "./experiment";
import { playReplicas } from "./quorum-world";
import { table } from "./table";

interface Case {
  readonly W: number;
  readonly R: number;
  readonly promise: Consistency;
}

const CASES: readonly Case[] = [
  { W: 3, R: 1, promise: "regular" },
  { W: 3, R: 1, promise: "atomic" },
  { W: 3, R: 2, promise: "atomic" },
  { W: 2, R: 2, promise: "regular" },
  { W: 2, R: 2, promise: "atomic" },
];

/** A state of the cluster in which something is asked. */
type State = (c: QuorumCluster) => void;

const oneDown: State = (c) => c.crash(2);

/** “new” has reached one replica, and its coordinator has crashed; then another replica goes down. */
const halfDone: State = (c) => {
  const writer = c.coordinator(0, 1, 2);
  for (const to of [1, 2]) c.hold({ from: writer.id, method: "store", to });
  writer.start({ kind: "write", key: "x", value: "new" });
  c.until("one replica has it", () => c.disk(0, "x")?.value === "new");
  c.crash(writer.id);
  c.crash(2);
};

function tell(result: QuorumResult): string {
  if (typeof result === "string") return result;
  return "value" in result ? (result.value ?? "nothing") : "ok";
}

/** What is answered with one replica down, by W, R and the promise. */
export const blocked: Experiment = {
  name: "blocked",
  question: "One replica of three is down: who is still answered?",
  seeds: 1,
  run: ({ subject, seeds: seed }) => {
    const ask = (setup: Case, state: State, kind: "read" | "write"): string => {
      let result = "";
      playReplicas({ ...setup, subject, seed, servers: 3, coordinators: 4 }, (c) => {
        c.coordinator().write("x", "old");
        c.watch(10);
        state(c);
        const request =
          kind === "read" ? ({ kind, key: "x" } as const) : ({ kind, key: "x", value: "2" } as const);
        result = tell(c.coordinator(0, 1).ask(request));
      });
      return result;
    };
    const rows = CASES.map((setup) => [
      `W=${setup.W} R=${setup.R}`,
      setup.promise,
      ask(setup, oneDown, "write"),
      ask(setup, oneDown, "read"),
      ask(setup, halfDone, "read"),
    ]);
    const head = ["N=3", "promise", "a write", "a read", "a read after a half-done write"];
    return (
      "One replica of three is down, and all hold “old”. Last column: before that, the coordinator of\n" +
      "a write has crashed when “new” was on one of the two that are left\n\n" +
      table(head, rows, [0, 1, 2, 3, 4])
    );
  },
};
