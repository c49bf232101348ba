import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { isBareRepository } from "./git";
import { RefusedError } from "./intake";
import { readSubmission } from "./read";

/** A submission that can be played. */
export interface Placed {
  /** The folder of the program. */
  readonly folder: string;
  /** What of the submission does not count, and why. */
  readonly remarks: readonly string[];
}

/**
 * Makes sure that the program of a submission lies in a folder of its own: a folder that is one stays where it is; anything else is
 * unpacked below `out`, where an earlier unpacking of the same name is replaced.
 *
 * @throws UsageError if there is no such thing, or it is not taken
 */
export async function placeSubmission(place: string, out: string): Promise<Placed> {
  const isFolder =
    statSync(place, { throwIfNoEntry: false })?.isDirectory() === true && !isBareRepository(place);
  try {
    const { files, folder, remarks } = await readSubmission(place);
    if (isFolder && folder === "") return { folder: place, remarks };
    const target = path.join(out, path.basename(place).replace(/\.(zip|tar\.gz|tgz|git)$/i, ""));
    rmSync(target, { recursive: true, force: true });
    for (const { path: name, text } of files) {
      const file = path.join(target, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return { folder: target, remarks };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    if (isFolder) return { folder: place, remarks: [] }; // it is graded as it is, and gets its problems told
    throw new UsageError(`“${place}” is not taken: ${error.message}`);
  }
}
