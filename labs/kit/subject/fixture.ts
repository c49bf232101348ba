import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { subjectOf } from "./load";
import { SubjectError, type Subject } from "./subject";

/** Programs for the tests of this folder, written as text: many of them are broken on purpose. */
export type Files = Readonly<Record<string, string>>;

/** A submission that exists in memory only. */
export function subject(files: Files): Subject {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return subjectOf("submission", join(tmpdir(), "submission"), sources);
}

/** A submission of one file, `raft/raft.ts`. */
export function raft(text: string): Subject {
  return subject({ "raft/raft.ts": text });
}

/** The lines of the {@link SubjectError} that `body` throws, the verdict before them. */
export function refusal(body: () => unknown): string[] {
  try {
    body();
  } catch (error) {
    if (error instanceof SubjectError) return [error.verdict, ...error.lines];
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Builds the class of a subject: fields and methods may be reached by name. */
export function build(from: Subject, instance: "fresh" | "shared" = "fresh", ctx: unknown = {}): Built {
  const Raft = from.programClass("raft/raft.ts", "Raft", instance) as unknown as new (ctx: unknown) => Built;
  return new Raft(ctx);
}

/** An instance of some student's class. */
export type Built = Record<string, (...args: unknown[]) => unknown>;

/** Calls `body` with a new temporary folder that holds `files`, and removes it. */
export function withFolder<T>(files: Files, body: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), "subject-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    return body(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
