import {
  partitions,
  scene,
  type Client,
  type Entry,
  type KvAnswer,
  type KvCluster,
  type Work,
} from "../../../labs/kit/kv";
import { boundedLogs, differs, MAX_STATE_BYTES, restartAll } from "./script";

/** One of MIT's generic key/value tests. */
export interface GenericTest {
  readonly name: string;
  readonly points: number;
  readonly clients: number;
  readonly servers: number;
  readonly unreliable?: boolean;
  /** All servers crash at the end of each round, and come back. */
  readonly crash?: boolean;
  readonly partitions?: boolean;
  readonly snapshots?: boolean;
  /** Every client works on all keys; otherwise each has one of its own. */
  readonly sharedKeys?: boolean;
  /** Under which part of the seeds it is graded; see `KvSetup`. */
  readonly share: number;
}

/** MIT's rounds: so many, each so long (ms). */
const ROUNDS = 3;
const ROUND = 5000;

/** How long everything is quiet before and after partitions (ms). */
const PAUSE = 1000;

const OWN_KEY =
  "A client that has a key to itself reads what it has written: each append once, in its order (§8; MIT 6.5840, GenericTest)";

/** MIT 6.5840, GenericTest: three rounds of clients at work, with faults. The history is judged in the end. */
export function generic(test: GenericTest): void {
  const { name, points, share, clients, servers, unreliable = false, snapshots = false } = test;
  const setup = {
    lab: 5,
    servers,
    clients: ROUNDS * clients + 1,
    points,
    share,
    network: unreliable ? "unreliable" : "regional",
    ...(snapshots ? { maxStateBytes: MAX_STATE_BYTES } : {}),
  } as const;
  scene(name, setup, (c) => {
    const reader = c.client();
    for (let round = 0; round < ROUNDS; round++) {
      const clerks = c.clients(clients);
      const day = test.sharedKeys === true ? new SharedKeys(c, clerks) : new OwnKeys(c, clerks);
      const answered = c.underLoad(clerks, day.work, () => {
        faults(c, test, day);
      });
      c.expect(
        answered >= clients,
        "Clients make progress (§8)",
        `${answered} operations of ${clients} clients were answered in a round`,
      );
      day.judge(reader);
      if (snapshots) boundedLogs(c);
    }
  });
}

function faults(c: KvCluster, test: GenericTest, day: Day): void {
  if (test.partitions === true) {
    c.watch(PAUSE);
    partitions(c, ROUND);
  } else {
    c.watch(ROUND);
  }
  day.isOver = true;
  if (test.partitions === true) c.watch(PAUSE);
  if (test.crash === true) restartAll(c);
}

/** What the clients of one round do. */
abstract class Day {
  /** True: finish what is open, begin nothing new. */
  isOver = false;
  protected readonly draws: ReturnType<KvCluster["random"]>;

  constructor(
    protected readonly c: KvCluster,
    protected readonly clerks: readonly Client[],
  ) {
    this.draws = c.random(`operations from ${c.now} ms`);
  }

  abstract readonly work: Work;

  /** Looks at the keys when all have finished. */
  abstract judge(reader: Client): void;
}

/** Each has its own key, empties it, and then appends to it or reads it; each read must show exactly what was appended. */
class OwnKeys extends Day {
  /** By client: what its key must hold. */
  private readonly texts = new Map<number, string>();

  readonly work: Work = ({ id }, n, last) => {
    this.check(last);
    const key = this.keyOf(id);
    if (n === 0) return { kind: "put", key, value: "" };
    if (this.isOver) return undefined;
    if (this.draws.chance(0.5)) return { kind: "get", key };
    const value = `x ${key} ${n} y`;
    this.texts.set(id, this.textOf(id) + value);
    return { kind: "append", key, value };
  };

  override judge(reader: Client): void {
    for (const { id } of this.clerks) {
      const { value } = reader.get(this.keyOf(id));
      this.expect(id, value, "after the round");
    }
  }

  private check(last: Entry | undefined): void {
    if (last?.request.kind !== "get" || last.result === undefined || last.result === "unknown") return;
    const { value } = last.result as KvAnswer;
    this.expect(last.client, value, `at ${(last.returnedAt ?? 0).toFixed(3)} ms`);
  }

  private expect(id: number, value: string | undefined, when: string): void {
    const text = this.textOf(id);
    if (value === text) return;
    this.c.expect(
      false,
      OWN_KEY,
      `key "${this.keyOf(id)}" of client ${id}, ${when}: ${differs(value ?? "", text)}`,
      id,
    );
  }

  private textOf(id: number): string {
    return this.texts.get(id) ?? "";
  }

  private keyOf(id: number): string {
    return `${this.clerks.findIndex((clerk) => clerk.id === id)}`;
  }
}

/** All work on as many keys as there are clients: half of the time they append, now and then they put, else they get. */
class SharedKeys extends Day {
  readonly work: Work = ({ id }, n) => {
    if (this.isOver && n > 0) return undefined;
    const key = `${this.draws.int(this.clerks.length)}`;
    const value = `x ${id} ${n} y`;
    if (this.draws.chance(0.5)) return { kind: "append", key, value };
    return this.draws.chance(0.1) ? { kind: "put", key, value } : { kind: "get", key };
  };

  override judge(): void {
    // The whole history is judged in the end.
  }
}
