import type { Options, PlainData, ServerId } from "../program";
import type { LocalClock } from "./clock";

/** What a world is made of. */
export interface WorldConfig {
  /** A uint32; everything random comes from it. */
  readonly seed: number;
  /** Servers are numbered 0 .. servers-1. */
  readonly servers: number;
  /** Servers and clients without a program: a scene plays them. */
  readonly puppets?: readonly ServerId[];
  /**
   * Nodes behind the servers that are nobody's peers: clients, numbered servers .. servers+clients-1. Those that are not puppets
   * run a program.
   */
  readonly clients?: number;
  /** A service runs on top of the program of each server: what that hands up is the service's next input. */
  readonly services?: boolean;
  readonly options?: Options;
  /** By server; absent: a perfect clock. */
  readonly clocks?: readonly LocalClock[];
  readonly service?: ServiceTimes;
  /** The form of a saved state: says what is wrong with it, or nothing. */
  readonly checkSave?: (
    state: PlainData,
    previous: PlainData | undefined,
    server: ServerId,
  ) => string | undefined;
}

/** How long a server is busy, in ms; all 0 unless throughput is measured. */
export interface ServiceTimes {
  readonly perInput: number;
  /** For each 1,024 bytes of a request or reply that comes in. */
  readonly perKiB: number;
  readonly perSave: number;
}
