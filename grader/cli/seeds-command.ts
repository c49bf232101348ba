import { existsSync } from "node:fs";
import { commandLine } from "../../labs/desk/command-line";
import { readSecret, Secret, SECRET_FILE, writeSecret } from "../grading/secret";
import { EXIT, runCommand } from "./command";
import type { Room } from "./room";

const NOTES = `
Before the deadline:  npm run grade -- seeds commit      publish the line that it prints
To grade:             npm run grade -- DIR --secret ${SECRET_FILE}
After the deadline:   npm run grade -- seeds reveal      publish the secret; anyone can then play every run again

A seed is the first 32 bits of HMAC-SHA256 (key: the 64 digits of the secret) over the JSON text [lab,"scene",number], numbers from 0.`;

/**
 * The command `grade seeds`: draws the secret from which hidden seeds derive, and shows it when its time has come.
 *
 * @param args - the command line behind \`seeds\`
 * @returns the exit code
 */
export function runSeeds(args: readonly string[], room: Room): Promise<number> {
  return runCommand(room, async () => {
    const command = commandLine(
      "grade",
      "Hidden seeds that nobody can have known, or chosen afterwards.",
      room,
    );
    command.name("npm run grade -- seeds").addHelpText("after", NOTES);
    const file = ["--secret <file>", "where it lies", SECRET_FILE] as const;
    command
      .command("commit")
      .description("draws the secret unless there is one, and prints its hash")
      .option(...file)
      .action((options: { secret: string }) => room.out(commit(options.secret)));
    command
      .command("reveal")
      .description("prints the secret and its hash")
      .option(...file)
      .action((options: { secret: string }) => room.out(reveal(options.secret)));
    await command.parseAsync(args, { from: "user" });
    return EXIT.worked;
  });
}

function commit(file: string): string {
  if (!existsSync(file)) writeSecret(file, Secret.draw());
  return (
    `${readSecret(file).commitment}\n\n` +
    `Publish this line now: the SHA-256 of the secret in ${file}. Keep that file to yourself, and keep a copy.\n`
  );
}

function reveal(file: string): string {
  const { digits, commitment } = readSecret(file);
  return (
    `${digits}\n\nThe SHA-256 of this line, without its end, is ${commitment}: what was published before.\n` +
    `Whoever has it plays the same runs: npm run grade -- DIR --secret FILE, with the line in FILE.\n`
  );
}
