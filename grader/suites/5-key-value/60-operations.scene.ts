import { kv, scene, type KvCell, type KvOperation } from "../../../labs/kit/kv";

/** Any text is a key. */
const KEYS = ["x", "y", "X", "x y", "", "0", "00", "constructor", "ключ", "k".repeat(200)];

const DO_AS_SAID =
  'put, append, get and compare-and-set do what their names say; a key that was never written holds "", version 0, and each change counts (handout)';

// One after the other; each answer is known beforehand.
scene(
  "operations do what they say",
  { lab: 5, servers: 3, clients: 2, maxStateBytes: 1000, points: 2 },
  (c) => {
    const random = c.random("operations");
    const clients = c.clients(2);
    const cells = new Map<string, KvCell>();
    for (let i = 1; i <= 150; i++) {
      const key = random.pick(KEYS);
      const cell = cells.get(key) ?? kv.initial;
      const fresh = random.chance(0.1) ? "" : `${i}`;
      const kinds: readonly KvOperation[] = [
        { kind: "get", key },
        { kind: "put", key, value: random.chance(0.2) ? cell.value : fresh },
        { kind: "append", key, value: fresh },
        { kind: "cas", key, expected: cell.value, value: fresh },
        { kind: "cas", key, expected: `${cell.value}.`, value: fresh },
        { kind: "cas", key, expected: cell.value.slice(1), value: fresh },
      ];
      const operation = random.pick(kinds);
      const { state, output } = kv.apply(cell, operation);
      cells.set(key, state);
      const answer = random.pick(clients).ask(operation);
      c.expect(
        kv.agrees?.(output, answer) === true,
        DO_AS_SAID,
        `${kv.tellState(cell)}; ${kv.tellInput(operation)} is answered ${kv.tellOutput(answer, operation)}`,
      );
      if (i === 75) {
        c.crash(...c.servers);
        c.restart(...c.servers);
      }
    }
  },
);
