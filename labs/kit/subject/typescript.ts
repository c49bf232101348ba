import type ts from "typescript";

let loaded: typeof ts | undefined;

/**
 * The TypeScript compiler, loaded when it is first needed: that takes about a quarter of a second, which a
 * command that compiles nothing should not pay.
 */
export function typescript(): typeof ts {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at start-up
  return (loaded ??= require("typescript") as typeof ts);
}
