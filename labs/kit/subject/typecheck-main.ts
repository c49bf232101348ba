/**
 * A process of its own for the type check, which takes about a second: prints the lines of {@link typeErrors}
 * for the folder in the first argument as a JSON array. Exit code 2, and one line on standard error, if there
 * is nothing to check.
 *
 * @module
 */
import { UsageError } from "../program/errors";
import { SubjectError } from "./subject";
import { typeErrors } from "./typecheck";

try {
  const dir = process.argv[2];
  if (dir === undefined) throw new UsageError("name the folder to check");
  process.stdout.write(`${JSON.stringify(typeErrors(dir))}\n`);
} catch (error) {
  if (!(error instanceof UsageError || error instanceof SubjectError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
