import process from "node:process";
import { commandLine } from "../../labs/desk/command-line";
import { ProgramError, UsageError } from "../../labs/kit/program/errors";
import { loadSubject, SubjectError, type Subject } from "../../labs/kit/subject";
import { Trace } from "../../labs/kit/trace";
import { findSuite, loadScenes } from "../../labs/runner/suite";
import { EXIT, runCommand } from "../cli/command";
import type { Room } from "../cli/room";
import { hiddenSuites } from "../grading/selection";
import { runCheckerBench } from "./checker-command";
import { measureCommits } from "./commits";
import { measureInstances } from "./instances";
import { costOf } from "./measure";
import { measureMit } from "./mit";
import { measureParts } from "./parts";
import { monitors, quietCluster, raftOf } from "./quiet";
import { benchReport, type BenchDocument, type Hour } from "./report";
import { measureStartup } from "./startup";

const NOTES = `
Times depend on the machine, and on what else it does; the ratios of one run hold. Nothing here passes or
fails. What it costs to judge histories: npm run bench -- checker --help`;

const HOUR = 3_600_000;

/**
 * The command `bench`: what a simulated world costs, part by part.
 *
 * @param args - the command line, without node and script
 * @returns the exit code
 */
export function runBench(args: readonly string[], room: Room): Promise<number> {
  if (args[0] === "checker") return runCheckerBench(args.slice(1), room);
  return runCommand(room, () => {
    const command = commandLine("bench", "Measures what a simulated world costs.", room)
      .argument("[dir]", "the program that is run", "solutions")
      .option("--json", "the findings as JSON")
      .addHelpText("after", NOTES);
    command.parse([...args], { from: "user" });
    const dir = command.processedArgs[0] as string;
    const found = running(dir, () => bench(dir, room));
    room.out(
      command.opts<{ json?: boolean }>().json
        ? `${JSON.stringify(found, null, 2)}\n`
        : benchReport(found, room.colors),
    );
    return Promise.resolve(EXIT.worked);
  });
}

/** A program that cannot be run cannot be measured. */
function running<T>(dir: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof ProgramError || error instanceof SubjectError)) throw error;
    throw new UsageError(`${dir} cannot be measured: ${error.message}`);
  }
}

function bench(dir: string, room: Room): BenchDocument {
  const subject = loadSubject(dir);
  const say = (text: string): void =>
    void (room.progress.isTTY === true && room.progress.write(`${text} …\n`));
  say("an event, part by part");
  const event = measureParts(subject); // first, which warms the hour up
  say("a quiet hour");
  const hour = quietHour(subject);
  say("module instances");
  const suite = findSuite(hiddenSuites(room.root), "1");
  const instances = measureInstances(loadScenes(suite.folder), subject);
  say("start-up");
  const startup = measureStartup(room.root);
  say("commits");
  const commits = measureCommits(subject);
  say("MIT's tests");
  const mit = { raft: measureMit("raft", room.root, dir), kv: measureMit("kv", room.root, dir) };
  return {
    schema: "replication-labs/bench/1",
    node: process.version,
    subject: dir,
    hour,
    event,
    instances,
    startup,
    mit,
    commits,
  };
}

function quietHour(subject: Subject): Hour {
  const world = quietCluster(raftOf(subject), [new Trace(), ...monitors()]);
  const cost = costOf(() => world.runUntil(HOUR));
  return { events: world.inputCount, ...cost };
}
