import fc from "fast-check";
import type { PlainData } from "./plain";

/** Keys that objects inherit are as good as any other. */
const keys = fc.oneof(fc.string(), fc.constantFrom("term", "log", "constructor", "toString", "length", "0"));

/** Any plain data but bytes: what can be frozen, and shared. */
export const shareableData: fc.Arbitrary<PlainData> = fc.letrec<{ data: PlainData }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, depthIdentifier: "plain" },
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: "binary" }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie("data"), { maxLength: 5, depthIdentifier: "plain" }),
    fc.dictionary(
      keys.filter((key) => key !== "__proto__"),
      tie("data"),
      { maxKeys: 5, depthIdentifier: "plain" },
    ),
  ),
})).data;

/** Any plain data. */
export const plainData: fc.Arbitrary<PlainData> = fc.letrec<{ data: PlainData }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, depthIdentifier: "bytes" },
    shareableData,
    fc.uint8Array({ maxLength: 6 }),
    fc.array(tie("data"), { maxLength: 4, depthIdentifier: "bytes" }),
    fc.record({ bytes: fc.uint8Array({ maxLength: 6 }), rest: tie("data") }),
  ),
})).data;
