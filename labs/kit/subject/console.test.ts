import { expect } from "chai";
import type { ConsoleLevel } from "../driver";
import { setConsole } from "./console";
import { build, raft } from "./fixture";

/** All that a program writes while `body` runs. */
function written(body: string): [string, ConsoleLevel][] {
  const lines: [string, ConsoleLevel][] = [];
  const program = build(raft(`export class Raft { run() { ${body} } }`));
  const before = setConsole((text, level) => lines.push([text, level]));
  try {
    program.run?.();
  } finally {
    setConsole(before);
  }
  return lines;
}

const shows = (args: string, text: string): void => {
  expect(written(`console.log(${args});`), args).to.eql([[text, "log"]]);
};

describe("the console of a program", () => {
  it("goes to the sink, with its level", () => {
    const body = `
      console.log("a"); console.info("b"); console.debug("c"); console.warn("d"); console.error("e");
      console.trace("f"); console.dir({ g: 1 }); console.table([1]); console.group("h"); console.groupEnd();
      console.assert(true, "not said"); console.assert(1 > 2, "said");`;
    expect(written(body)).to.eql([
      ["a", "log"],
      ["b", "info"],
      ["c", "debug"],
      ["d", "warn"],
      ["e", "error"],
      ["f", "log"],
      ["{ g: 1 }", "log"],
      ["[1]", "log"],
      ["h", "log"],
      ["Assertion failed said", "error"],
    ]);
  });

  it("is dropped when nobody listens, and tells who listened before", () => {
    const sink = (): void => undefined;
    expect(setConsole(sink)).to.equal(undefined);
    expect(setConsole(undefined)).to.equal(sink);
    build(raft(`export class Raft { constructor() { console.log("to nobody"); } }`));
  });

  it("shows values on one line", () => {
    shows(`"term", 3, true, null, undefined, -0, 10n`, "term 3 true null undefined -0 10n");
    shows(`{ term: 1, log: [{ command: "x" }], "a b": 2 }`, `{ term: 1, log: [{ command: "x" }], "a b": 2 }`);
    shows(`[], {}, new Map([["k", { v: 1 }]]), new Set([1])`, `[] {} Map { "k" => { v: 1 } } Set { 1 }`);
    shows(
      `new Uint8Array([1, 2]), /x/g, Symbol("s"), () => 1, Date`,
      "Uint8Array [1, 2] /x/g Symbol(s) [function] [function]",
    );
    shows(`new (class Vote { term = 1 })()`, "Vote { term: 1 }");
    shows(`"two\\nlines"`, "two ⏎ lines");
    shows("", "");
  });

  it("shows no stack of an error: it depends on the machine", () => {
    shows(`new TypeError("no"), { inner: new Error("x") }`, "TypeError: no { inner: Error: x }");
  });

  it("knows the directives of a leading text", () => {
    shows(
      `"%s in %d, %i, %f of %j %o%%", "vote", "2", 2.7, 0.5, { a: 1 }, [1], "rest"`,
      "vote in 2, 2, 0.5 of { a: 1 } [1]% rest",
    );
    shows(`"%cred %s %d", "color: red", { a: 1 }, {}`, "red { a: 1 } NaN");
    shows(`"%s and %s", 1`, "1 and %s");
    shows(`1, "%s", 2`, "1 %s 2");
  });

  it("ends: depth, length and cycles", () => {
    shows(`[[[[[1]]]]]`, "[[[[[…]]]]]");
    shows(`{ a: { b: { c: { d: {} } } } }`, "{ a: { b: { c: { d: {…} } } } }");
    const [line] = written(`const o: any = { n: 1 }; o.o = o; console.log(o, Array(60).fill(0));`);
    expect(line?.[0]).to.match(/^\{ n: 1, o: \{.*… 10 more\]$/);
    expect(written(`console.log("x".repeat(5000));`)[0]?.[0]).to.have.length(2001);
  });
});
