import { scene } from "../../../labs/kit/quorum";
import { made } from "./stage";

const [LOW, HIGH] = [5, 6] as const;

const NEWER = "Of equal numbers the one of the higher writer is newer (Lynch & Shvartsman 1997; contract)";

// Two writers had the same number, and each has reached one replica.
scene(
  "who holds another version of the same number does not hold this one",
  { lab: 6, servers: 3, coordinators: 4, puppets: [LOW, HIGH], promise: "atomic", points: 2 },
  (c) => {
    const [one, two] = [c.coordinator(), c.coordinator()];
    const random = c.random("holders");
    for (let round = 1; round <= 4; round++) {
      const key = `key ${round}`;
      const [low = 0, high = 1, third = 2] = random.shuffle(c.servers);
      one.write(key, "first");
      const number = 10 * round;
      c.puppet(LOW).ask(low, "store", { key, entry: made(number, LOW) });
      c.puppet(HIGH).ask(high, "store", { key, entry: made(number, HIGH) });
      c.reach(one, low, high);
      const { version } = one.read(key);
      c.expect(
        version?.writer === HIGH,
        NEWER,
        `of ${number}.C${LOW} and ${number}.C${HIGH} it shows the first`,
      );
      c.reach(two, low, third);
      two.read(key);
      for (const each of [one, two]) c.reach(each);
    }
  },
);
