import type { History } from "./history";

/** Where in a history each id is: a table if the ids are small whole numbers, as they mostly are, else a map. */
export class Ids {
  private readonly table: Int32Array;
  private readonly map = new Map<number, number>();
  /** An id that two operations have, if any has. */
  readonly twice: number | undefined;

  constructor(history: History) {
    // One place more than an id needs: there 0 means that no operation has it.
    this.table = new Int32Array(4 * history.length);
    for (let i = 0; i < history.length; i++) {
      const id = history[i]?.id ?? 0;
      if (this.of(id) !== undefined) this.twice ??= id;
      if (this.isSmall(id)) this.table[id] = i + 1;
      else this.map.set(id, i);
    }
  }

  /** The place of the operation in the history, from 0; undefined if none has the id. */
  of(id: number): number | undefined {
    if (!this.isSmall(id)) return this.map.get(id);
    const found = this.table[id] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  private isSmall(id: number): boolean {
    return id >= 0 && id < this.table.length && Number.isInteger(id);
  }
}
