import { copyPlain, PlainDataError, sharedPrefix, type PlainData } from "../program";
import { isRecord } from "../program/plain";

/** Plain data as JSON can carry it: what was said before is only referred to. */
export type Coded = number | string | boolean | null | readonly unknown[];

/** What came over a border cannot have been said by our own code at its other end. */
export class BorderError extends Error {
  override readonly name = "BorderError";
}

/** The first item of a coded list or object. */
const KNOWN = 0;
const LIST = 1;
const RECORD = 2;
const LONGER = 3;
const BYTES = 4;

/** Plain data is nested 32 deep at most; see `copyPlain`. */
const MAX_DEPTH = 40;

/**
 * All lists of a run have so many items together at most. A list that grows crosses as its end only, but is kept whole at both ends:
 * without a bound a few bytes could cost whoever reads them a gigabyte. No program comes near it whose own memory is bounded.
 */
const MAX_ITEMS = 64 * 1024 * 1024;

/**
 * Carries plain data over a border. Both ends number what was said, in the order in which it was said, so that an entry of a log
 * crosses once, however often it is sent and saved; and the two ends share parts of their data alike.
 *
 * What is decoded is deep-frozen and finished, as `copyPlain` makes it. Nothing that comes in is believed.
 */
export class Codec {
  private readonly numbers = new Map<object, number>();
  private readonly objects: PlainData[] = [];
  /** Bytes cannot be frozen, so what holds them is never shared. */
  private holdsBytes = false;
  /** Of all lists that were read. */
  private items = 0;

  /** @param maxItems - how many items all lists together may have that are read */
  constructor(private readonly maxItems = MAX_ITEMS) {}

  /** @param before - what probably begins alike, e.g. the save before: of a list that has grown, only its end crosses */
  encode(value: PlainData, before?: PlainData): Coded {
    this.holdsBytes = false;
    return this.write(value, before);
  }

  /** @throws {@link BorderError} for anything that {@link Codec.encode} does not write */
  decode(coded: unknown): PlainData {
    this.holdsBytes = false;
    return this.read(coded, 0);
  }

  private write(value: PlainData, before?: PlainData): Coded {
    if (typeof value !== "object" || value === null) return value;
    const number = this.numbers.get(value);
    if (number !== undefined) return [KNOWN, number];
    if (value instanceof Uint8Array) {
      this.holdsBytes = true;
      return [BYTES, ...value];
    }
    const outer = this.holdsBytes;
    this.holdsBytes = false;
    const coded = isRecord(value) ? this.writeRecord(value, before) : this.writeList(asList(value), before);
    if (!this.holdsBytes) this.remember(value);
    this.holdsBytes ||= outer;
    return coded;
  }

  private writeRecord(value: { readonly [key: string]: PlainData }, before?: PlainData): Coded {
    const old = isRecord(before) ? before : undefined;
    const coded: unknown[] = [RECORD];
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (item !== undefined) coded.push(key, this.write(item, old?.[key]));
    }
    return coded;
  }

  private writeList(value: readonly PlainData[], before?: PlainData): Coded {
    const number = Array.isArray(before) ? this.numbers.get(before) : undefined;
    if (number === undefined || !Array.isArray(before)) {
      return [LIST, ...value.map((item) => this.write(item))];
    }
    const kept = sharedPrefix(before as readonly PlainData[], value);
    const coded: unknown[] = [LONGER, number, kept];
    for (let i = kept; i < value.length; i++) coded.push(this.write(value[i] ?? null));
    return coded;
  }

  private read(coded: unknown, depth: number): PlainData {
    if (typeof coded === "string" || typeof coded === "boolean" || coded === null) return coded;
    if (typeof coded === "number" && Number.isFinite(coded)) return coded;
    if (!Array.isArray(coded)) throw new BorderError("a value is neither simple nor a list");
    if (depth > MAX_DEPTH) throw new BorderError("a value is nested too deep");
    const [kind, ...rest] = coded as unknown[];
    if (kind === KNOWN) return this.known(rest[0]);
    if (kind === BYTES) return this.readBytes(rest);
    const outer = this.holdsBytes;
    this.holdsBytes = false;
    const value = this.readWhole(kind, rest, depth + 1);
    if (!this.holdsBytes) this.remember(value);
    this.holdsBytes ||= outer;
    return value;
  }

  private readWhole(kind: unknown, rest: readonly unknown[], depth: number): PlainData & object {
    if (kind === LIST) return finished(rest.map((item) => this.read(item, depth)));
    if (kind === RECORD) return this.readRecord(rest, depth);
    if (kind !== LONGER) throw new BorderError("a list begins with no known number");
    const [number, kept, ...items] = rest;
    const before = this.known(number);
    if (!Array.isArray(before)) throw new BorderError("what a list continues is no list");
    const old = before as readonly PlainData[];
    if (typeof kept !== "number" || !Number.isInteger(kept) || kept < 0 || kept > old.length) {
      throw new BorderError("a list keeps more than there was");
    }
    this.items += kept + items.length;
    if (this.items > this.maxItems) throw new BorderError("the lists of a run have too many items");
    const made = [...old].slice(0, kept);
    for (const item of items) made.push(this.read(item, depth));
    return finished(made, old);
  }

  private readRecord(rest: readonly unknown[], depth: number): PlainData & object {
    const made: Record<string, PlainData> = {};
    for (let i = 0; i < rest.length; i += 2) {
      const key = rest[i];
      if (typeof key !== "string" || key === "__proto__" || Object.hasOwn(made, key)) {
        throw new BorderError("an object has a key that it cannot have");
      }
      made[key] = this.read(rest[i + 1], depth);
    }
    return finished(made);
  }

  private readBytes(bytes: readonly unknown[]): Uint8Array {
    this.holdsBytes = true;
    if (
      !bytes.every((byte) => typeof byte === "number" && Number.isInteger(byte) && byte >= 0 && byte < 256)
    ) {
      throw new BorderError("a byte is none");
    }
    return Uint8Array.from(bytes as number[]);
  }

  private known(number: unknown): PlainData {
    const value = typeof number === "number" ? this.objects[number] : undefined;
    if (value === undefined) throw new BorderError("a value refers to what was never said");
    return value;
  }

  private remember(value: PlainData & object): void {
    this.numbers.set(value, this.objects.length);
    this.objects.push(value);
  }
}

function finished(value: PlainData & object, before?: PlainData): PlainData & object {
  try {
    return copyPlain(value, "value", before) as PlainData & object;
  } catch (error) {
    if (error instanceof PlainDataError) throw new BorderError(error.message);
    throw error;
  }
}

/** `Array.isArray` forgets what is known of a readonly list. */
function asList(value: PlainData): readonly PlainData[] {
  return value as readonly PlainData[];
}
