import { expect } from "chai";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runConjecture } from "./conjecture-command";
import { runCheckHistory } from "./history-command";

const SOLUTIONS = path.join(path.resolve(__dirname, "..", ".."), "solutions");

function run(...args: string[]): { code: number; out: string; error: string } {
  const said = { out: "", error: "" };
  const code = runConjecture(args, {
    out: (more) => (said.out += more),
    error: (more) => (said.error += more),
  });
  return { code, ...said };
}

describe("the command conjecture", function () {
  this.timeout(30_000);
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), "conjecture-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const inFolder = (name: string, text: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  it("explains itself", () => {
    const { code, out } = run("--help");
    expect(code).to.equal(0);
    expect(out).to.include("--claim").and.include("Exit code: 0 no counterexample, 1 one was found");
  });

  it("teaches whoever asks wrongly, with exit code 2", () => {
    const wrong: [args: string[], error: RegExp][] = [
      [["--claim", "true"], /^the command line: claim must be one of: linearizable, /],
      [["--N", "three", "--claim", "regular"], /whole number/],
      [["--tries", "0"], /It is 1 to 10000000/],
      [["--seed", "-1"], /a seed is a whole number/],
      [[path.join(folder, "none.json")], /cannot be read: name a file with a conjecture/],
      [[inFolder("a.json", "{")], /is no JSON: /],
      [[inFolder("b.json", "[]")], /a conjecture is an object such as/],
      [[inFolder("c.json", `{ "claim": "regular", "W": 4 }`)], /c\.json: W must be at most N, which is 3/],
      [["--claim", "regular", "--subject", path.join(folder, "nobody")], /there is no folder/],
    ];
    for (const [args, error] of wrong) {
      const said = run(...args);
      expect([said.code, said.out], args.join(" ")).to.deep.equal([2, ""]);
      expect(said.error).to.match(error).and.not.include("    at ");
    }
  });

  it("saves what it finds, plays it again, and writes its history", function () {
    if (!existsSync(SOLUTIONS)) return this.skip();
    const [save, history] = ["found.json", "found.ndjson"].map((name) => path.join(folder, name));
    const subject = ["--subject", SOLUTIONS];
    const waro = ["--W", "3", "--R", "1", "--promise", "regular", "--claim", "linearizable"];
    const found = run(...waro, ...subject, "--save", save ?? "", "--history", history ?? "");
    expect(found.code).to.equal(1);
    const story = (text: string): string => text.slice(text.indexOf(" 1. "), text.indexOf("wrote it again."));
    expect(story(found.out))
      .to.match(/^ 1\. C\d writes "a"/)
      .and.include("\nWhy: ");
    const again = run(save ?? "", ...subject);
    expect(again.code).to.equal(1);
    expect(story(again.out)).to.equal(story(found.out));
    const checked = { out: "" };
    const code = runCheckHistory([history ?? ""], {
      out: (more) => (checked.out += more),
      error: () => undefined,
    });
    expect([code, checked.out.split(":", 1)[0]]).to.deep.equal([1, 'not linearizable ("x")']);
    expect(JSON.parse(readFileSync(save ?? "", "utf8"))).to.include({ N: 3, W: 3, R: 1 });
  });

  it("tells a script that breaks nothing, too", function () {
    if (!existsSync(SOLUTIONS)) return this.skip();
    const script = [
      { do: "write", by: 3 },
      { do: "crash", server: 0 },
      { do: "read", by: 4 },
    ];
    const file = inFolder("fine.json", JSON.stringify({ claim: "regular", script }));
    const { code, out } = run(file, "--subject", SOLUTIONS);
    expect(code).to.equal(0);
    expect(out)
      .to.include(" 2. Server 0 crashes.")
      .and.match(/\nThe claim holds here\.\n$/);
  });
});
