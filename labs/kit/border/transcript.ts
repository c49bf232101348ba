import type { Answer } from "../program";
import { BorderError, Codec } from "./codec";
import type { Teller } from "./ghost";
import { END } from "./recorder";
import { readAnswer, throwIfError } from "./telling";

/** Reads the transcript of a run piece by piece, and tells what programs did as if they did it now. */
export class Transcript implements Teller {
  private readonly codec = new Codec();
  private batch: readonly unknown[] = [];
  private at = 0;

  /** @param receive - the next piece; whatever it throws ends the run */
  constructor(private readonly receive: () => unknown) {}

  boot(): Answer {
    return readAnswer(this.codec, this.next());
  }

  deliver(): Answer {
    return readAnswer(this.codec, this.next());
  }

  crash(): void {
    // Whoever wrote the transcript knows.
  }

  weigh(): number {
    const bytes = this.next();
    if (typeof bytes === "number" && bytes >= 0 && Number.isFinite(bytes)) return bytes;
    throw new BorderError("a weight is none");
  }

  exported(): unknown {
    const record = this.next();
    if (typeof record !== "object" || record === null || !("exported" in record)) {
      throw new BorderError("an export is none");
    }
    return this.codec.decode(record.exported);
  }

  capture(): unknown {
    return undefined; // the world comes back to this moment, the transcript goes on
  }

  restore(): void {
    // See `capture`.
  }

  /** True if nothing is left of the transcript but its end. What else is left is not read: it might not end. */
  ends(): boolean {
    return isEnd(this.record()) && this.at === this.batch.length;
  }

  private next(): unknown {
    const record = this.record();
    if (isEnd(record)) throw new BorderError("a transcript is shorter than the run");
    throwIfError(record);
    return record;
  }

  private record(): unknown {
    while (this.at >= this.batch.length) {
      const batch = this.receive();
      if (!Array.isArray(batch) || batch.length === 0) {
        throw new BorderError("a piece of a transcript is no list of records");
      }
      this.batch = batch;
      this.at = 0;
    }
    return this.batch[this.at++];
  }
}

function isEnd(record: unknown): boolean {
  return typeof record === "object" && record !== null && "end" in record && record.end === END.end;
}
