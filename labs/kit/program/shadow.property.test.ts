import { expect } from "chai";
import fc from "fast-check";
import { copyPlain } from "./copy";
import { isShared, sharedPrefix, sizeOfPlain, textOfPlain, type PlainData } from "./plain";

// The seed is fixed: a test that fails only now and then teaches nobody.
const RUNS = { seed: 1, numRuns: 250 };

class Entry {
  constructor(
    readonly term: number,
    readonly command: unknown,
  ) {}
}

type Row = Record<string, unknown>;

/** An entry of the log in the beginning; some commands are objects. */
function entry(i: number): Row {
  return { term: i >> 3, command: i % 4 === 3 ? { put: { a: i }, key: "k" } : i % 4 };
}

/** An object within the entry, if its command still has one. */
function inner(row: Row): object {
  const { command } = row;
  const put = typeof command === "object" && command !== null ? (command as Row).put : undefined;
  return typeof put === "object" && put !== null ? put : {};
}

/** What a program may do to an entry of its log; some of it cannot be saved. */
const edits: ((row: Row, log: unknown[], i: number) => unknown)[] = [
  (row) => (row.command = 7),
  (row, _, i) => Object.assign(row, entry(i)), // as it was in the beginning
  (row) => Object.assign(inner(row), { a: 2 }),
  (row) => Object.assign(inner(row), { b: 2 }),
  (row) => Reflect.deleteProperty(inner(row), "a"),
  (row) =>
    Object.assign(Object(row.command) as object, {
      put: Object.setPrototypeOf({ ...inner(row) }, Entry.prototype) as unknown,
    }),
  (row) => Object.assign(Object(row.command) as object, { put: { a: 1 } }),
  (row) => Object.assign(Object(row.command) as object, { put: [1] }),
  (row) => (row.command = -0),
  (row) => (row.command = NaN),
  (row) => (row.command = () => 1),
  (row) => (row.command = { put: [1, { a: 2 }] }),
  (row) => (row.command = undefined),
  (row) => (row.extra = undefined),
  (row) => (row.extra = 1),
  (row) => Object.assign(row, { command: "new", [Symbol("s")]: 1 }), // unnoticed if nothing else is new
  (row) => Object.setPrototypeOf(row, null) as unknown,
  (row) => Object.defineProperty(row, "__proto__", { value: 1, enumerable: true, configurable: true }),
  (row) => Reflect.deleteProperty(row, "command"),
  (row) => {
    const { term } = row; // the same fields in another order
    Reflect.deleteProperty(row, "term");
    row.term = term;
  },
  (row, log, i) => (log[i] = { ...row }),
  (row, log, i) => (log[i] = { command: row.command, term: row.term }),
  (row, log, i) => (log[i] = copyPlain({ term: 1, command: 0 }, "entry")),
  (row, log, i) => (log[i] = new Entry(row.term as number, row.command)),
  (row, log, i) => (log[i] = Object.assign(Object.create(null) as Row, row)),
  (row, log, i) => (log[i] = Object.assign([], row)),
  (row, log, i) => (log[i] = [row.term, row.command]),
  (_, log, i) => (log[i] = []),
  (_, log, i) => (log[i] = {}),
  (_, log, i) => (log[i] = i % 3),
  (_, log, i) => (log[i] = null),
  (_, log, i) => (log[i] = undefined),
  (_, log, i) => (log[i] = new Uint8Array(1)),
  (_, log, i) => void log.splice(i, 1),
  (_, log, i) => void (log.length = i),
];

/** One step of a run: an edit of one entry (or none), then entries at the end. */
const steps = fc.array(
  fc.record({
    edit: fc.option(fc.nat(edits.length - 1)),
    at: fc.constantFrom(3, 20, 38, 39),
    append: fc.array(fc.nat(2), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** A copy, or the words with which it is refused. */
function attempt(value: unknown, previous?: PlainData): PlainData | Error {
  try {
    return copyPlain(value, "state", previous);
  } catch (error) {
    return error as Error;
  }
}

describe("a long list that is copied again and again (seed 1)", () => {
  it("comes out as if it had been copied anew, or is refused in the same words", () => {
    fc.assert(
      fc.property(steps, (todo) => {
        const log: unknown[] = Array.from({ length: 40 }, (_, i) => entry(i));
        let last = copyPlain({ log }, "state");
        log.push({ term: 9, command: 0 });
        last = copyPlain({ log }, "state", last); // the list is known to grow from here on
        for (const { edit, at, append } of todo) {
          const [place, before] = [log[at], [...log]];
          if (edit !== null && Object.getPrototypeOf(place ?? 0) === Object.prototype) {
            const row = isShared(place as object) ? { ...(place as Row) } : (place as Row);
            edits[edit]?.(row, log, at);
          } else if (Array.isArray(place) && !isShared(place)) {
            place.length = 0;
          }
          for (const command of append) log.push({ term: 9, command });
          const alone = attempt({ log });
          const following = attempt({ log }, last);
          if (alone instanceof Error || following instanceof Error) {
            expect((following as Error).message).to.equal((alone as Error).message);
            log.splice(0, Infinity, ...before.map((item, i) => (i === at ? { term: 1, command: i } : item)));
            continue;
          }
          expect(following).to.deep.equal(alone);
          expect(textOfPlain(following)).to.equal(textOfPlain(alone));
          expect(sizeOfPlain(following)).to.equal(sizeOfPlain(alone));
          expect(isShared(following as object)).to.equal(isShared(alone as object));
          const [old, list] = [last, following].map((copy) => (copy as { log: PlainData[] }).log);
          expect(Object.isFrozen(list)).to.be.true;
          const clones = [old, list].map((data) => structuredClone(data)) as [PlainData[], PlainData[]];
          expect(sharedPrefix(old ?? [], list ?? [])).to.equal(sharedPrefix(...clones));
          last = following;
        }
      }),
      RUNS,
    );
  });

  it("may be followed twice: earlier versions stay as they were", () => {
    const log = Array.from({ length: 40 }, (_, i) => ({ term: 1, command: i }));
    const first = copyPlain(log.slice(0, 39), "log");
    const second = copyPlain(log, "log", first);
    const texts = [first, second].map((copy) => JSON.stringify(copy));
    for (const keep of [30, 40, 35, 0, 40]) {
      const branch = [...log.slice(0, keep), { term: 2, command: 0 }];
      expect(copyPlain(branch, "log", second)).to.deep.equal(branch);
      expect(copyPlain(branch.slice(0, -1), "log", second)).to.deep.equal(log.slice(0, keep));
    }
    expect([first, second].map((copy) => JSON.stringify(copy))).to.deep.equal(texts);
    expect(copyPlain(log, "log", second)).to.equal(second);
  });

  it("stands a getter that copies it in the middle of a copy", () => {
    const log: object[] = Array.from({ length: 40 }, (_, i) => ({ term: 1, command: i }));
    let last = copyPlain(log, "log");
    last = copyPlain([...log, {}], "log", last);
    const nested: PlainData[] = [];
    log[5] = {
      get term(): number {
        nested.push(copyPlain([...log.slice(0, 3), { term: 3 }], "log", last));
        return 2;
      },
    };
    expect(copyPlain(log, "log", last)).to.deep.equal([...log.slice(0, 5), { term: 2 }, ...log.slice(6)]);
    for (const copy of nested) expect(copy).to.deep.equal([...log.slice(0, 3), { term: 3 }]);
  });
});
