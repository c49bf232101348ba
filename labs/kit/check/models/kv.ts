import type { Model } from "../model";

/** What a client of the key/value service can ask for. A key that was never written holds `""`, version 0. */
export type KvOperation =
  | { readonly kind: "get"; readonly key: string }
  | { readonly kind: "put"; readonly key: string; readonly value: string }
  /** Puts `value` behind what the key holds. */
  | { readonly kind: "append"; readonly key: string; readonly value: string }
  /** Compare-and-set: puts `value` if the key holds exactly `expected`. */
  | { readonly kind: "cas"; readonly key: string; readonly expected: string; readonly value: string };

/**
 * What the service answers. `version` counts the changes of the key: a get names the version it read, a put or append
 * the one it made, a compare-and-set the one it made or, if it did not swap, the one it met.
 */
export type KvAnswer = {
  readonly version: number;
  /** Of a get: what the key holds. */
  readonly value?: string;
  /** Of a compare-and-set: whether it changed the key. */
  readonly swapped?: boolean;
};

/** One key. */
export type KvCell = { readonly value: string; readonly version: number };

/** Some answers in a history may lack the version (a log of another system): what is absent is not compared. */
export type KvSeen = Partial<KvAnswer>;

/** The key/value service, key by key. */
export const kv: Model<KvCell, KvOperation, KvSeen> = {
  name: "key/value",
  initial: { value: "", version: 0 },
  apply: (cell, input) => {
    const changed = (value: string): KvCell => ({ value, version: cell.version + 1 });
    switch (input.kind) {
      case "get":
        return { state: cell, output: { value: cell.value, version: cell.version } };
      case "put": {
        const state = changed(input.value);
        return { state, output: { version: state.version } };
      }
      case "append": {
        const state = changed(cell.value + input.value);
        return { state, output: { version: state.version } };
      }
      case "cas": {
        const swapped = cell.value === input.expected;
        const state = swapped ? changed(input.value) : cell;
        return { state, output: { swapped, version: state.version } };
      }
    }
  },
  agrees: (expected, seen) =>
    (seen.version ?? expected.version) === expected.version &&
    (seen.value ?? expected.value) === expected.value &&
    (seen.swapped ?? expected.swapped) === expected.swapped,
  identity: ({ value, version }) => `${version} ${value}`,
  part: (input) => input.key,
  tellInput: (input) => {
    const key = JSON.stringify(input.key);
    switch (input.kind) {
      case "get":
        return `get(${key})`;
      case "put":
      case "append":
        return `${input.kind}(${key}, ${JSON.stringify(input.value)})`;
      case "cas":
        return `cas(${key}, ${JSON.stringify(input.expected)} → ${JSON.stringify(input.value)})`;
    }
  },
  tellOutput: ({ value, swapped, version }) =>
    [
      ...(value === undefined ? [] : [JSON.stringify(value)]),
      ...(swapped === undefined ? [] : [swapped ? "swapped" : "not swapped"]),
      ...(version === undefined ? [] : [`version ${version}`]),
    ].join(", ") || "done",
  tellState: ({ value, version }) => `the key holds ${JSON.stringify(value)}, version ${version}`,
  cells: {
    initial: "",
    // Every object of a kind with the same fields, for speed.
    of: (input, output) => {
      const version = output?.version;
      const { key, kind } = input;
      switch (kind) {
        case "get":
          return { key, kind: "read", seen: output?.value, version };
        case "put":
          return { key, kind: "write", value: input.value, version };
        case "append":
          return { key, kind, value: input.value, version };
        case "cas":
          return {
            key,
            kind,
            expected: input.expected,
            value: input.value,
            swapped: output?.swapped,
            version,
          };
      }
    },
  },
};
