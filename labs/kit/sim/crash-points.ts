import type { Effect, ServerId } from "../program";

/**
 * A crash at an exact place: before or after the nth effect of a kind, counted from the moment the point is
 * set. “After the save” lies between a save and the reply that follows it; “before the save” may lie after a send.
 */
export interface CrashPoint {
  /** Absent: whichever server gets there first. */
  readonly server?: ServerId;
  /** Absent: any effect. */
  readonly effect?: Effect["kind"];
  /** Counts from 1. */
  readonly nth: number;
  readonly when: "before" | "after";
  /** ms until the server comes back; absent: it stays down. */
  readonly restartAfter?: number;
}

interface Armed {
  readonly point: CrashPoint;
  readonly seen: number;
}

/** The crash points that are still to come. */
export class CrashPoints {
  private armed: readonly Armed[] = [];

  set(point: CrashPoint): void {
    this.armed = [...this.armed, { point, seen: 0 }];
  }

  clear(): void {
    this.armed = [];
  }

  get pending(): number {
    return this.armed.length;
  }

  /**
   * The point that this moment is, if any; it is then used up, and any other that names the same moment with it. Called
   * before each effect, and again after it.
   */
  hit(server: ServerId, effect: Effect, when: "before" | "after"): CrashPoint | undefined {
    if (this.armed.length === 0) return undefined;
    let found: CrashPoint | undefined;
    const left: Armed[] = [];
    for (const armed of this.armed) {
      const { point } = armed;
      const matches =
        point.when === when &&
        (point.server === undefined || point.server === server) &&
        (point.effect === undefined || point.effect === effect.kind);
      if (!matches) left.push(armed);
      else if (armed.seen + 1 < point.nth) left.push({ point, seen: armed.seen + 1 });
      else found ??= point;
    }
    this.armed = left;
    return found;
  }

  clone(): CrashPoints {
    const copy = new CrashPoints();
    copy.armed = this.armed;
    return copy;
  }
}
