import { kv, type KvAnswer, type KvOperation, type Operation } from "../../labs/kit/check";
import { checkLevel, checkSequential, type Level } from "../../labs/kit/check/weaker";
import type { Experiment } from "./experiment";
import { table } from "./table";

type Kv = Operation<KvOperation, Partial<KvAnswer>>;

/** Who does what, one after the other: a text is put, an answer in brackets was got. All on one key. */
const CASES: readonly (readonly [string, readonly (readonly [client: number, what: string])[]])[] = [
  ["no window", [w("new"), r("new"), r("new"), r("new")]],
  ["old, old, new, new", [w("new"), r(""), r(""), r("new"), r("new")]],
  ["old, new, old, new", [w("new"), r(""), r("new"), r(""), r("new")]],
  ["the writer reads old", [w("new"), [0, "()"], [0, "(new)"], r("new")]],
  ["old for ever", [w("new"), r(""), r(""), r(""), r("")]],
];

const LEVELS: readonly Level[] = ["linearizable", "sequential", "monotonic reads", "read your writes"];

/** What late visibility costs, promise by promise. */
export const window: Experiment = {
  name: "window",
  question: "A write becomes visible late: which promises are kept meanwhile?",
  seeds: 1,
  run: () => {
    const rows = CASES.map(([title, steps]) => {
      const history = steps.map(operation);
      const alone = history.map((one, session) => ({ ...one, session }));
      const verdicts = [...LEVELS.map((level) => checkLevel(level, history, kv)), checkSequential(alone, kv)];
      return [title, ...verdicts.map(({ verdict }) => (verdict === "no" ? "-" : verdict))];
    });
    const head = ["what is read after a write", ...LEVELS, "serialisable"];
    return `Each operation ends before the next begins\n\n${table(head, rows, [0, 1, 2, 3, 4, 5])}`;
  },
};

function w(value: string): readonly [number, string] {
  return [0, value];
}

function r(value: string): readonly [number, string] {
  return [1, `(${value})`];
}

function operation([session, what]: readonly [number, string], id: number): Kv {
  const seen = /^\((.*)\)$/.exec(what)?.[1];
  const times = { id, session, outcome: "ok", call: 2 * id, return: 2 * id + 1 } as const;
  return seen === undefined
    ? { ...times, input: { kind: "put", key: "x", value: what }, output: {} }
    : { ...times, input: { kind: "get", key: "x" }, output: { value: seen } };
}
