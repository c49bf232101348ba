import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runCheckHistory } from "./history-command";

const HEAD = '{"format":"replication-labs/history/1","model":"register"}';

/** Writes 1 from 0 to 1, then reads this from 2 to 3, in two sessions. */
const READS = (value: number | null): string =>
  [
    HEAD,
    '{"t":0,"id":1,"session":1,"kind":"call","input":{"kind":"write","value":1}}',
    '{"t":1,"id":1,"kind":"ok","output":{}}',
    '{"t":2,"id":2,"session":2,"kind":"call","input":{"kind":"read"}}',
    `{"t":3,"id":2,"kind":"ok","output":{"value":${value}}}`,
  ].join("\n");

describe("the command check-history", () => {
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "history-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(text: string | undefined, ...args: string[]): { code: number; out: string; error: string } {
    const file = path.join(folder, "run.ndjson");
    if (text !== undefined) writeFileSync(file, text);
    const said = { out: "", error: "" };
    const code = runCheckHistory([file, ...args], {
      out: (more) => (said.out += more),
      error: (more) => (said.error += more),
    });
    return { code, ...said };
  }

  it("says yes", () => {
    const { code, out } = run(READS(1));
    expect([code, out]).to.deep.equal([0, "linearizable: 2 operations in an order that the model allows\n"]);
  });

  it("says no, and why", () => {
    const { code, out } = run(READS(null), "--every");
    expect(code).to.equal(1);
    expect(out)
      .to.match(/^not linearizable: /)
      .and.include("read()")
      .and.include("write(1)");
  });

  it("says what the history keeps all the same", () => {
    const { code, out } = run(READS(null), "--levels", "--model", "register");
    expect(code).to.equal(1);
    expect(out)
      .to.match(/^linearizable +no$/m)
      .and.match(/^sequential +yes$/m);
    expect(out).to.match(/^It keeps: ordered writes\.$/m);
  });

  it("keeps to a terminal's width", () => {
    const head = HEAD.replace("register", "queue");
    const events = [1, 2, 3].flatMap((id) => [
      `{"t":${2 * id},"id":${id},"session":${id},"kind":"call","input":{"kind":"dequeue"}}`,
      `{"t":${2 * id + 1},"id":${id},"kind":"ok","output":{"value":"nobody has ever put this into the queue ${id}"}}`,
    ]);
    const { code, out } = run([head, ...events].join("\n"), "--levels");
    expect(code).to.equal(1);
    expect(out.split("\n").filter((line) => line.length > 100)).to.be.empty;
    expect(out).to.match(/^sequential +no /m);
  });

  it("explains itself", () => {
    const { code, out } = run("", "--help");
    expect(code).to.equal(0);
    expect(out).to.include("npm run check-history -- [options] <file>").and.include("4 undecided");
  });

  for (const [name, text, args, says] of [
    ["no file", undefined, [], /run\.ndjson cannot be read: name a file with a history$/],
    ["no history", "hello", [], /^not a history: line 1: not EDN: hello$/],
    [
      "another model",
      READS(1),
      ["--model", "kv"],
      /^not a history: line 1: a log of the model register, not of kv$/,
    ],
    ["no model", READS(1), ["--model", "bank"], /^error: option '--model <name>' argument 'bank' is invalid/],
    [
      "two at once",
      READS(1).replace('"session":2', '"session":1').replace('"t":2', '"t":0'),
      [],
      /open at once$/,
    ],
  ] as const) {
    it(`says in a line what is wrong: ${name}`, () => {
      const { code, out, error } = run(text, ...args);
      expect([code, out]).to.deep.equal([2, ""]);
      expect(error.trim().split("\n")[0]).to.match(says);
    });
  }
});
