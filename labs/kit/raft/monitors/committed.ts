import { textOfPlain, type PlainData } from "../../program";
import type { LogEntry } from "../messages";

/**
 * All that is known to be committed, by index, and the state that the harness as a service has after each entry: a
 * digest that depends on all entries so far. Entries that only a snapshot of a puppet covers are unknown.
 */
export class Committed {
  private readonly entries: (LogEntry | undefined)[] = [];
  private readonly terms: number[] = [];
  private readonly times: number[] = [];
  /** After entry i: `digests[i]`; undefined where an unknown entry precedes. */
  private readonly digests: (number | undefined)[] = [0];

  /** The last committed index. */
  get length(): number {
    return this.entries.length;
  }

  entry(index: number): LogEntry | undefined {
    return this.entries[index - 1];
  }

  /** The term in which entry `index` became committed. */
  termOf(index: number): number | undefined {
    return this.terms[index - 1];
  }

  /** When entry `index` became committed, virtual ms. */
  since(index: number): number | undefined {
    return this.times[index - 1];
  }

  /** The next entry is committed, in `term`, at virtual time `at`. */
  append(entry: LogEntry | undefined, term: number, at: number): void {
    this.entries.push(entry);
    this.terms.push(term);
    this.times.push(at);
    this.digests.push(undefined);
    this.digestFrom(this.length);
  }

  /** An entry that was unknown shows up. */
  fill(index: number, entry: LogEntry): void {
    if (index > this.length || this.entry(index) !== undefined) return;
    this.entries[index - 1] = entry;
    this.digestFrom(index);
  }

  /** The digest after entry `index`, as eight hexadecimal digits. */
  digest(index: number): string | undefined {
    return this.digests[index]?.toString(16).padStart(8, "0");
  }

  /** A digest that cannot be computed, because entries before it are unknown. */
  adopt(index: number, digest: string): void {
    if (index > this.length || this.digests[index] !== undefined) return;
    this.digests[index] = Number.parseInt(digest, 16);
    this.digestFrom(index + 1);
  }

  private digestFrom(start: number): void {
    for (let i = start; i <= this.length && this.digests[i] === undefined; i++) {
      const before = this.digests[i - 1];
      const entry = this.entry(i);
      if (before === undefined || entry === undefined) return;
      this.digests[i] = fnv(fnv(before, `${entry.term},`), textOfPlain(entry.command));
    }
  }
}

/** FNV-1a over the text's UTF-16 units, begun where another digest ended. */
function fnv(digest: number, text: string): number {
  let hash = digest ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** What the harness hands to `raft.snapshot`: the state after entry `index`, with `padding` bytes of ballast. */
export function serviceState(index: number, digest: string, padding: string): PlainData {
  return padding === "" ? { index, digest } : { index, digest, padding };
}
