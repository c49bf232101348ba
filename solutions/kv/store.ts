import type { KvAnswer, KvOperation } from "@labs/kit";

/** A key and what it holds, as it stands in a snapshot. */
export type StoredKey = { readonly key: string; readonly value: string; readonly version: number };

/** The state machine: what the keys hold. A key that was never written holds "", version 0. */
export class Store {
  private readonly cells = new Map<string, { value: string; version: number }>();

  constructor(keys: readonly StoredKey[] = []) {
    for (const { key, value, version } of keys) this.cells.set(key, { value, version });
  }

  get(key: string): KvAnswer {
    const { value, version } = this.cell(key);
    return { value, version };
  }

  execute(operation: KvOperation): KvAnswer {
    const { key } = operation;
    const { value, version } = this.cell(key);
    switch (operation.kind) {
      case "get":
        return { value, version };
      case "put":
        return this.change(key, operation.value);
      case "append":
        return this.change(key, value + operation.value);
      case "cas":
        if (value !== operation.expected) return { swapped: false, version };
        return { swapped: true, ...this.change(key, operation.value) };
    }
  }

  toData(): StoredKey[] {
    return Array.from(this.cells, ([key, cell]) => ({ key, ...cell }));
  }

  private change(key: string, value: string): KvAnswer {
    const version = this.cell(key).version + 1;
    this.cells.set(key, { value, version });
    return { version };
  }

  private cell(key: string): { value: string; version: number } {
    return this.cells.get(key) ?? { value: "", version: 0 };
  }
}
