import process from "node:process";
import { commandLine } from "../../labs/desk/command-line";
import { EXIT, runCommand } from "../cli/command";
import type { Room } from "../cli/room";
import { measureChecker } from "./checker";
import { checkerReport, type CheckerDocument } from "./checker-report";

const NOTES = `
Times are processor time. They depend on the machine, and on what else it does; Porcupine's were measured elsewhere.
Nothing here passes or fails.`;

/**
 * The command `bench checker`: what it costs to judge histories.
 *
 * @param args - the command line behind `checker`
 * @returns the exit code
 */
export function runCheckerBench(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, () => {
    const command = commandLine("bench", "Measures what it costs to judge histories.", room)
      .name("npm run bench -- checker")
      .requiredOption("--histories <dir>", "a folder with jepsen/*.log and kv/*.txt, logs of other systems")
      .option("--json", "the findings as JSON")
      .addHelpText("after", NOTES);
    command.parse([...args], { from: "user" });
    const { histories, json } = command.opts<{ histories: string; json?: boolean }>();
    const say = (text: string): void =>
      void (room.progress.isTTY === true && room.progress.write(`${text} …\n`));
    const found: CheckerDocument = {
      schema: "replication-labs/bench-checker/1",
      node: process.version,
      ...measureChecker(room.root, histories, say),
    };
    room.out(json === true ? `${JSON.stringify(found, null, 2)}\n` : checkerReport(found, room.colors));
    return Promise.resolve(EXIT.worked);
  });
}
