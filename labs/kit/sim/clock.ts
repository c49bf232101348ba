/**
 * Virtual time. Inside the simulator it is a whole number of microseconds, so that sums never round and
 * a hash never depends on the order of additions; everywhere else it is ms.
 */
export type Micros = number;

/** Whole microseconds of a time in ms. */
export function toMicros(ms: number): Micros {
  return Math.round(ms * 1000);
}

/** A virtual time in ms. */
export function toMs(us: Micros): number {
  return us / 1000;
}

/** A server's own clock: `offset` ms ahead at the start, and running `rate` times as fast as virtual time. */
export interface LocalClock {
  /** ms; may be negative. */
  readonly offset: number;
  /** 1.01 gains a second every hundred. */
  readonly rate: number;
}

/** A clock that shows virtual time. */
export const PERFECT_CLOCK: LocalClock = { offset: 0, rate: 1 };

/** What the clock shows at virtual time `us`, in ms, to the microsecond. */
export function localNow(clock: LocalClock, us: Micros): number {
  return toMs(Math.round(clock.offset * 1000 + us * clock.rate));
}

/** When a timer of `ms` that is set at virtual time `us` runs out: never before its own clock says so. */
export function timerDue(clock: LocalClock, us: Micros, ms: number): Micros {
  return us + Math.ceil(toMicros(ms) / clock.rate);
}
