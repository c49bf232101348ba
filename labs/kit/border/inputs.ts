import type { BootInput, Input, Options, PlainData, RunningInput } from "../program";
import { BorderError, type Codec } from "./codec";

/** An input as JSON can carry it. It comes from the judge, so whoever reads it believes it. */
export function writeInput(codec: Codec, input: Input): readonly unknown[] {
  switch (input.kind) {
    case "boot": {
      const { peers, options, seed, saved } = input;
      const coded = ["b", peers, codec.encode({ ...options }), seed];
      return saved === undefined ? coded : [...coded, codec.encode(saved)];
    }
    case "request":
      return ["q", input.from, input.method, codec.encode(input.request), input.call];
    case "reply":
      return ["r", input.from, input.method, codec.encode(input.reply), codec.encode(input.request)];
    case "timer":
      return ["t", input.name];
    case "up":
      return ["u", input.verb, ...input.args.map((arg) => codec.encode(arg))];
    case "invoke":
      return ["i", input.verb, ...input.args.map((arg) => codec.encode(arg))];
  }
}

/** The input of a boot that {@link writeInput} has written. */
export function readBoot(codec: Codec, coded: unknown): BootInput {
  const [, peers, options, seed, ...saved] = coded as [string, number[], unknown, number, ...unknown[]];
  const read = { kind: "boot", peers, options: codec.decode(options) as Options, seed } as const;
  return saved.length === 0 ? read : { ...read, saved: codec.decode(saved[0]) };
}

/** Any other input that {@link writeInput} has written. */
export function readInput(codec: Codec, coded: unknown): RunningInput {
  const [kind, first, ...rest] = coded as [string, ...unknown[]];
  const args = (): PlainData[] => rest.map((arg) => codec.decode(arg));
  switch (kind) {
    case "q":
      return {
        kind: "request",
        from: first as number,
        method: rest[0] as string,
        request: codec.decode(rest[1]),
        call: rest[2] as number,
      };
    case "r": {
      const reply = codec.decode(rest[1]);
      return {
        kind: "reply",
        from: first as number,
        method: rest[0] as string,
        reply,
        request: codec.decode(rest[2]),
      };
    }
    case "t":
      return { kind: "timer", name: first as string };
    case "u":
      return { kind: "up", verb: first as string, args: args() };
    case "i":
      return { kind: "invoke", verb: first as string, args: args() };
    default:
      throw new BorderError("an input of no known kind");
  }
}
