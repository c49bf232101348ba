import { scene, type Consistency, type QuorumRequest } from "../../../labs/kit/quorum";
import { Replicas } from "./stage";

// The replicas are played: exactly k of them answer.

interface Case {
  readonly N: number;
  readonly W: number;
  readonly R: number;
  readonly promise: Consistency;
}

const CASES: readonly (Case & { readonly name: string; readonly points: number })[] = [
  { name: "a majority", N: 5, W: 3, R: 3, promise: "regular", points: 2 },
  {
    name: "WARO waits for all, not for those that it reaches",
    N: 3,
    W: 3,
    R: 1,
    promise: "regular",
    points: 2,
  },
  { name: "write one, read all", N: 4, W: 1, R: 4, promise: "regular", points: 1 },
  { name: "more writes than reads", N: 5, W: 4, R: 2, promise: "atomic", points: 1 },
  { name: "W + R = N", N: 5, W: 1, R: 4, promise: "atomic", points: 1 },
];

const ENOUGH =
  "A write succeeds once W different replicas have acknowledged it, a read once R have answered; with fewer they end as “unknown” and “failed” (handout)";

for (const { name, points, N, W, R, promise } of CASES) {
  const setup = {
    lab: 6,
    servers: N,
    W,
    R,
    promise,
    puppets: Array.from({ length: N }, (_, i) => i),
    timeout: 300,
    points,
  } as const;
  scene(`how many answers: ${name}`, setup, (c) => {
    const replicas = new Replicas(c);
    const random = c.random("who");
    const coordinator = c.coordinator();
    const reads = promise === "atomic" && W + R > N ? Math.max(W, R) : R;
    coordinator.write("x", "0");
    for (const k of random.shuffle(Array.from({ length: N + 1 }, (_, i) => i))) {
      replicas.speak();
      const who = random.shuffle(c.servers).slice(0, k);
      replicas.silence("store", ...c.servers.filter((id) => !who.includes(id)));
      const request: QuorumRequest =
        k % 2 === 0 ? { kind: "write", key: "x", value: `${k}` } : { kind: "delete", key: "x" };
      const written = coordinator.ask(request);
      const expected = k >= W ? "an answer" : "unknown";
      c.expect(
        k >= W ? isAnswer(written) : written === "unknown",
        ENOUGH,
        `${k} of ${N} replicas acknowledge a ${request.kind}, W is ${W}: it ends with ${JSON.stringify(written)}, not with ${expected}`,
        coordinator.id,
      );
      replicas.only(...who);
      const read = coordinator.ask({ kind: "read", key: "x" });
      if (k >= R && k < reads) continue; // whether it must write back depends on what they show
      c.expect(
        k >= reads ? isAnswer(read) : read === "failed",
        ENOUGH,
        `${k} of ${N} replicas answer, R is ${R}: a read ends with ${JSON.stringify(read)}`,
        coordinator.id,
      );
    }
  });
}

function isAnswer(result: unknown): boolean {
  return result !== "failed" && result !== "unknown";
}
