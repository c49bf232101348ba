import { writeFileSync } from "node:fs";
import { commandLine } from "../../labs/desk/command-line";
import { packed } from "../handout/archive";
import { handoutOf } from "../handout/build";
import { tryGates } from "../handout/gates";
import { EXIT, fileIn, runCommand } from "./command";
import type { Room } from "./room";

const NOTES = `
Examples:
  npm run handout -- --out ../handout               all labs
  npm run handout -- --out ../handout --labs 0-2    the first three

What is in it is said by an allow-list (grader/handout/contents.ts): no solution, no grader, no history. It is written
only if it type-checks, if its scenes fail for nothing but what is not implemented, if no five lines of it
stand in a solution or a hidden scene, if its links lead somewhere, and if it comes out the same when built again.

Exit code: 0 it was written, 1 something is wrong with it, 2 wrong usage.`;

/**
 * The command `handout`: packs what students get.
 *
 * @param args - the command line, without node and script
 * @returns the exit code
 */
export function runHandout(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, async () => {
    const command = commandLine("handout", "Packs what students get.", room)
      .requiredOption("--out <dir>", "the folder for handout.tar.gz")
      .option("--labs <numbers>", "these labs: 0-3 or 1,2 (default: all)")
      .addHelpText("after", NOTES);
    command.parse(args, { from: "user" });
    const { out, labs } = command.opts<{ out: string; labs?: string }>();
    const contents = handoutOf(room.root, labs);
    const wrong = await tryGates(room.root, contents);
    for (const { gate, lines } of wrong) {
      room.error(
        `not written: a handout ${gate}, and this one does not\n${lines.map((line) => `  ${line}\n`).join("")}`,
      );
    }
    if (wrong.length > 0) return EXIT.found;
    const file = fileIn(out, "handout.tar.gz");
    const archive = await packed(contents);
    writeFileSync(file, archive);
    room.out(`${file}: ${contents.size} files, ${Math.round(archive.length / 1024)} KiB\n`);
    return EXIT.worked;
  });
}
