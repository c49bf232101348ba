import type { KvCluster } from "../../../labs/kit/kv";
import { Follower } from "../2-replication/script";

/** Followers that the scene plays; server 0 leads them, and is the only real one. They hear and answer until they are told not to. */
export class Following {
  /** When one of them heard server 0 last, in virtual ms. */
  heardAt = 0;
  private readonly all: readonly Follower[];

  constructor(
    private readonly c: KvCluster,
    private readonly ids: readonly number[],
  ) {
    this.all = ids.map((id) => new Follower(c, id));
    this.serve();
  }

  /** All of them hear, until server 0 leads: it may have stepped down while it heard nobody. */
  serve(): void {
    this.hear();
    this.c.until("an election that everybody votes in", () => this.c.status(0)?.isLeader === true);
  }

  /** From now on these hear what server 0 sends, and no others. */
  hear(ids: readonly number[] = this.ids): void {
    this.all.forEach((follower, i) => {
      follower.hears = () => {
        const hears = ids.includes(this.ids[i] ?? -1);
        if (hears) this.heardAt = this.c.now;
        return hears;
      };
    });
  }

  /** Lets them hear one call more each, and nothing after that. */
  hearOnce(): void {
    const left = new Set(this.all);
    for (const follower of this.all) {
      follower.hears = () => {
        const hears = left.delete(follower);
        if (hears) this.heardAt = this.c.now;
        return hears;
      };
    }
    this.c.until(
      "a heartbeat for each follower",
      () => left.size === 0,
      1000,
      "A leader sends heartbeats (§5.2)",
    );
    this.hear([]);
  }
}
