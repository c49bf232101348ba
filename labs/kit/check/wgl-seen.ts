/** Ints of an entry before its bits: hash, state, operation placed last if unanswered, first word, words. */
const HEAD = 5;

/**
 * Which operations are placed, and which such configurations were tried before: a set of operations, a state, and the
 * unanswered operation that was placed last, if it was one.
 *
 * Required operations are placed roughly in the order of their calls. Of their bits an entry keeps only those from the
 * first that is not placed to the last that is, so that memory grows with the history times its concurrency, not with
 * its square.
 */
export class Seen {
  /** First not placed, and last placed, of the required operations. */
  private low = 0;
  private high = -1;
  private hash = 0;
  private readonly bits: Int32Array;
  /** Where the words of unanswered operations begin. */
  private readonly rest: number;

  /** Entries one behind the other; the first int is not used, so that no entry is at 0. */
  private entries = new Int32Array(128);
  private length = 1;
  /** An open-addressed hash table: where entries begin, or 0. */
  private slots = new Int32Array(32);
  private count = 0;

  constructor(
    private readonly required: number,
    unanswered: number,
  ) {
    this.rest = (required + 31) >>> 5;
    this.bits = new Int32Array(this.rest + ((unanswered + 31) >>> 5));
  }

  /** Memory in use. */
  get bytes(): number {
    return this.entries.byteLength + this.slots.byteLength + this.bits.byteLength;
  }

  has(operation: number): boolean {
    const bit = this.bitOf(operation);
    return ((this.bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** Marks an operation as placed. */
  place(operation: number): void {
    this.flip(operation);
    if (operation >= this.required) return;
    if (operation > this.high) this.high = operation;
    while (this.low < this.required && this.has(this.low)) this.low++;
  }

  /** Takes back the operation that was placed last. */
  takeBack(operation: number): void {
    this.flip(operation);
    if (operation >= this.required) return;
    if (operation < this.low) this.low = operation;
    while (this.high >= 0 && !this.has(this.high)) this.high--;
  }

  /** Notes the configuration down. False if it is there already. */
  add(state: number, last: number): boolean {
    const first = this.low >> 5;
    const words = (this.high >> 5) + 1 - first;
    const hash = mix(this.hash ^ Math.imul(state + 1, 0x9e3779b1) ^ Math.imul(last + 1, 0x85ebca6b));
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let at = this.slots[slot] ?? 0; at !== 0; at = this.slots[slot] ?? 0) {
      if (this.entries[at] === hash && this.isAt(at, state, last, first, words)) return false;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = this.append(hash, state, last, first, words);
    if (++this.count * 2 > this.slots.length) this.rehash();
    return true;
  }

  private isAt(at: number, state: number, last: number, first: number, words: number): boolean {
    const { entries, bits } = this;
    if (entries[at + 1] !== state || entries[at + 2] !== last) return false;
    if (entries[at + 3] !== first || entries[at + 4] !== words) return false;
    let to = at + HEAD;
    for (let word = first; word < first + words; word++) if (entries[to++] !== bits[word]) return false;
    for (let word = this.rest; word < bits.length; word++) if (entries[to++] !== bits[word]) return false;
    return true;
  }

  private append(hash: number, state: number, last: number, first: number, words: number): number {
    const at = this.length;
    const { bits } = this;
    this.length += HEAD + words + bits.length - this.rest;
    if (this.length > this.entries.length) {
      const entries = new Int32Array(Math.max(2 * this.entries.length, this.length));
      entries.set(this.entries);
      this.entries = entries;
    }
    const { entries } = this;
    entries[at] = hash;
    entries[at + 1] = state;
    entries[at + 2] = last;
    entries[at + 3] = first;
    entries[at + 4] = words;
    let to = at + HEAD;
    for (let word = first; word < first + words; word++) entries[to++] = bits[word] ?? 0;
    for (let word = this.rest; word < bits.length; word++) entries[to++] = bits[word] ?? 0;
    return at;
  }

  private rehash(): void {
    const slots = new Int32Array(4 * this.slots.length);
    const mask = slots.length - 1;
    for (const at of this.slots) {
      if (at === 0) continue;
      let slot = (this.entries[at] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = at;
    }
    this.slots = slots;
  }

  private flip(operation: number): void {
    const bit = this.bitOf(operation);
    this.bits[bit >>> 5] = (this.bits[bit >>> 5] ?? 0) ^ (1 << (bit & 31));
    this.hash ^= mix(operation + 1);
  }

  private bitOf(operation: number): number {
    return operation < this.required ? operation : operation - this.required + 32 * this.rest;
  }
}

/** Spreads a number over 32 bits, one to one. A set hashes to the sum, without carry, of its members' (Zobrist). */
function mix(number: number): number {
  let hash = Math.imul(number ^ (number >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return hash ^ (hash >>> 15);
}
