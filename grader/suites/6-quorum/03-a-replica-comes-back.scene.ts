import { scene, type Versioned } from "../../../labs/kit/quorum";
import { made, tell } from "./stage";

// One real replica, and a client that the scene plays.
const CLIENT = 1;
const KEYS = 150;
const REPLICA = { lab: 6, servers: 1, coordinators: 1, puppets: [CLIENT] } as const;

const DURABLE =
  "A replica that restarts holds what it has acknowledged: values, versions and tombstones (handout)";

interface Shown {
  readonly held: Versioned | null;
}

const same = (a: Versioned | null, b: Versioned | null): boolean =>
  tell(a) === tell(b) && a?.value === b?.value;

// Crashes come between a store and the next one; each time, something old comes along afterwards.
scene("a replica comes back with all that it held", { ...REPLICA, points: 3 }, (c) => {
  const random = c.random("entries");
  const client = c.puppet(CLIENT);
  const entries = new Map<string, Versioned>();
  for (let round = 1; round <= 15; round++) {
    const key = `key ${random.int(5)}`;
    const entry = made(round, CLIENT, random.pick([null, "", "a", `${round}`]));
    const old = entries.get(key);
    client.ask(0, "store", { key, entry });
    entries.set(key, entry);
    if (round % 3 === 0) {
      c.crash(0);
      c.restart(0);
      if (old !== undefined) client.ask(0, "store", { key, entry: old });
      for (const [name, expected] of entries) {
        const { held = null } = (client.ask(0, "fetch", { key: name }) as unknown as Shown | undefined) ?? {};
        const message = `of “${name}” it has acknowledged ${tell(expected)}, and shows ${tell(held)} after a restart`;
        c.expect(same(held, expected), DURABLE, message, 0);
      }
    }
  }
});

scene("many keys", { ...REPLICA, points: 1, share: 0.5 }, (c) => {
  const client = c.puppet(CLIENT);
  const random = c.random("keys");
  const keys = random.shuffle(Array.from({ length: KEYS }, (_, i) => `key ${i}`));
  for (const key of keys) client.send(0, "store", { key, entry: made(1, CLIENT, key) });
  c.watch(50);
  c.crash(0);
  c.restart(0);
  for (const key of keys.slice(0, 20))
    client.ask(0, "store", { key, entry: made(2, CLIENT, `${key} again`) });
  for (const [i, key] of keys.entries()) {
    const { held = null } = (client.ask(0, "fetch", { key }) as unknown as Shown | undefined) ?? {};
    const expected = i < 20 ? made(2, CLIENT, `${key} again`) : made(1, CLIENT, key);
    const message = `of ${KEYS} keys “${key}” shows ${tell(held)}; ${tell(expected)} was stored`;
    c.expect(same(held, expected), "A replica keeps all keys (handout)", message, 0);
  }
});
