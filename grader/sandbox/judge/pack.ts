import path from "node:path";
import type { Text } from "../../../labs/kit/border";
import { compileProgram } from "../../../labs/kit/subject/load";
import { collectFiles, digestOf } from "../../../labs/kit/subject/files";
import { findModuleState } from "../../../labs/kit/subject/state";
import { harmless } from "./literals";
import type { Parcel } from "../parcel";

/** A submission, ready to be sent into a sandbox, and what is known of its text. */
export interface Packed {
  readonly text: Text;
  readonly parcel: Parcel;
}

/**
 * Reads and compiles the submission in a folder. Nothing of it runs.
 *
 * @throws SubjectError and UsageError like `loadSubject`
 */
export function pack(folder: string): Packed {
  const root = path.resolve(folder);
  const sources = collectFiles(folder);
  const files = compileProgram(root, sources).map(({ file, links }) => ({
    path: file.path,
    scriptName: file.scriptName,
    code: harmless(file.code),
    links: [...links],
    map: file.mapText,
  }));
  return {
    text: { name: folder, digest: digestOf(sources), moduleState: () => findModuleState(sources) },
    parcel: { name: folder, root, files },
  };
}
