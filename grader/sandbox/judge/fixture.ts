import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Actor, RecordedSubject, type Order } from "../../../labs/kit/border";
import type { Outcome } from "../../../labs/kit/scene/outcome";
import { registered, type Scene } from "../../../labs/kit/scene/registry";
import type { Subject } from "../../../labs/kit/subject";
import { LostError } from "../cell/cell";
import type { Command } from "../command";
import type { Box } from "./judge";

/** The folder of the course. */
export const ROOT = path.join(__dirname, "..", "..", "..");

/** The reference. */
export const SOLUTIONS = path.join(ROOT, "solutions");

/** How a sandbox lies. What it says is JSON, as text. */
export interface Lies {
  /** What it tells in place of the transcript of a run, record by record; it may go on without an end. */
  readonly transcript?: (records: readonly unknown[], run: number) => Iterable<string>;
  /** What it answers in place of the answer to an order. */
  readonly answer?: (answer: unknown, order: Order) => string;
  /** What it answers when it is given the program. */
  readonly welcome?: () => string;
}

/** A sandbox that runs in this process, honest but for its {@link Lies}. */
export class FakeBox implements Box {
  readonly cpuMs = 0;
  readonly heard: Command[] = [];
  isClosed = false;
  private words: Iterator<string> = [][Symbol.iterator]();
  private readonly actor: Actor;
  private runs = 0;

  constructor(
    private readonly subject: Subject,
    private readonly lies: Lies,
  ) {
    this.actor = new Actor(subject);
  }

  begin(): void {
    // It has no limits.
  }

  send(command: Command): void {
    const known = JSON.parse(JSON.stringify(command)) as Command;
    this.heard.push(known);
    this.words = this.reply(known)[Symbol.iterator]();
  }

  receive(): unknown {
    const next = this.words.next();
    if (next.done === true) throw new LostError({ how: "exit code 0", lastWords: "" });
    return JSON.parse(next.value);
  }

  close(): void {
    this.isClosed = true;
  }

  /** True if it was asked input by input. */
  get isActor(): boolean {
    return this.heard.some(({ kind }) => kind === "order");
  }

  private reply(command: Command): Iterable<string> {
    const {
      transcript,
      answer = (plain: unknown): string => JSON.stringify(plain),
      welcome = () => "null",
    } = this.lies;
    switch (command.kind) {
      case "subject":
        return [welcome()];
      case "suite":
        return ["null"];
      case "order":
        return [answer(this.actor.obey(command.order), command.order)];
      case "play": {
        const records = recordsOf(this.subject, sceneOf(command.lab, command.scene), command.seed);
        return transcript === undefined ? pieces(records) : transcript(records, ++this.runs);
      }
    }
  }
}

/** All that is told of a run. */
export function recordsOf(subject: Subject, scene: Scene, seed: number): unknown[] {
  const texts: string[] = [];
  const recorded = new RecordedSubject(subject, (batch) => texts.push(JSON.stringify(batch)));
  scene.play(recorded, seed, { rehearsal: true });
  recorded.end();
  return texts.flatMap((text) => JSON.parse(text) as unknown[]);
}

/** A transcript as pieces of three records. */
export function* pieces(records: readonly unknown[]): Iterable<string> {
  for (let i = 0; i < records.length; i += 3) yield JSON.stringify(records.slice(i, i + 3));
}

function sceneOf(lab: number, name: string): Scene {
  const found = registered().find((scene) => scene.lab === lab && scene.name === name);
  if (found === undefined) throw new Error(`no scene “${name}”`);
  return found;
}

/** What all ways to play a run must agree in; events show their last lines for people. */
export function essence({ verdict, hash, inputs, virtualMs, failure }: Outcome): object {
  if (failure === undefined) return { verdict, hash, inputs, virtualMs };
  const { rule, message, server, events } = failure;
  return { verdict, hash, inputs, virtualMs, rule, message, server, failedAt: failure.virtualMs, events };
}

/** The reference with some files of it changed, in a folder that is removed afterwards. */
export async function withProgram<T>(
  changes: Readonly<Record<string, (text: string) => string>>,
  body: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "program-"));
  try {
    cpSync(SOLUTIONS, folder, { recursive: true });
    for (const [file, change] of Object.entries(changes)) {
      const place = path.join(folder, file);
      writeFileSync(place, change(readFileSync(place, "utf8")));
    }
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
