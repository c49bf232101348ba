import type { ServerId } from "../program";
import type { Entry } from "./journal";
import type { KvAnswer, KvRequest, ReadMode, SyncAnswer } from "./messages";

/** What a client's verbs need of its cluster. */
export interface Desk {
  /** Hands the client a request; it is open from now on. */
  start(client: ServerId, request: KvRequest): Entry;
  /** Waits until the operation has ended with an answer. */
  ended(entry: Entry, within?: number): KvAnswer | SyncAnswer;
}

/** A client as a scene sees it. All verbs but `start` wait for the answer, and end the run as “stalled” if it does not come. */
export class Client {
  constructor(
    readonly id: ServerId,
    private readonly desk: Desk,
  ) {}

  put(key: string, value: string, within?: number): KvAnswer {
    return this.ask({ kind: "put", key, value }, within);
  }

  append(key: string, value: string, within?: number): KvAnswer {
    return this.ask({ kind: "append", key, value }, within);
  }

  cas(key: string, expected: string, value: string, within?: number): KvAnswer {
    return this.ask({ kind: "cas", key, expected, value }, within);
  }

  /** @param read - how; absent: as the service likes, as long as it is linearizable */
  get(key: string, read?: ReadMode, within?: number): KvAnswer {
    return this.ask({ kind: "get", key, ...(read === undefined ? {} : { read }) }, within);
  }

  sync(within?: number): SyncAnswer {
    return this.desk.ended(this.start({ kind: "sync" }), within) as SyncAnswer;
  }

  /** Any operation on a key. */
  ask(request: KvRequest, within?: number): KvAnswer {
    return this.desk.ended(this.start(request), within) as KvAnswer;
  }

  /** Begins an operation and does not wait; see `KvCluster.answer` and `KvCluster.open`. */
  start(request: KvRequest): Entry {
    return this.desk.start(this.id, request);
  }
}
