import type { Answer, BootInput, Driver, PlainData, ProgramClass, RunningInput, ServerId } from "../program";
import type { Cast, Instances, Subject } from "../subject";
import { Codec } from "./codec";
import { plainExport, writeAnswer, writeError } from "./telling";

/** Answers go out so many at a time. */
const BATCH = 512;

/** How a transcript ends. */
export const END = { end: true } as const;

/**
 * A subject that runs in this process while everything it does is written down: its answers to the inputs, what it weighs, what it
 * exports, in the order in which somebody asked. A `Transcript` of the transcript needs nothing else to play the same run again.
 */
export class RecordedSubject implements Subject {
  readonly name: string;
  readonly digest: string;
  private readonly codec = new Codec();
  private batch: unknown[] = [];

  /** @param send - gets the transcript, in pieces */
  constructor(
    private readonly subject: Subject,
    private readonly send: (batch: readonly unknown[]) => void,
  ) {
    this.name = subject.name;
    this.digest = subject.digest;
  }

  driver(cast: Cast, instances: Instances): Driver {
    const write = <T>(ask: () => T, code: (codec: Codec, answer: T) => unknown): T => this.tell(ask, code);
    return new RecordedDriver(this.subject.driver(cast, instances), write);
  }

  /** See `Subject.exported`. */
  exported(file: string, exportName: string): unknown {
    return this.tell(
      () => this.subject.exported(file, exportName),
      (codec, value) => ({ exported: codec.encode(plainExport(value)) }),
    );
  }

  /** See `Subject.programClass`. */
  programClass(file: string, exportName: string, instances: Instances): ProgramClass {
    return this.subject.programClass(file, exportName, instances);
  }

  stackOf(error: unknown): string[] {
    return this.subject.stackOf(error);
  }

  moduleState(): string[] {
    return this.subject.moduleState();
  }

  /** The run is over. */
  end(): void {
    this.write(END);
    this.flush();
  }

  private tell<T>(ask: () => T, code: (codec: Codec, answer: T) => unknown): T {
    let answer: T;
    try {
      answer = ask();
    } catch (error) {
      this.write(writeError(error) ?? { error: ["own", String(error)] });
      throw error;
    }
    this.write(code(this.codec, answer));
    return answer;
  }

  private write(record: unknown): void {
    this.batch.push(record);
    if (this.batch.length >= BATCH) this.flush();
  }

  private flush(): void {
    this.send(this.batch);
    this.batch = [];
  }
}

type Write = <T>(ask: () => T, code: (codec: Codec, answer: T) => unknown) => T;

class RecordedDriver implements Driver {
  private saved = new Map<ServerId, PlainData>();

  constructor(
    private readonly driver: Driver,
    private readonly write: Write,
  ) {}

  boot(server: ServerId, now: number, input: BootInput): Answer {
    if (input.saved === undefined) this.saved.delete(server);
    else this.saved.set(server, input.saved);
    return this.answer(server, () => this.driver.boot(server, now, input));
  }

  deliver(server: ServerId, now: number, input: RunningInput): Answer {
    return this.answer(server, () => this.driver.deliver(server, now, input));
  }

  crash(server: ServerId): void {
    this.driver.crash(server);
  }

  weigh(server: ServerId): number {
    return this.write(
      () => this.driver.weigh(server),
      (_codec, bytes) => bytes,
    );
  }

  capture(): unknown {
    return { driver: this.driver.capture(), saved: new Map(this.saved) };
  }

  restore(captured: unknown): void {
    const { driver, saved } = captured as { driver: unknown; saved: ReadonlyMap<ServerId, PlainData> };
    this.driver.restore(driver);
    this.saved = new Map(saved);
  }

  private answer(server: ServerId, ask: () => Answer): Answer {
    return this.write(ask, (codec, answer) => {
      const coded = writeAnswer(codec, answer, this.saved.get(server));
      for (const effect of answer.effects) if (effect.kind === "save") this.saved.set(server, effect.state);
      return coded;
    });
  }
}
