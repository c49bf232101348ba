import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const CRUISER = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");

/** A tree that keeps every rule. */
const CLEAN: Record<string, string> = {
  "package.json": `{ "name": "planted", "private": true }`,
  "tsconfig.json": `{
    "compilerOptions": { "module": "nodenext", "paths": { "@labs/kit": ["./labs/kit/index.ts"] } }
  }`,
  "labs/kit/index.ts": `export type * from "./program/plain"; export type * from "./raft/messages";`,
  "labs/kit/program/plain.ts": `export type Plain = number; export const size = 8;`,
  "labs/kit/sim/world.ts": `import { size } from "../program/plain"; export const world = size;`,
  "labs/kit/driver/in-process.ts": `import { size } from "../program/plain"; export const driver = size;`,
  "labs/kit/raft/messages.ts": `import type { Plain } from "../program/plain"; export type Term = Plain;`,
  "labs/kit/raft/index.ts": `import { world } from "../sim/world"; export const scene = world;`,
  "labs/kit/warmup/index.ts": `export const warmup = 0;`,
  "labs/kit/sim/world.test.ts": `import { driver } from "../driver/in-process"; import { world } from "./world";`,
  "labs/runner/run.ts": `import { driver } from "../kit/driver/in-process"; export const run = driver;`,
  "labs/desk/lab.ts": `import { run } from "../runner/run"; export const lab = run;`,
  "labs/1-election/first.scene.ts": `import { scene } from "../kit/raft"; scene;`,
  "skeleton/raft/raft.ts": `import type { Term } from "@labs/kit"; export class Raft { term: Term = 0 }`,
  "solutions/raft/log.ts": `import { type Term } from "@labs/kit"; export class Log { term: Term = 0 }`,
  "solutions/raft/raft.ts": `import { Log } from "./log"; export class Raft { log = new Log() }`,
  "grader/judge.ts": `import { run } from "../labs/runner/run"; export const judge = run;`,
  "grader/suites/1-election/hidden.scene.ts": `import { scene } from "../../../labs/kit/raft"; scene;`,
};

/** What some planted files lead to. */
const LURES: Record<string, string> = {
  "labs/desk/d.ts": `import { c } from "./c"; export const d = () => c;`,
  "node_modules/stranger/package.json": `{ "name": "stranger", "main": "index.js" }`,
  "node_modules/stranger/index.js": "",
};

/** For each rule a file that breaks it. */
const PLANTED: [rule: string, file: string, text: string][] = [
  ["kit-program", "labs/kit/program/a.ts", `import { world } from "../sim/world"; world;`],
  ["kit-check", "labs/kit/check/a.ts", `import { size } from "../program/plain"; size;`],
  ["kit-trace", "labs/kit/trace/a.ts", `import { world } from "../sim/world"; world;`],
  ["kit-sim", "labs/kit/sim/a.ts", `import { driver } from "../driver/in-process"; driver;`],
  ["kit-sim", "labs/kit/sim/b.ts", `import type { Term } from "../raft/messages"; export type T = Term;`],
  ["kit-driver", "labs/kit/driver/a.ts", `import { world } from "../sim/world"; world;`],
  ["kit-subject", "labs/kit/subject/a.ts", `import { world } from "../sim/world"; world;`],
  ["kit-border", "labs/kit/border/a.ts", `import { world } from "../sim/world"; world;`],
  ["kit-scene", "labs/kit/scene/a.ts", `import { scene } from "../raft"; scene;`],
  ["kit-raft", "labs/kit/raft/a.ts", `import { warmup } from "../warmup"; warmup;`],
  ["kit-warmup", "labs/kit/warmup/a.ts", `import { scene } from "../raft"; scene;`],
  ["kit-kv", "labs/kit/kv/a.ts", `import { warmup } from "../warmup"; warmup;`],
  ["kit-quorum", "labs/kit/quorum/a.ts", `import { scene } from "../raft"; scene;`],
  ["kit-rooms-are-known", "labs/kit/attic/a.ts", `import { size } from "../program/plain"; size;`],
  ["kit-stands-alone", "labs/kit/raft/b.ts", `import { run } from "../../runner/run"; run;`],
  ["kit-front-door", "labs/kit/index.ts", `export type * from "./sim/world";`],
  ["kit-no-machine", "labs/kit/sim/c.ts", `import { readFileSync } from "node:fs"; readFileSync;`],
  ["grader-is-the-top", "labs/desk/a.ts", `import { judge } from "../../grader/judge"; judge;`],
  ["subject-at-run-time", "grader/a.ts", `import { Raft } from "../solutions/raft/raft"; Raft;`],
  ["subject-own-tree", "skeleton/raft/a.ts", `import { Log } from "../../solutions/raft/log"; Log;`],
  ["subject-own-tree", "solutions/raft/a.ts", `import type { Plain } from "../../labs/kit/program/plain";`],
  [
    "subject-own-tree",
    "grader/variants/tick/raft/a.ts",
    `import { Log } from "../../../../solutions/raft/log";`,
  ],
  ["subject-types-only", "solutions/raft/b.ts", `import { size } from "@labs/kit"; size;`],
  ["scene-vocabulary", "labs/1-election/a.scene.ts", `import { world } from "../kit/sim/world"; world;`],
  ["scene-vocabulary", "grader/suites/1-election/a.scene.ts", `import { readFileSync } from "node:fs";`],
  ["scene-is-a-leaf", "labs/runner/a.ts", `import "../1-election/first.scene";`],
  ["runner-below-desk", "labs/runner/b.ts", `import { lab } from "../desk/lab"; lab;`],
  ["conjecture-on-kit", "labs/conjecture/a.ts", `import { run } from "../runner/run"; run;`],
  ["compare-below-desk", "labs/compare/a.ts", `import { lab } from "../desk/lab"; lab;`],
  ["test-is-a-leaf", "labs/desk/b.ts", `import "../kit/sim/world.test";`],
  ["no-cycles", "labs/desk/c.ts", `import { d } from "./d"; export const c = () => d;`],
  ["resolvable", "labs/desk/e.ts", `import { f } from "./nowhere"; f;`],
  ["in-package-json", "labs/desk/g.ts", `import { h } from "stranger"; h;`],
];

/** `rule: file` for all that the import rules refuse in a tree of these files. */
function refused(files: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "imports-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const args = [CRUISER, "--config", join(ROOT, ".dependency-cruiser.cjs"), "--output-type", "json", "."];
    const output = execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    const result = JSON.parse(output) as {
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    return result.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the import rules", function () {
  this.timeout(30_000);

  it("accept a tree that keeps them", () => {
    expect(refused(CLEAN)).to.be.empty;
  });

  it("refuse each planted import, and nothing that was clean", () => {
    const planted = Object.fromEntries(PLANTED.map(([, file, text]) => [file, text]));
    const found = refused({ ...CLEAN, ...LURES, ...planted });
    expect(PLANTED.map(([rule, file]) => `${rule}: ${file}`).filter((line) => !found.includes(line))).to.be
      .empty;
    const innocent = Object.keys(CLEAN).filter((file) => !(file in planted));
    expect(found.filter((line) => innocent.some((file) => line.endsWith(`: ${file}`)))).to.be.empty;
  });

  it("are each shown to bite", () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the rules are written for a CommonJS tool
    const config = require("../../.dependency-cruiser.cjs") as { forbidden: { name: string }[] };
    const proven = new Set(PLANTED.map(([rule]) => rule));
    expect(config.forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).to.be.empty;
  });
});
