import {
  kv,
  scene,
  tellRequest,
  type KvAnswer,
  type KvCluster,
  type KvOperation,
} from "../../../labs/kit/kv";

const MODEL =
  "put sets, append adds at the end, cas sets if the key holds exactly what is expected; a version counts the changes of its key, and a key " +
  'that was never written holds "", version 0 (contract)';

/** Keys that an object would have by itself, and some that are hard to spell. */
const KEYS = ["x", "", "__proto__", "constructor", "toString", "ключ 键", "a b", "0"];

/** What one client sees if it is alone: every answer is known beforehand. */
class Alone {
  private readonly cells = new Map<string, (typeof kv)["initial"]>();

  constructor(
    private readonly c: KvCluster,
    private readonly client = c.client(),
  ) {}

  does(operation: KvOperation): void {
    const before = this.cells.get(operation.key) ?? kv.initial;
    const { state, output } = kv.apply(before, operation);
    this.cells.set(operation.key, state);
    const seen: KvAnswer = this.client.ask(operation);
    this.c.expect(
      kv.agrees?.(output, seen) === true,
      MODEL,
      `${tellRequest(operation)} is answered ${kv.tellOutput(seen, operation).slice(0, 200)}; ` +
        `the only client there is expects ${kv.tellOutput(output, operation).slice(0, 200)}`,
    );
  }

  holds(key: string): string {
    return (this.cells.get(key) ?? kv.initial).value;
  }
}

/** An operation on one of the keys; compare-and-sets fit as often as not. */
function anyOperation(alone: Alone, random: ReturnType<KvCluster["random"]>): KvOperation {
  const key = random.pick(KEYS);
  const value = random.pick(["", "a", "b", "ab", alone.holds(key)]);
  switch (random.int(5)) {
    case 0:
      return { kind: "put", key, value };
    case 1:
      return { kind: "append", key, value };
    case 2:
      return { kind: "cas", key, expected: alone.holds(key), value };
    case 3:
      return { kind: "cas", key, expected: random.pick(["", "a", "b", "ba"]), value };
    default:
      return { kind: "get", key };
  }
}

scene("one client alone knows every answer", { lab: 5, servers: 3, maxStateBytes: 1000, points: 2 }, (c) => {
  const alone = new Alone(c);
  const random = c.random("operations");
  for (let round = 0; round < 4; round++) {
    for (let i = 0; i < 40; i++) alone.does(anyOperation(alone, random));
    c.crash(...c.servers);
    c.restart(...c.servers);
    for (const key of KEYS) alone.does({ kind: "get", key });
  }
});

scene("a cluster of one", { lab: 5, servers: 1, maxStateBytes: 1000, points: 1 }, (c) => {
  const alone = new Alone(c);
  const random = c.random("operations");
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 30; i++) alone.does(anyOperation(alone, random));
    c.crash(0);
    c.restart(0);
    for (const key of KEYS) alone.does({ kind: "get", key });
  }
});

scene("large values and many keys", { lab: 5, servers: 3, maxStateBytes: 20_000, points: 2 }, (c) => {
  const alone = new Alone(c);
  const large = "0123456789abcdef".repeat(1024);
  for (let i = 0; i < 100; i++) alone.does({ kind: "put", key: `key ${i}`, value: `${i}` });
  for (let i = 0; i < 4; i++) alone.does({ kind: "append", key: "large", value: large });
  alone.does({ kind: "cas", key: "large", expected: large.repeat(4), value: `${large}!` });
  c.crash(c.leader());
  alone.does({ kind: "get", key: "large" });
  for (let i = 0; i < 100; i += 7) alone.does({ kind: "get", key: `key ${i}` });
});
