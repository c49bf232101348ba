import { createHash } from "node:crypto";
import { RandomStream } from "../program";

/** Names a purpose: `["delay", from, to]`. Streams of different purposes have nothing to do with each other. */
export type Purpose = readonly (string | number)[];

function digest(seed: number, purpose: Purpose): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([seed, ...purpose]))
    .digest();
}

/** The uint32 that `seed` gives for one purpose. */
export function deriveSeed(seed: number, ...purpose: Purpose): number {
  return digest(seed, purpose).readUInt32LE(0);
}

/** The random stream that `seed` gives for one purpose: one more draw in one stream moves nothing in another. */
export function deriveStream(seed: number, ...purpose: Purpose): RandomStream {
  const bytes = digest(seed, purpose);
  return RandomStream.from([0, 4, 8, 12].map((at) => bytes.readInt32LE(at)));
}
