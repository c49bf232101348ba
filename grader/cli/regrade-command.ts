import { commandLine } from "../../labs/desk/command-line";
import { lockFolder } from "../batch/lock";
import { rewriteClass } from "../batch/rewrite";
import { rememberPolicy } from "../policy/applied";
import type { Course } from "../policy/course";
import { refuseNoClass } from "../policy/class-folder";
import { courseOf } from "../policy/course-file";
import { falls, layAside, regrade, type Regrade } from "../policy/regrade";
import { EXIT, runCommand } from "./command";
import { regradeReport } from "./regrade-report";
import type { Room } from "./room";

const NOTES = `
Examples:
  npm run grade -- regrade class-out                        shows what grader/course.json, as it is now, would change
  npm run grade -- regrade class-out --course other.json    the same for another policy
  npm run grade -- regrade class-out --yes                  writes the new marks, the class table and the pages

Nothing is judged again: points, lateness, caps and attempts are computed from the facts in CLASS/grades. When a submission
came and whose it is stay as they are.

A mark that would fall is kept (in CLASS/kept), as long as it is worth more than the new one; --allow-lower lets it fall.

Exit code: 0 it worked; 2 wrong usage, a folder that is no class, or a mistake in the policy.`;

interface Options {
  readonly course?: string;
  readonly yes?: boolean;
  readonly allowLower?: boolean;
}

/**
 * The command `grade regrade`: shows whose marks another policy moves, by how much and why, and writes them if told to.
 *
 * @param args - the command line behind `regrade`
 * @returns the exit code
 */
export function runRegrade(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, () => {
    const { out, options } = parse(args, room);
    const course = courseOf(room.root, options.course);
    refuseNoClass(out);
    const yes = options.yes === true;
    const lower = options.allowLower === true;
    const free = yes ? lockFolder(out) : undefined;
    try {
      const result = regrade(out, course);
      for (const { lab, name } of result.unknown) {
        room.error(`labs.${lab}.scenes: Lab ${lab} has no scene “${name}”, as far as these facts know\n`);
      }
      room.out(regradeReport(result, lower, room.colors));
      if (yes) write(out, course, result, lower);
      room.out(closing(result, out, options));
    } finally {
      free?.();
    }
    return Promise.resolve(EXIT.worked);
  });
}

function parse(args: readonly string[], room: Room): { out: string; options: Options } {
  const command = commandLine("grade", "Marks a class anew under another policy, from the facts.", room)
    .name("npm run grade -- regrade")
    .argument("<class>", "the folder that `batch` has written")
    .option("--course <file>", "the policy (default: grader/course.json)")
    .option("--yes", "writes what it shows")
    .option("--allow-lower", "lets marks fall")
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return { out: command.processedArgs[0] as string, options: command.opts<Options>() };
}

/** What is kept comes first: whenever this is interrupted, no mark has fallen, and it can be done again. */
function write(out: string, course: Course, { moves }: Regrade, lower: boolean): void {
  layAside(out, moves, lower);
  rewriteClass(out, course, new Date());
  rememberPolicy(out, course);
}

function closing({ moves }: Regrade, out: string, { yes, allowLower }: Options): string {
  if (yes === true) return `${out} is written.\n`;
  const lower = moves.some(falls) && allowLower !== true ? ", and --allow-lower lets marks fall" : "";
  return `Nothing was written; --yes writes it${lower}.\n`;
}
