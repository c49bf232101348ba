import {
  copyPlain,
  type Answer,
  type BootInput,
  type Driver,
  type PlainData,
  type RunningInput,
  type ServerId,
} from "../../labs/kit/program";

/** Something that a program said, before it was copied. */
interface Said {
  /** What was said before in the same place: a copy follows it. */
  readonly place: string;
  readonly data: PlainData;
}

/** Writes down all that programs answer, and what of it had to be copied. */
export class Recorder implements Driver {
  readonly answers: Answer[] = [];
  private readonly said: Said[] = [];

  constructor(private readonly driver: Driver) {}

  boot(server: ServerId, now: number, input: BootInput): Answer {
    return this.record(server, this.driver.boot(server, now, input));
  }

  deliver(server: ServerId, now: number, input: RunningInput): Answer {
    return this.record(server, this.driver.deliver(server, now, input));
  }

  crash(server: ServerId): void {
    this.driver.crash(server);
  }

  weigh(server: ServerId): number {
    return this.driver.weigh(server);
  }

  capture(): unknown {
    return this.driver.capture();
  }

  restore(captured: unknown): void {
    this.driver.restore(captured);
  }

  /** Copies all that was said once more, as a context does. */
  copyAgain(): void {
    const before = new Map<string, PlainData>();
    for (const { place, data } of this.said) before.set(place, copyPlain(data, "data", before.get(place)));
  }

  private record(server: ServerId, answer: Answer): Answer {
    this.answers.push(answer);
    for (const effect of answer.effects) {
      if (effect.kind === "call") this.say(`${server} call`, effect.request);
      else if (effect.kind === "reply") this.say(`${server} reply`, effect.reply);
      else if (effect.kind === "save") this.say(`${server} save`, effect.state);
    }
    return answer;
  }

  private say(place: string, data: PlainData): void {
    this.said.push({ place, data: structuredClone(data) });
  }
}

/** Answers as was recorded, without any program: what remains is the cost of the world itself. */
export class Replayer implements Driver {
  private next = 0;

  constructor(private readonly answers: readonly Answer[]) {}

  boot(): Answer {
    return this.answer();
  }

  deliver(): Answer {
    return this.answer();
  }

  crash(): void {
    // Nothing lives here.
  }

  weigh(): number {
    return 0; // there is no program
  }

  capture(): number {
    return this.next;
  }

  restore(captured: unknown): void {
    this.next = Number(captured);
  }

  private answer(): Answer {
    const answer = this.answers[this.next++];
    if (answer === undefined) throw new Error("the world asks for more than was recorded");
    return answer;
  }
}
