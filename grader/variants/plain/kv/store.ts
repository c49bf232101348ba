import type { KvAnswer, KvWrite, PlainData } from "@labs/kit";

/** What stands in the log: a few words, so that it stays short. */
export type Command =
  | readonly ["noop"]
  | readonly ["open"]
  | readonly ["get", string]
  | readonly ["write", number, number, KvWrite];

/** What came of a command; `"old"` is a write that its client has long been answered. */
export type Outcome =
  { readonly session: number } | { readonly answer: KvAnswer } | "nothing" | "expired" | "old";

type Cell = readonly [value: string, version: number];
type Last = readonly [sequence: number, answer: KvAnswer | null];
type Image = readonly [
  cells: readonly (readonly [string, ...Cell])[],
  sessions: readonly (readonly [number, ...Last])[],
];

const EMPTY: Cell = ["", 0];

/** The state machine: nothing in it knows of calls, terms or this server. */
export class Store {
  private cells = new Map<string, Cell>();
  /** In the order in which they were opened: the first one goes first. */
  private sessions = new Map<number, Last>();

  execute(index: number, [kind, ...rest]: Command, maxSessions: number): Outcome {
    if (kind === "open") return this.open(index, maxSessions);
    if (kind === "get") return { answer: this.get(rest[0] as string) };
    if (kind === "write") return this.once(...(rest as [number, number, KvWrite]));
    return "nothing";
  }

  get(key: string): KvAnswer {
    const [value, version] = this.cells.get(key) ?? EMPTY;
    return { value, version };
  }

  image(): PlainData {
    const image: Image = [
      [...this.cells].map(([key, cell]) => [key, ...cell] as const),
      [...this.sessions].map(([id, last]) => [id, ...last] as const),
    ];
    return image;
  }

  become(data: PlainData): void {
    const [cells, sessions] = data as unknown as Image;
    this.cells = new Map(cells.map(([key, ...cell]) => [key, cell]));
    this.sessions = new Map(sessions.map(([id, ...last]) => [id, last]));
  }

  private open(index: number, maxSessions: number): Outcome {
    this.sessions.set(index, [0, null]);
    for (const id of this.sessions.keys()) {
      if (this.sessions.size <= maxSessions) break;
      this.sessions.delete(id);
    }
    return { session: index };
  }

  private once(session: number, sequence: number, write: KvWrite): Outcome {
    const last = this.sessions.get(session);
    if (last === undefined) return "expired";
    if (sequence < last[0]) return "old";
    if (sequence === last[0]) return last[1] === null ? "old" : { answer: last[1] };
    const answer = this.write(write);
    this.sessions.set(session, [sequence, answer]);
    return { answer };
  }

  private write(write: KvWrite): KvAnswer {
    const [held, version] = this.cells.get(write.key) ?? EMPTY;
    if (write.kind === "cas" && held !== write.expected) return { swapped: false, version };
    this.cells.set(write.key, [write.kind === "append" ? held + write.value : write.value, version + 1]);
    return write.kind === "cas" ? { swapped: true, version: version + 1 } : { version: version + 1 };
  }
}
