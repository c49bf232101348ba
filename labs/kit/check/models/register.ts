import type { Model } from "../model";

/** What a register holds. */
export type RegisterValue = number | null;

/** What a client of a register can ask for. Logs of several registers name theirs by `key`. */
export type RegisterOperation = { readonly key?: string } & (
  | { readonly kind: "read" }
  | { readonly kind: "write"; readonly value: RegisterValue }
  /** Compare-and-set: writes `value` if the register holds `expected`. */
  | { readonly kind: "cas"; readonly expected: RegisterValue; readonly value: RegisterValue }
);

/** What a register answers; nothing to a write. */
export interface RegisterAnswer {
  /** Of a read. */
  readonly value?: RegisterValue;
  /** Of a compare-and-set: whether it wrote. */
  readonly swapped?: boolean;
}

/** A register that holds null at first, as in Jepsen's logs of etcd. */
export const register: Model<RegisterValue, RegisterOperation, RegisterAnswer> = {
  name: "register",
  initial: null,
  apply: (held, input) => {
    switch (input.kind) {
      case "read":
        return { state: held, output: { value: held } };
      case "write":
        return { state: input.value, output: {} };
      case "cas": {
        const swapped = held === input.expected;
        return { state: swapped ? input.value : held, output: { swapped } };
      }
    }
  },
  agrees: (expected, seen) => expected.value === seen.value && expected.swapped === seen.swapped,
  part: ({ key }) => key ?? "",
  tellInput: (input) => {
    const of = input.key === undefined ? "" : `${JSON.stringify(input.key)}, `;
    switch (input.kind) {
      case "read":
        return input.key === undefined ? "read()" : `read(${JSON.stringify(input.key)})`;
      case "write":
        return `write(${of}${input.value})`;
      case "cas":
        return `cas(${of}${input.expected} → ${input.value})`;
    }
  },
  tellOutput: ({ value, swapped }) =>
    value !== undefined
      ? String(value)
      : swapped !== undefined
        ? swapped
          ? "swapped"
          : "not swapped"
        : "done",
  tellState: (held) => `the register holds ${held}`,
  cells: {
    initial: null,
    of: (input, output) => {
      const key = input.key ?? "";
      switch (input.kind) {
        case "read":
          return { key, kind: "read", seen: output?.value };
        case "write":
          return { key, kind: "write", value: input.value };
        case "cas":
          return {
            key,
            kind: "cas",
            expected: input.expected,
            value: input.value,
            swapped: output?.swapped,
          };
      }
    },
  },
};
