import type { ServerId } from "../program";
import { NETWORKS, type CrashPoint, type HoldRule, type NetworkName, type World } from "../sim";

/** The verbs that do harm: crashes, pauses, cuts, bad networks, and what mends them. */
export class Faults {
  /** All servers, puppets included. */
  readonly servers: readonly ServerId[];
  /** Who was isolated and has not rejoined. */
  private readonly away = new Set<ServerId>();

  constructor(
    protected readonly world: World,
    protected quality: NetworkName,
  ) {
    this.servers = world.servers;
    this.network(quality);
  }

  /** All but these. */
  others(...but: readonly ServerId[]): ServerId[] {
    return this.servers.filter((id) => !but.includes(id));
  }

  /** Ends a server's life; what it had not saved is gone. */
  crash(...servers: readonly ServerId[]): void {
    for (const server of servers) this.world.crash(server);
  }

  /** Brings crashed servers back, from their disks. */
  restart(...servers: readonly ServerId[]): void {
    for (const server of servers) if (!this.world.isUp(server)) this.world.boot(server);
  }

  /** Sets a crash at an exact place: before or after the nth effect of some kind. */
  crashAt(point: CrashPoint): void {
    this.world.crashAt(point);
  }

  /** Pauses a server without ending its life. */
  freeze(server: ServerId): void {
    this.world.freeze(server);
  }

  thaw(server: ServerId): void {
    this.world.thaw(server);
  }

  /** Cuts all links of these servers, in both directions. */
  isolate(...servers: readonly ServerId[]): void {
    for (const server of servers) {
      this.away.add(server);
      for (const other of this.others(server)) this.cut(server, other);
    }
  }

  /** Mends the links between these servers and all others that are not isolated. */
  rejoin(...servers: readonly ServerId[]): void {
    for (const server of servers) this.away.delete(server);
    for (const server of servers) {
      for (const other of this.others(server, ...this.away)) this.mend(server, other);
    }
  }

  /** True from `isolate` to `rejoin`, or to the next `partition` or `heal`. */
  protected isAway(server: ServerId): boolean {
    return this.away.has(server);
  }

  /** Cuts the link between two servers, both ways. */
  cut(a: ServerId, b: ServerId): void {
    this.world.cut(a, b);
    this.world.cut(b, a);
  }

  mend(a: ServerId, b: ServerId): void {
    this.world.mend(a, b);
    this.world.mend(b, a);
  }

  /** What `from` sends no longer reaches `to`; the other direction works. */
  cutOneWay(from: ServerId, to: ServerId): void {
    this.world.cut(from, to);
  }

  /** Divides the cluster: within a group all links work, between groups none. */
  partition(...groups: readonly (readonly ServerId[])[]): void {
    this.away.clear();
    const groupOf = (id: ServerId): number => groups.findIndex((group) => group.includes(id));
    for (const a of this.servers) {
      for (const b of this.servers) {
        if (a >= b) continue;
        if (groupOf(a) === groupOf(b)) this.mend(a, b);
        else this.cut(a, b);
      }
    }
  }

  /** Mends every link. */
  heal(): void {
    this.partition(this.servers);
  }

  /** Changes the quality of all links. */
  network(name: NetworkName): void {
    this.quality = name;
    this.world.setNetwork(NETWORKS[name], name);
  }

  /** Holds back messages that match, when they arrive, until `release`. */
  hold(rule: HoldRule): void {
    this.world.hold(rule);
  }

  /** Lets everything go that was held. */
  release(): void {
    this.world.release();
  }

  /** How many messages of `method` are held back. */
  held(method: string): number {
    return this.world.heldMessages.filter((message) => message.method === method).length;
  }
}
