import { Option } from "commander";
import { commandLine } from "../../labs/desk/command-line";
import { UsageError } from "../../labs/kit/program/errors";
import { EXIT, runCommand } from "../cli/command";
import type { Room } from "../cli/room";
import { choosePlace, type Wish } from "../sandbox/place";
import { ISOLATIONS } from "../schema/grade";
import { type Attack, ATTACKS } from ".";
import { Trial, trialPool } from "./trial";

const NOTES = `
Examples:
  npm run hostile                            all attacks, in the strongest sandbox there is, by transcript
  npm run hostile -- --isolation permission --strict
  npm run hostile -- --only loop             those whose name contains this text

Exit code: 0 the grader has held; 1 it has not; 2 wrong usage; 4 an error of the grader.`;

/** So many attacks, and the neighbour is played again: it must not have noticed. */
const ROUND = 10;

interface Options extends Wish {
  readonly only?: string;
}

/** The command `hostile`: tries attacks and says which of them the grader does not survive. */
export function runHostile(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, async () => {
    const options = parse(args, room);
    const attacks = chosen(options.only);
    const place = choosePlace(options, false);
    const pool = trialPool(place);
    room.signal.addEventListener("abort", () => pool.close(), { once: true });
    try {
      const trial = await Trial.open(room.root, pool, place);
      try {
        return await tryAll(attacks, trial, room);
      } finally {
        await trial.close();
      }
    } finally {
      pool.close();
    }
  });
}

function parse(args: readonly string[], room: Room): Options {
  const command = commandLine("hostile", "Tries hostile programs on the grader.", room)
    .addOption(
      new Option("--isolation <kind>", "where programs run").choices(["auto", ...ISOLATIONS]).default("auto"),
    )
    .option("--strict", "judge and program talk input by input, not by transcript")
    .option("--only <text>", "the attacks whose name contains this text")
    .addHelpText("after", NOTES);
  command.parse(args, { from: "user" });
  return command.opts<Options>();
}

function chosen(only = ""): readonly Attack[] {
  const attacks = ATTACKS.filter(({ name }) => name.includes(only));
  if (attacks.length === 0) throw new UsageError(`no attack's name contains “${only}”`);
  return attacks;
}

async function tryAll(attacks: readonly Attack[], trial: Trial, room: Room): Promise<number> {
  let holes = 0;
  let done = 0;
  for (const attack of attacks) {
    const lines = trial.takes(attack) ? await trial.attack(attack) : [];
    done++;
    if (done % ROUND === 0 || done === attacks.length) lines.push(...(await trial.neighbour()));
    if (lines.length > 0) holes++;
    const mark = lines.length > 0 ? room.colors.red("HOLE") : room.colors.green("held");
    room.out(
      [`${mark} ${attack.name}: ${attack.tries}`, ...lines.map((line) => `     ${line}`), ""].join("\n"),
    );
  }
  room.out(`${done} attacks, ${holes} holes\n`);
  return holes > 0 ? EXIT.found : EXIT.worked;
}
