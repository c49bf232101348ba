import fc from "fast-check";
import type { Conjecture } from "./claim";
import type { Step } from "./script";

/** What one try plays. */
export interface Trial {
  /** Of the simulated world: it draws the delays of all messages. */
  readonly seed: number;
  readonly script: readonly Step[];
}

/** Ms to the next step: enough for an operation on a good network, or less. */
const LEAVE = [10, 0, 1, 2, 3, 5] as const;

const KEYS = ["x", "y", "z"] as const;

/**
 * All that a conjecture allows to happen. What fast-check tries first when it makes a trial smaller is to leave steps out; then that
 * operations reach all, and that they are waited for.
 */
export function trialsOf(conjecture: Conjecture): fc.Arbitrary<Trial> {
  const { N, coordinators, keys, steps, faults } = conjecture;
  const has = (fault: Conjecture["faults"][number]): boolean => faults.includes(fault);
  const by = fc.integer({ min: N, max: N + coordinators - 1 });
  const server = fc.integer({ min: 0, max: N - 1 });
  const when = (
    fault: boolean,
    weight: number,
    arbitrary: fc.Arbitrary<Step>,
  ): fc.WeightedArbitrary<Step>[] => (fault ? [{ weight, arbitrary }] : []);
  const crashes = (who: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
    fc.record({ do: fc.constantFrom("crash", "restart"), server: who });
  const step = fc.oneof(
    { weight: 12, arbitrary: operations(conjecture, by, fc.constantFrom(...KEYS.slice(0, keys))) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("finish"), by }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("wait"), ms: fc.constantFrom(10, 100, 1000) }) },
    ...when(has("replica crashes"), 3, crashes(server)),
    ...when(has("coordinator crashes"), 2, crashes(by)),
    ...when(
      has("partitions"),
      2,
      fc.oneof(
        fc.record({ do: fc.constant("part"), servers: subsets(N, [1]) }),
        fc.constant<Step>({ do: "heal" }),
      ),
    ),
  );
  return fc.record({
    seed: fc.nat(0xffff),
    script: fc.array(step, { minLength: 1, maxLength: steps, size: "max" }),
  });
}

function operations(
  { N, W, R, faults }: Conjecture,
  by: fc.Arbitrary<number>,
  key: fc.Arbitrary<(typeof KEYS)[number]>,
): fc.Arbitrary<Step> {
  const common = {
    do: fc.constantFrom("read", "write"),
    by,
    key,
  };
  const leave = fc.option(fc.constantFrom(...LEAVE), { nil: undefined, freq: 2 });
  if (!faults.includes("delays")) return fc.record({ ...common, leave });
  const nil = fc.constant(undefined);
  const reach = fc.oneof(nil, subsets(N, [...new Set([W, R])]));
  const then = fc.oneof({ weight: 2, arbitrary: nil }, subsets(N, [1]), fc.constant<number[]>([]));
  return fc.record({ ...common, reach, then, leave });
}

/** Some replicas: of these sizes more often than of others. */
function subsets(N: number, sizes: readonly number[]): fc.Arbitrary<number[]> {
  const all = Array.from({ length: N }, (_, i) => i);
  return fc.oneof(
    ...sizes.map((size) => fc.subarray(all, { minLength: size, maxLength: size })),
    fc.subarray(all, { minLength: 1 }),
  );
}
