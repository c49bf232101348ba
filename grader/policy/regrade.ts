import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { writeDurably } from "../batch/durable";
import { safeName } from "../batch/names";
import { standing } from "./attempts";
import { readStandings, readSubmissions } from "./class-folder";
import type { Course } from "./course";
import { KEPT, worth } from "./kept";
import { marksOf } from "./marking";
import type { Marks } from "./marks";
import { reasonsFor } from "./reasons";
import { unknownScenes } from "./scenes";

/** What another policy, or other facts, make of one student's marks. */
export interface Move {
  readonly student: string;
  /** The safe name. */
  readonly file: string;
  readonly before: Marks;
  readonly after: Marks;
  /** By how much the marks move, as a share of the maximum; 0 if only the scale is another. */
  readonly by: number;
  /** A sentence a lab. */
  readonly reasons: readonly string[];
}

/** What a regrade comes to. */
export interface Regrade {
  /** Whose marks move: those that rise first, those that fall last, and the largest steps first. */
  readonly moves: readonly Move[];
  /** How many stay as they are. */
  readonly same: number;
  /** Scenes that the policy names and the facts of a lab do not know. */
  readonly unknown: readonly { readonly lab: number; readonly name: string }[];
}

/**
 * Computes the marks of a class anew from its facts. Whose submission it is and when it came are never changed: they are as
 * they were first marked. Nothing is written.
 *
 * @param out - the folder of the class
 * @throws UsageError if it is none, or a document in it cannot be read
 */
export function regrade(out: string, course: Course): Regrade {
  const attempts = new Map<string, Marks[]>();
  const unknown = new Map<string, { lab: number; name: string }>();
  readSubmissions(out, (grade, { student, submission, submittedAt }) => {
    const marks = marksOf(grade, course, { student, submission, submittedAt });
    attempts.set(student, [...(attempts.get(student) ?? []), marks]);
    for (const { lab, scenes } of grade.only === undefined ? grade.labs : []) {
      for (const name of unknownScenes(lab, scenes, course)) unknown.set(`${lab} ${name}`, { lab, name });
    }
  });
  const earlier = readStandings(out);
  const moves: Move[] = [];
  for (const [student, marks] of attempts) {
    const file = safeName(student);
    const before = earlier.get(file);
    const after = standing(marks, course);
    if (before !== undefined && hasMoved(before, after)) moves.push(moveOf(student, file, before, after));
  }
  moves.sort((a, b) => Math.sign(b.by) - Math.sign(a.by) || Math.abs(b.by) - Math.abs(a.by));
  return { moves, same: attempts.size - moves.length, unknown: [...unknown.values()] };
}

/** True for marks that fall. */
export function falls({ by }: Move): boolean {
  return by < 0;
}

/**
 * Lays aside the marks that students keep, before new ones are written; with `lower`, nobody keeps any.
 *
 * @param out - the folder of the class
 */
export function layAside(out: string, moves: readonly Move[], lower: boolean): void {
  const folder = path.join(out, KEPT);
  mkdirSync(folder, { recursive: true });
  for (const move of moves) {
    const file = path.join(folder, `${move.file}.json`);
    if (falls(move) && !lower) writeDurably(file, `${JSON.stringify(move.before, undefined, 2)}\n`);
    else rmSync(file, { force: true });
  }
}

function hasMoved(before: Marks, after: Marks): boolean {
  return (
    before.points !== after.points || before.maxPoints !== after.maxPoints || before.final !== after.final
  );
}

function moveOf(student: string, file: string, before: Marks, after: Marks): Move {
  const by = Math.round((worth(after) - worth(before)) * 1e9) / 1e9;
  const reasons = reasonsFor(before, after);
  if (before.final !== after.final)
    reasons.push(after.final ? "they are final now" : "they are not final any more");
  return { student, file, before, after, by, reasons };
}
