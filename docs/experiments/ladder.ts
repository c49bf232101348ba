import { kv, type KvAnswer, type KvOperation, type Operation } from "../../labs/kit/check";
import { EXAMPLES, ladder as climb, LEVELS, type Example, type Level } from "../../labs/kit/check/weaker";
import type { Experiment } from "./experiment";
import { table } from "./table";

/** Heads of columns are to be short. */
const SHORT: { readonly [level in Level]: string } = {
  linearizable: "lin",
  "ordered writes": "ow",
  sequential: "seq",
  "causal memory": "CM",
  "causal convergence": "CCv",
  causal: "CC",
  PRAM: "PRAM",
  coherent: "coh",
  "read your writes": "RYW",
  "monotonic reads": "MR",
  "monotonic writes": "MW",
  "writes follow reads": "WFR",
};

/** Which history keeps which promise. */
export const ladder: Experiment = {
  name: "ladder",
  question: "Twelve small histories, twelve levels of consistency: which history keeps which?",
  seeds: 1,
  run: () => {
    const rows = EXAMPLES.map(({ name, history }) => {
      const { levels } = climb(history, kv);
      return [name, ...levels.map(({ verdict }) => (verdict === "no" ? "-" : verdict))];
    });
    const all = LEVELS.map((_, i) => i);
    return table(["history", ...LEVELS.map((level) => SHORT[level])], rows, [0, ...all.map((i) => i + 1)]);
  },
};

/** What happens in these histories. */
export const histories: Experiment = {
  name: "histories",
  question: "What happens in the twelve histories of the ladder, client by client?",
  seeds: 1,
  run: () => EXAMPLES.map(lanes).join("\n\n"),
};

function lanes({ name, keeps, breaks, history }: Example): string {
  const not = breaks.length === 0 ? "" : `, not ${breaks.join(" nor ")}`;
  const clients = [...new Set(history.map(({ session }) => session))].sort((a, b) => a - b);
  const lines = clients.map((client) => {
    const cells = history.map((one) => {
      const words = tell(one);
      return one.session === client ? words : " ".repeat(words.length);
    });
    return `  client ${client}  ${cells.join("  ")}`.trimEnd();
  });
  return [`${name}: ${keeps}${not}`, ...lines].join("\n");
}

/** A put as `x := 1`, a get as `x = 1`. */
function tell({ input, output }: Operation<KvOperation, Partial<KvAnswer>>): string {
  const version = output?.version === undefined ? "" : ` (v${output.version})`;
  if (input.kind === "put") return `${input.key} := ${input.value}${version}`;
  return `${input.key} = ${output?.value === "" ? '""' : (output?.value ?? "")}${version}`;
}
