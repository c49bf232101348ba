import { scene } from "../../../labs/kit/quorum";

/** Any text is a key, and any text a value. */
const KEYS = [
  "x",
  "X",
  " x",
  "x ",
  "",
  "0",
  "00",
  "1e3",
  "constructor",
  "toString",
  "hasOwnProperty",
  "entries",
  "ключ",
  "鍵",
  "é",
  "e\u0301",
  "a/b",
  'a"b',
  "1 3",
  "k".repeat(300),
];

const RULE =
  "Any text is a key, and different texts are different keys; any text is a value, the empty one too (handout)";

scene("any text is a key", { lab: 6, servers: 3, coordinators: 2, points: 2 }, (c) => {
  const random = c.random("operations");
  const coordinators = c.coordinators(2);
  const held = new Map<string, string | null>();
  const look = (when: string): void => {
    for (const key of KEYS) {
      const { value } = random.pick(coordinators).read(key);
      const expected = held.get(key) ?? null;
      const message = `${when} the key ${JSON.stringify(key)} holds ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`;
      c.expect(value === expected, RULE, message);
    }
  };
  look("before anything was written");
  for (const [i, key] of random.shuffle(KEYS).entries()) {
    const value = random.pick(["", "null", "undefined", `value ${i}`]);
    random.pick(coordinators).write(key, value);
    held.set(key, value);
  }
  look("after a write to each key");
  c.crash(...c.servers);
  c.restart(...c.servers);
  for (const key of random.shuffle(KEYS).slice(0, 5)) {
    random.pick(coordinators).delete(key);
    held.set(key, null);
  }
  look("after a restart of all replicas and some deletes");
});
