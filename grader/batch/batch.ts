import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { JudgeError, type Pool } from "../../labs/runner/pool";
import { grade, gradeRefused, type Order } from "../grading/grade";
import type { Grade } from "../schema/grade";
import type { Entry } from "./discover";
import { sha256OfFile, writeDurably } from "./durable";
import type { Listener } from "./events";
import { type Known, skeletonOf, type Taken, takeIn } from "./intake";
import { Journal } from "./journal";
import { type Lane, runLanes } from "./lanes";
import type { Settings } from "./settings";
import { shareGrade } from "./share";
import { Twins } from "./twins";

/** What is to be done with a class. */
export interface BatchOrder {
  /** The folder of the results, which this process has locked. */
  readonly out: string;
  readonly entries: readonly Entry[];
  /** What is the same for all submissions. */
  readonly common: Omit<Order, "subject" | "remarks">;
  readonly settings: Settings;
  /** So many submissions are judged at a time. */
  readonly lanes: readonly Lane[];
}

/** How a batch ended. */
export interface BatchEnd {
  readonly taken: readonly Taken[];
  /** Submissions that could not be judged by our own fault, and why. */
  readonly ungraded: ReadonlyMap<Taken, string>;
  /** False if it was interrupted before everything was judged. */
  readonly isWhole: boolean;
}

/** Submissions with the same files: one of them is judged. */
type Group = readonly [Taken, ...Taken[]];

/** Where the grade document of a submission lies. */
export function gradeFile(out: string, { file }: Known): string {
  return path.join(out, "grades", `${file}.json`);
}

/**
 * Gives every submission its grade document, and judges only what has none from an earlier batch in the same folder. Whatever moment this process is
 * killed at, the folder can be taken up again: a document is complete and on the disk before the journal says so, and counts only then.
 *
 * @param draining - once it is aborted, what is being judged is ended, and nothing else begun
 */
export async function runBatch(order: BatchOrder, draining: AbortSignal, tell: Listener): Promise<BatchEnd> {
  const { out, lanes } = order;
  mkdirSync(path.join(out, "grades"), { recursive: true });
  const journal = Journal.open(path.join(out, "journal.ndjson"), order.settings);
  try {
    const books = new Books(order, journal);
    const taken = await takeAll(order, draining);
    for (const each of taken) if (each.refusal !== undefined) books.refuse(each, each.refusal);
    const waiting = new Twins(taken).groups().filter((group) => !books.settle(group));
    const waitingNow = waiting.reduce((sum, group) => sum + group.length, 0);
    tell({ event: "begun", submissions: taken.length, done: taken.length - waitingNow, lanes: lanes.length });
    const ungraded = new Map<Taken, string>();
    await runLanes(
      lanes,
      waiting,
      async (lane, group) => {
        const message = await judge(lane, group, books, tell);
        if (message !== undefined) for (const each of group) ungraded.set(each, message);
      },
      draining,
    );
    const isWhole = taken.every((each) => ungraded.has(each) || journal.judged.has(each.entry.name));
    return { taken, ungraded, isWhole: isWhole && taken.length === order.entries.length };
  } finally {
    journal.close();
  }
}

async function takeAll({ entries, out, common }: BatchOrder, draining: AbortSignal): Promise<Taken[]> {
  const skeleton = skeletonOf(common.root);
  const taken: Taken[] = [];
  for (const entry of entries) {
    const each = await takeIn(entry, out, skeleton);
    if (draining.aborted) break; // Ctrl-C may have ended a git that it asked
    taken.push(each);
  }
  return taken;
}

/** @returns why it could not be judged, if it could not */
async function judge(lane: Lane, group: Group, books: Books, tell: Listener): Promise<string | undefined> {
  const [first, ...others] = group;
  const { name } = first.entry;
  tell({ event: "judging", name });
  try {
    const found = await judgeFully(lane, first, books);
    for (const other of others) books.share(found, other);
    const { points, maxPoints, wallMs, judgeErrors } = found;
    const identical = others.map(({ entry }) => entry.name);
    tell({ event: "judged", name, points, maxPoints, wallMs, judgeErrors: judgeErrors.left, identical });
    return undefined;
  } catch (error) {
    if (!(error instanceof JudgeError)) throw error;
    tell({ event: "ungraded", name, message: error.message });
    return error.message;
  } finally {
    lane.next();
  }
}

/** Where an error of the grader is left, the process itself may be what is broken: once more, in a new one. */
async function judgeFully(lane: Lane, taken: Taken, books: Books): Promise<Grade> {
  const found = await lane.use((pool) => books.judge(pool, taken));
  if (found.judgeErrors.left === 0) return found;
  lane.renew();
  const again = await lane.use((pool) => books.judge(pool, taken));
  if (again.judgeErrors.left > 0) lane.renew();
  return again;
}

/** Grade documents, on the disk and in the journal. */
class Books {
  constructor(
    private readonly order: BatchOrder,
    private readonly journal: Journal,
  ) {}

  /** Plays the scenes on a submission. */
  async judge(pool: Pool, taken: Taken): Promise<Grade> {
    const graded = await grade(pool, this.orderOf(taken), performance.now(), {});
    this.write(taken, graded.grade);
    return graded.grade;
  }

  share(found: Grade, taken: Taken): void {
    this.write(taken, shareGrade(found, taken.subject, taken.remarks));
  }

  refuse(taken: Taken, refusal: string): void {
    this.write(taken, gradeRefused(this.orderOf(taken), refusal));
  }

  /** Gives twins the result that one of them has from an earlier batch. @returns whether there is one */
  settle(group: Group): boolean {
    const known = group.find((each) => this.isDone(each));
    if (known === undefined) return false;
    const missing = group.filter((each) => !this.isDone(each));
    if (missing.length > 0) {
      const found = JSON.parse(readFileSync(gradeFile(this.order.out, known), "utf8")) as Grade;
      for (const each of missing) this.share(found, each);
    }
    return true;
  }

  /** Its document fits what the journal says, is of these very files, and no run in it is left that failed by our own fault. */
  private isDone(taken: Taken): boolean {
    const record = this.journal.judged.get(taken.entry.name);
    if (record === undefined || record.left > 0 || record.digest !== taken.digest) return false;
    return sha256OfFile(gradeFile(this.order.out, taken)) === record.sha256;
  }

  private orderOf({ subject, remarks }: Taken): Order {
    return { ...this.order.common, subject, remarks };
  }

  private write(taken: Taken, document: Grade): void {
    const text = `${JSON.stringify(document, undefined, 2)}\n`;
    const sha256 = writeDurably(gradeFile(this.order.out, taken), text);
    const { digest, entry } = taken;
    const earlier = this.journal.judged.get(entry.name);
    if (earlier?.sha256 === sha256 && earlier.digest === digest) return;
    this.journal.add({ name: entry.name, digest, sha256, left: document.judgeErrors.left });
  }
}
