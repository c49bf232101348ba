import { existsSync, readFileSync, statSync } from "node:fs";
import { UsageError } from "../../labs/kit/program/errors";
import type { SourceFile } from "../../labs/kit/subject/files";
import { readFolder } from "./folder";
import { isBareRepository, readRepository } from "./git";
import { Intake, RefusedError } from "./intake";
import { findProgram } from "./root";
import { readTarGz } from "./tar";
import { readZip } from "./zip";

/** An archive may have so many bytes; a program of this course has a hundredth of it. */
const ARCHIVE = 16 * 1024 * 1024;

const NAME = "name a folder, a .zip, a .tar.gz or a bare git repository";

/** What somebody handed in. */
export interface Submission {
  /** The files that count, with paths relative to the program's own folder. */
  readonly files: readonly SourceFile[];
  /** Where that folder lies in what was handed in; `""` for its root. */
  readonly folder: string;
  /** What was left out and why, a line each. */
  readonly remarks: readonly string[];
}

/**
 * Reads a submission: a folder, a .zip, a .tar.gz or a bare git repository. Nothing of it is run, and nothing is written.
 *
 * @throws UsageError if there is nothing of that name; RefusedError if it is not taken
 */
export async function readSubmission(place: string): Promise<Submission> {
  if (!existsSync(place)) throw new UsageError(`there is no “${place}”; ${NAME}`);
  const intake = new Intake();
  const stat = statSync(place);
  if (stat.isDirectory()) {
    if (isBareRepository(place)) await readRepository(place, intake);
    else readFolder(place, intake);
  } else if (!isArchive(place)) {
    throw new UsageError(
      `“${place}” is no submission; name a folder, a .zip, a .tar.gz or a bare git repository`,
    );
  } else if (stat.size > ARCHIVE) {
    throw new RefusedError(`it has more than ${ARCHIVE / 1024 / 1024} MiB; hand in the program alone`);
  } else if (place.toLowerCase().endsWith(".zip")) {
    await readZip(readFileSync(place), intake);
  } else {
    await readTarGz(place, intake);
  }
  const { files, folder } = findProgram(intake.files);
  const remarks = folder === "" ? [] : [`the program lies in ${folder}`];
  return { files, folder, remarks: [...remarks, ...intake.remarks] };
}

/** True for a name that ends as an archive's does. */
export function isArchive(name: string): boolean {
  return /\.(zip|tar\.gz|tgz)$/i.test(name);
}
