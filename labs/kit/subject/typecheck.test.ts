import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { withFolder, type Files } from "./fixture";
import { compilerOptions, typeErrors } from "./typecheck";

const ROOT = resolve(__dirname, "../../..");

const errorsIn = (files: Files): string[] => withFolder(files, typeErrors);

describe("the type check of a submission", function () {
  this.timeout(20_000);

  it("accepts a program in any folder that uses the kit's types", () => {
    const text = `
      import type { RaftContext, RaftState, RaftStatus } from "@labs/kit";
      import { last } from "./log";
      import { first } from "./log.js";
      import { size } from "./log.ts";
      export class Raft {
        constructor(private readonly ctx: RaftContext, saved: RaftState | undefined) {
          ctx.note("up", saved ?? null);
        }
        status(): RaftStatus {
          const unused = 1;
          console.log(last, first, size, [3, 1].toSorted(), structuredClone([this.ctx.id]));
          return { term: 1, isLeader: false };
        }
      }`;
    const log = "export const last = 1, first = 2, size = 3;";
    expect(errorsIn({ "raft/raft.ts": text, "raft/log.ts": log })).to.eql([]);
  });

  it("lists the errors with place and code, sorted", () => {
    const text = `import type { RaftContext, Nothing } from "@labs/kit";
export class Raft {
  constructor(ctx: RaftContext) {
    const wrong: number = "text";
    ctx.call(1, "requestVotes", {});
  }
}
`;
    const lines = errorsIn({ "raft/raft.ts": text, "a.ts": "export const s: string = 1;" });
    expect(lines[0]).to.equal("a.ts:1:14: TS2322 Type 'number' is not assignable to type 'string'.");
    expect(lines[1]).to.match(/^raft\/raft\.ts:1:28: TS\d+ .*Nothing/);
    expect(lines[2]).to.equal("raft/raft.ts:4:11: TS2322 Type 'string' is not assignable to type 'number'.");
    expect(lines[3]).to.match(/^raft\/raft\.ts:5:17: TS2345 .*requestVotes/);
    expect(lines).to.have.length(4);
  });

  it("knows nothing of Node", () => {
    const lines = errorsIn({
      "raft/raft.ts": "process.exit(1);\nsetTimeout(() => 1, 1);\nimport 'node:fs';\nexport {};",
    });
    expect(lines).to.have.length(3);
    expect(lines[0]).to.match(/^raft\/raft\.ts:1:1: TS\d+ Cannot find name 'process'\.$/);
    expect(lines[1]).to.match(/^raft\/raft\.ts:2:1: TS\d+ Cannot find name 'setTimeout'\.$/);
    expect(lines[2]).to.match(/^raft\/raft\.ts:3:8: TS\d+ Cannot find module .*'node:fs'/);
  });

  it("sees only the .ts files of the submission, no package.json, tsconfig or node_modules", () => {
    const files = {
      "package.json": '{ "type": "module" }',
      "tsconfig.json": '{ "compilerOptions": { "strict": false } }',
      "node_modules/cheat/index.ts": "export const cheat: any = 1;",
      "raft/package.json": '{ "type": "module" }',
      "raft/globals.d.ts": "declare const answer: number;",
      "raft/raft.ts": [
        `import { size } from "./log";`,
        "export const n = size;",
        "export const f = (x) => x;",
        "export const a = answer;",
      ].join("\n"),
      "raft/log.ts": `export const size = 1;\nimport { cheat } from "cheat";\nexport const c = cheat;`,
    };
    expect(errorsIn(files).map((line) => line.slice(0, 25))).to.eql([
      "raft/log.ts:2:23: TS2307 ",
      "raft/raft.ts:3:19: TS7006",
      "raft/raft.ts:4:18: TS2304",
    ]);
  });

  it("is as strict as our own tsconfig.json", () => {
    const read = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
    const { compilerOptions: settings } = read.config as { compilerOptions: Record<string, unknown> };
    const ours = ts.convertCompilerOptionsFromJson(settings, ROOT).options;
    const { lib, types, paths, sourceMap, rootDir, ...rules } = ours;
    expect([sourceMap, types?.length, rootDir !== undefined]).to.eql([true, 2, true]);
    const mine = compilerOptions(ts);
    for (const [name, value] of Object.entries(rules)) {
      if (name !== "pathsBasePath") expect(mine[name], name).to.equal(value);
    }
    expect(mine.lib).to.eql(lib);
    expect(Object.keys(mine.paths ?? {})).to.eql(Object.keys(paths ?? {}));
  });

  it("runs in a process of its own and prints JSON", () => {
    const run = (...args: string[]): { status: number | null; out: string; err: string } => {
      const main = join(__dirname, "typecheck-main.ts");
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["-r", "ts-node/register", main, ...args],
        {
          cwd: ROOT,
          encoding: "utf8",
        },
      );
      return { status, out: stdout, err: stderr };
    };
    withFolder({ "raft/raft.ts": "export const s: string = 1;" }, (dir) => {
      const { status, out, err } = run(dir);
      expect([status, err]).to.eql([0, ""]);
      expect(JSON.parse(out)).to.eql([
        "raft/raft.ts:1:14: TS2322 Type 'number' is not assignable to type 'string'.",
      ]);
    });
    expect(run()).to.eql({ status: 2, out: "", err: "name the folder to check\n" });
    expect(run("/no/such/folder")).to.eql({
      status: 2,
      out: "",
      err: "there is no folder “/no/such/folder”\n",
    });
  });
});
