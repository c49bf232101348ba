import type { Driver } from "../program/driver";
import type { ProgramClass } from "../program/protocol";
import type { Cast, Instances } from "./part";

/**
 * The program under test: a folder of `.ts` files (`skeleton/`, `solutions/`, a submission). Chosen at run
 * time; nothing in the repository imports it by name.
 */
export interface Subject {
  /** The folder, as the user named it. */
  readonly name: string;
  /** SHA-256 over names and contents of the files that count, in hex. */
  readonly digest: string;
  /**
   * Runs the programs of one world: in this process, or wherever this subject's programs run.
   *
   * @param cast - what each server runs
   */
  driver(cast: Cast, instances: Instances): Driver;
  /**
   * The class `exportName` of `file`.
   *
   * @param instance - `"fresh"` evaluates the submission's modules anew, so that no module-level variable is
   *   shared with any other call; `"shared"` evaluates them once
   * @throws {@link SubjectError} if there is no such file or class, or it throws on load
   */
  programClass(file: string, exportName: string, instance: Instances): ProgramClass;
  /**
   * The value `exportName` of `file`, whose modules are evaluated anew. Whoever asks checks what it is.
   *
   * @throws {@link SubjectError} if there is no such file or export, or it throws on load
   */
  exported(file: string, exportName: string): unknown;
  /** The lines of `error`'s stack that lie in the submission, as `raft/raft.ts:12:5`, innermost first. */
  stackOf(error: unknown): string[];
  /** Places that look like module-level variables which change, as `raft/raft.ts:3: let counter`. */
  moduleState(): string[];
}

/** The submission cannot be run at all: a clear line for each thing that is wrong. */
export class SubjectError extends Error {
  override readonly name = "SubjectError";

  constructor(
    readonly verdict: "does-not-compile" | "not-gradable",
    readonly lines: readonly string[],
  ) {
    super(lines.join("\n"));
  }
}
