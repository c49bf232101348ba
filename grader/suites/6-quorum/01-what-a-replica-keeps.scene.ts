import { scene, type Version, type Versioned } from "../../../labs/kit/quorum";
import { made, newest, tell } from "./stage";

// Real replicas, and two clients that the scene plays.
const [ONE, TWO] = [1, 2] as const;
const REPLICA = { lab: 6, servers: 1, coordinators: 2, puppets: [ONE, TWO] } as const;

const KEEPS =
  "A replica keeps the newest version that it was told to store, whatever the order: by number, and equal numbers by writer (ABD; contract, Version)";
const ANSWERS = "A replica answers every request, repeated ones and old ones too (contract, QuorumProtocol)";

interface Shown {
  readonly held: Versioned | null;
}

interface Stored {
  readonly version: Version;
}

// Versions come in any order, some of them again and again.
scene("a replica keeps the newest version", { ...REPLICA, points: 3 }, (c) => {
  const random = c.random("versions");
  for (let round = 0; round < 12; round++) {
    const key = `key ${round}`;
    const kept: Versioned[] = [];
    const versions = [1, 2, 3, 9, 10].flatMap((number) => [ONE, TWO].map((writer) => made(number, writer)));
    for (const entry of [...random.shuffle(versions), random.pick(versions)]) {
      const client = c.puppet(random.pick([ONE, TWO]));
      const { version } = (client.ask(0, "store", { key, entry }) as unknown as Stored | undefined) ?? {};
      kept.push(entry);
      const best = newest(kept);
      const now = `server 0 was told to store ${kept.map(tell).join(", then ")}`;
      c.expect(version !== undefined, ANSWERS, `${now}, and has not answered the last one`, 0);
      const { held = null } = (client.ask(0, "fetch", { key }) as unknown as Shown | undefined) ?? {};
      c.expect(
        tell(held) === tell(best) && held?.value === best?.value,
        KEEPS,
        `${now}; it shows ${tell(held)}`,
        0,
      );
    }
  }
});

// Three copies of each request, at once.
scene("a replica answers again", { ...REPLICA, points: 1 }, (c) => {
  const client = c.puppet(ONE);
  const count = (sent: readonly ReturnType<typeof client.send>[]): number =>
    sent.reduce<number>((sum, request) => sum + client.replies(request).length, 0);
  for (let number = 1; number <= 5; number++) {
    const stores = [number, number, number - 1, number].map((n) =>
      client.send(0, "store", { key: "x", entry: made(Math.max(1, n), ONE) }),
    );
    const fetches = [1, 2, 3].map(() => client.send(0, "fetch", { key: "x" }));
    c.watch(30);
    c.expect(
      count(stores) === stores.length,
      ANSWERS,
      `of ${stores.length} stores, some of them equal or old, server 0 has answered ${count(stores)}`,
      0,
    );
    c.expect(
      count(fetches) === fetches.length,
      ANSWERS,
      `of ${fetches.length} equal fetches server 0 has answered ${count(fetches)}`,
      0,
    );
  }
});
