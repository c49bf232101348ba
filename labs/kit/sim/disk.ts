import { equalPlain, sizeOfPlain, type PlainData } from "../program";

/** One server's disk: the last saved state, whole. A save is durable, and atomic, the instant it is carried out. */
export class Disk {
  private content: PlainData | undefined;
  private counts = { writes: 0, changes: 0, bytesWritten: 0 };

  /** What a restart finds; undefined before the first save. */
  get saved(): PlainData | undefined {
    return this.content;
  }

  /** Saves so far. */
  get writes(): number {
    return this.counts.writes;
  }

  /** Saves so far that changed something. */
  get changes(): number {
    return this.counts.changes;
  }

  /** Sum of the sizes of all saved states. */
  get bytesWritten(): number {
    return this.counts.bytesWritten;
  }

  /** Size of what is saved now, in bytes. */
  get size(): number {
    return this.content === undefined ? 0 : sizeOfPlain(this.content);
  }

  save(state: PlainData): void {
    this.counts.writes++;
    if (!equalPlain(state, this.content)) this.counts.changes++;
    this.counts.bytesWritten += sizeOfPlain(state);
    this.content = state;
  }

  clone(): Disk {
    const copy = new Disk();
    copy.content = this.content;
    copy.counts = { ...this.counts };
    return copy;
  }
}
