import { scene } from "../../../labs/kit/kv";
import { consistsOf } from "./script";

const CLIENTS = 5;
const APPENDS = 10;

// MIT 6.5840, TestUnreliableOneKey4A: five clients append ten times each to the same key.
scene(
  "unreliable, one key",
  { lab: 5, servers: 3, clients: CLIENTS + 1, points: 2, network: "unreliable" },
  (c) => {
    const reader = c.client();
    reader.put("k", "");
    const clients = c.clients(CLIENTS);
    const tokens = new Map(clients.map(({ id }) => [id, new Array<string>()]));
    const finished = new Set<number>();
    c.underLoad(
      clients,
      ({ id }, n) => {
        if (n === APPENDS) {
          finished.add(id);
          return undefined;
        }
        const value = `x ${id} ${n} y`;
        tokens.get(id)?.push(value);
        return { kind: "append", key: "k", value };
      },
      () => {
        c.until(`appending ${APPENDS} times each`, () => finished.size === CLIENTS, 60_000);
      },
    );
    consistsOf(c, reader.get("k").value ?? "", [...tokens.values()]);
  },
);
