import { CommanderError } from "commander";
import type { Order } from "../compare/part";
import { PARTS } from "../compare/parts";
import { UsageError } from "../kit/program/errors";
import { DEFAULT_BASE, parseCount, parseSeed } from "../runner/seeds";
import { commandLine, REFERENCE_OR_OWN, referenceOrOwn } from "./command-line";

/** What was asked for on the command line of `compare`. */
export interface CompareOptions {
  /** The folder of the program. */
  readonly subject: string;
  readonly order: Order;
  /** The names of the parts, in their order. */
  readonly parts: readonly string[];
  /** Where to write the figures. */
  readonly json: string | undefined;
  /** Where to write pictures and a page. */
  readonly out: string | undefined;
}

/** More servers have so many sets of failed ones that all of them take minutes. */
const MOST = 7;

const EXAMPLES = `
Parts:
${PARTS.map(({ name, question }) => `  ${name.padEnd(13)} ${question}`).join("\n")}

Examples:
  npm run compare                                  all of it, on solutions/ if there is such a folder
  npm run compare -- --subject skeleton            on your own program
  npm run compare -- --only availability,costs     some parts
  npm run compare -- --out comparison              and a page with pictures, in that folder
  npm run compare -- --json comparison.json        and the figures, for a program
  npm run compare -- --only latency --seeds 10     ten times as many samples

What cannot run, because a rule is broken or a lab is not done yet, is left out.

Exit code: 0 all was measured, 1 something was left out, 2 wrong usage.`;

interface Parsed {
  readonly subject?: string;
  readonly only?: readonly string[];
  readonly seed: number;
  readonly seeds: number;
  readonly servers?: number;
  readonly json?: string;
  readonly out?: string;
}

/**
 * Reads the command line of `compare`.
 *
 * @returns the exit code instead, if help was asked for or something is wrong with the line itself
 * @throws {@link UsageError} for a bad value
 */
export function parseCompare(
  args: readonly string[],
  write: { out(text: string): void; error(text: string): void },
): CompareOptions | number {
  const command = commandLine(
    "compare",
    "Compares WARO, quorums and Raft on one workload, in virtual time.",
    write,
  )
    .option("--subject <dir>", `folder of the program (default: ${REFERENCE_OR_OWN})`)
    .option("--only <parts>", "these parts, with commas between them", parseParts)
    .option("--seed <number>", "everything random follows from it", parseSeed, DEFAULT_BASE)
    .option("--seeds <number>", "how many runs the parts that sample put together", parseCount, 1)
    .option(
      "--servers <number>",
      `how many servers, 1 to ${MOST}, where a part has no size of its own`,
      parseServers,
    )
    .option("--json <file>", "write the figures there")
    .option("--out <dir>", "write pictures (SVG) and a page (HTML) there")
    .addHelpText("after", EXAMPLES);
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  const {
    subject,
    only = PARTS.map(({ name }) => name),
    seed,
    seeds,
    servers,
    json,
    out,
  } = command.opts<Parsed>();
  const folder = subject ?? referenceOrOwn();
  return {
    subject: folder,
    order: { seed, seeds, ...(servers === undefined ? {} : { servers }) },
    parts: only,
    json,
    out,
  };
}

function parseServers(text: string): number {
  const servers = /^\d$/.test(text) ? Number(text) : Number.NaN;
  if (!(servers >= 1 && servers <= MOST))
    throw new UsageError(`--servers ${text}: say how many, a whole number from 1 to ${MOST}`);
  return servers;
}

function parseParts(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !PARTS.some((part) => part.name === name));
  if (unknown !== undefined) {
    const all = PARTS.map(({ name }) => name).join(", ");
    throw new UsageError(`--only ${text}: there is no part “${unknown}”; there are ${all}`);
  }
  return PARTS.map(({ name }) => name).filter((name) => names.includes(name));
}
