import type { Operation } from "../history";
import type { KvAnswer, KvOperation } from "../models/kv";
import { Draw } from "./draw";

/** A history to make up. */
export interface Wanted {
  readonly operations: number;
  readonly keys: number;
  /** Each asks again as soon as it is answered; about so many operations are open at any time. */
  readonly clients: number;
  /** The share of the operations whose client never hears of them; another takes its place. */
  readonly crashed: number;
  readonly seed: number;
  /** Whether answers name versions; by default not. */
  readonly versions?: boolean;
  /** The share of the changes that are appends; the others write a value of their own. By default 0. */
  readonly appends?: number;
}

/**
 * A linearizable key/value history: half reads, half changes with values that nobody else writes, from clients that are
 * always busy. In the order of the calls.
 */
export function generate(wanted: Wanted): Operation<KvOperation, Partial<KvAnswer>>[] {
  const draw = new Draw(wanted.seed);
  const cells = Array.from({ length: wanted.keys }, () => ({ value: "", version: 0 }));
  let id = 0;
  const history = spans(draw, wanted).map(({ session, call, ret, lost }) => {
    const name = draw.int(wanted.keys);
    const cell = cells[name] as (typeof cells)[number];
    const input = request(draw, `k${name}`, `<${id}>`, wanted.appends ?? 0);
    if (input.kind !== "get" && !(lost && draw.chance(0.5))) {
      cell.value = input.kind === "append" ? cell.value + input.value : input.value;
      cell.version++;
    }
    const output = {
      ...(input.kind === "get" && { value: cell.value }),
      ...(wanted.versions === true && { version: cell.version }),
    };
    return lost
      ? { id: id++, session, input, outcome: "unknown" as const, call, return: Infinity }
      : { id: id++, session, input, output, outcome: "ok" as const, call, return: ret };
  });
  return history.sort((a, b) => a.call - b.call);
}

function request(draw: Draw, key: string, value: string, appends: number) {
  if (draw.chance(0.5)) return { kind: "get", key } as const;
  return { kind: draw.chance(appends) ? "append" : "put", key, value } as const;
}

/** When each operation is called and answered, and by whom, in the order in which they take effect. */
function spans(draw: Draw, { operations, clients, crashed }: Wanted) {
  const all: { session: number; call: number; effect: number; ret: number; lost: boolean }[] = [];
  let sessions = clients;
  for (let client = 0; client < clients; client++) {
    let [session, now] = [client, 0];
    for (let left = Math.ceil((operations - client) / clients); left > 0; left--) {
      const call = now + 1 + draw.int(LEG);
      const effect = call + draw.int(LEG);
      const ret = effect + draw.int(LEG);
      const lost = draw.chance(crashed);
      all.push({ session, call, effect, ret, lost });
      if (lost) session = sessions++;
      now = ret;
    }
  }
  return all.sort((a, b) => a.effect - b.effect);
}

// The longest pause before a call, way there and way back, in the clock's units.
const LEG = 1000;
