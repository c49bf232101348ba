import { existsSync } from "node:fs";
import { Command } from "commander";
import { DEFAULT_SUBJECT } from "./report";

/** Where a command writes. */
export interface Paper {
  out(text: string): void;
  error(text: string): void;
}

/** The reference, where there is one: a handout has none. */
const REFERENCE = "solutions";

/** What {@link referenceOrOwn} picks, in words. */
export const REFERENCE_OR_OWN = `${REFERENCE}, or else ${DEFAULT_SUBJECT}`;

/** The program of commands that show what a finished one does, if nobody names another. */
export function referenceOrOwn(): string {
  return existsSync(REFERENCE) ? REFERENCE : DEFAULT_SUBJECT;
}

/** The command line of `npm run NAME`, to which a command adds its arguments and options. It never ends the process. */
export function commandLine(name: string, description: string, paper: Paper): Command {
  return new Command(`npm run ${name} --`)
    .description(description)
    .helpOption("-h, --help", "this text")
    .showHelpAfterError(`(npm run ${name} -- --help explains)`)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => paper.out(text), writeErr: (text) => paper.error(text) });
}
