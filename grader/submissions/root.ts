import type { SourceFile } from "../../labs/kit/subject/files";
import { RefusedError, show } from "./intake";

/** The files by which a program of this course is known, whichever labs it has. */
const MARKS = [
  "warmup/warmup.ts",
  "raft/raft.ts",
  "kv/server.ts",
  "kv/client.ts",
  "quorum/replica.ts",
  "quorum/coordinator.ts",
];

/**
 * The program of a submission, wherever it lies: students pack the folder itself, the folder around it, or their whole checkout. Files
 * outside of it do not count.
 *
 * @returns its files, with paths relative to its own folder, and where that was
 * @throws RefusedError if there is more than one program, or none
 */
export function findProgram(files: readonly SourceFile[]): { files: SourceFile[]; folder: string } {
  const folders = new Set(
    files.flatMap(({ path }) =>
      MARKS.filter((mark) => path === mark || path.endsWith(`/${mark}`)).map((mark) =>
        path.slice(0, -mark.length),
      ),
    ),
  );
  const [folder, other] = [...folders].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  if (folder === undefined) {
    const seen =
      files.length === 0
        ? "it holds no .ts file"
        : `it holds ${files
            .slice(0, 3)
            .map(({ path }) => show(path))
            .join(", ")}`;
    throw new RefusedError(`there is no program of this course in it, such as raft/raft.ts; ${seen}`);
  }
  if (other !== undefined) {
    throw new RefusedError(`it holds two programs, in ${place(folder)} and in ${place(other)}; hand in one`);
  }
  const own = files.filter(({ path }) => path.startsWith(folder));
  return { files: own.map(({ path, text }) => ({ path: path.slice(folder.length), text })), folder };
}

function place(folder: string): string {
  return folder === "" ? "its root" : show(folder);
}
