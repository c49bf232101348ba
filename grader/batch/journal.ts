import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { UsageError } from "../../labs/kit/program/errors";
import { syncFolder } from "./durable";
import { refuseOther, type Settings, settingsSchema } from "./settings";

/** Names the form of the records. */
const JOURNAL_SCHEMA = "replication-labs/journal/1";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const begun = z.object({
  kind: z.literal("begun"),
  schema: z.literal(JOURNAL_SCHEMA),
  settings: settingsSchema,
});

const judged = z.object({
  kind: z.literal("judged"),
  /** Of the submission. */
  name: z.string(),
  /** Over its files that count; null if it was refused. */
  digest: sha256.nullable(),
  /** Of its grade document, byte by byte. */
  sha256,
  /** Runs that ended in an error of the grader; if there is one, it is judged again when the batch is taken up again. */
  left: z.int().min(0),
});

/** A submission has its grade document. */
export type Judged = z.infer<typeof judged>;

/**
 * What a batch has done so far: a file that is only ever appended to, a record a line. A record counts once it is on the disk, and
 * is written only when what it tells of is.
 */
export class Journal {
  private constructor(
    private readonly open: number,
    /** By name of the submission; the last record counts. */
    readonly judged: Map<string, Judged>,
  ) {}

  /**
   * Takes up a journal, or begins one. A last line that is not whole is cut off: whoever wrote it was killed.
   *
   * @throws UsageError if it was begun with other settings, or is damaged
   */
  static open(file: string, settings: Settings): Journal {
    const { records, length } = existsSync(file) ? read(file) : { records: [], length: 0 };
    const [first, ...others] = records;
    if (first !== undefined) {
      const { success, data } = begun.safeParse(first);
      if (!success) throw new UsageError(`${file} is no journal of a batch; name another folder with --out`);
      refuseOther(data.settings, settings, path.dirname(file));
    }
    const done = others.map((record, i) => {
      const { success, data } = judged.safeParse(record);
      if (!success) throw damaged(file, i + 2);
      return [data.name, data] as const;
    });
    const open = openSync(file, "a");
    ftruncateSync(open, length);
    const journal = new Journal(open, new Map(done));
    if (first === undefined) journal.append({ kind: "begun", schema: JOURNAL_SCHEMA, settings });
    syncFolder(path.dirname(file));
    return journal;
  }

  /** A grade document is on the disk. */
  add(record: Omit<Judged, "kind">): void {
    const whole = { kind: "judged", ...record } as const;
    this.append(whole);
    this.judged.set(record.name, whole);
  }

  close(): void {
    closeSync(this.open);
  }

  private append(record: object): void {
    writeSync(this.open, `${JSON.stringify(record)}\n`);
    fsyncSync(this.open);
  }
}

/** The records that are whole, and how many bytes they take. */
function read(file: string): { records: unknown[]; length: number } {
  const content = readFileSync(file);
  const records: unknown[] = [];
  let length = 0;
  for (let end = content.indexOf("\n"); end >= 0; end = content.indexOf("\n", length)) {
    const record = parse(content.toString("utf8", length, end));
    if (record === undefined) {
      if (content.indexOf("\n", end + 1) < 0) break; // what follows, if anything, was torn with it
      throw damaged(file, records.length + 1);
    }
    records.push(record);
    length = end + 1;
  }
  return { records, length };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function damaged(file: string, line: number): UsageError {
  return new UsageError(
    `${file}, line ${line} is damaged, by something else than a kill; remove that line, and its submission is judged again`,
  );
}
