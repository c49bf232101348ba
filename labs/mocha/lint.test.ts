import { expect } from "chai";
import { ESLint } from "eslint";
import { join } from "node:path";
import { configs } from "typescript-eslint";

const ROOT = join(__dirname, "..", "..");

/** A place, a line that has no business there, and the rule that says so. */
const REFUSED: [file: string, line: string, rule: string][] = [
  ["labs/kit/sim/a.ts", "Date.now();", "no-restricted-globals"],
  ["labs/kit/sim/a.ts", "globalThis.setTimeout(run, 1);", "no-restricted-globals"],
  ["labs/kit/driver/a.ts", "process.exit();", "no-restricted-globals"],
  ["labs/kit/trace/a.ts", "Promise.resolve();", "no-restricted-globals"],
  ["labs/kit/program/a.ts", "Math.random();", "no-restricted-properties"],
  ["labs/kit/check/a.ts", "Math.log(2);", "no-restricted-properties"],
  ["labs/kit/warmup/a.ts", "a.localeCompare(b);", "no-restricted-properties"],
  ["labs/kit/raft/a.ts", "2 ** n;", "no-restricted-syntax"],
  ["solutions/raft/a.ts", "async () => {};", "no-restricted-syntax"],
  ["skeleton/raft/a.ts", "setInterval(run, 1);", "no-restricted-globals"],
  ["labs/1-election/a.scene.ts", "setTimeout(run, 1);", "no-restricted-globals"],
  ["labs/1-election/a.scene.ts", `import { world } from "../kit/sim/world";`, "no-restricted-imports"],
  ["grader/suites/1-election/a.scene.ts", `import "../../../labs/kit/sim";`, "no-restricted-imports"],
  ["labs/runner/a.test.ts", "setTimeout(run, 1);", "no-restricted-globals"],
  ["labs/runner/a.test.ts", "it.only('', run);", "no-restricted-properties"],
  ["labs/runner/a.ts", "const a: any = 1;", "@typescript-eslint/no-explicit-any"],
  ["labs/runner/a.ts", "// @ts-ignore", "@typescript-eslint/ban-ts-comment"],
  ["labs/runner/a.ts", "/* eslint-disable-next-line no-var */ var a;", "house/reason-given"],
  ["labs/runner/a.ts", "export interface A { b: number }", "house/export-documented"],
  ["grader/a.ts", "/* A. */ export const a = () => 1;", "house/export-documented"],
];

const ACCEPTED: [file: string, line: string][] = [
  ["labs/kit/sim/a.ts", "Math.sqrt(2);"],
  ["labs/kit/sim/a.test.ts", "Date.now();"],
  ["labs/runner/a.ts", "setTimeout(run, 1);"],
  ["labs/runner/a.ts", "/** A. */ export const a = 1;"],
  ["labs/1-election/a.scene.ts", `import { scene } from "../kit/raft";`],
  ["grader/suites/1-election/a.scene.ts", `import { scene } from "../../../labs/kit/raft";`],
];

describe("the house rules of lint", function () {
  this.timeout(30_000);

  // The planted files exist only here, so there are no types to ask for.
  const linter = new ESLint({ cwd: ROOT, overrideConfig: configs.disableTypeChecked });

  async function rulesBroken(file: string, line: string): Promise<string[]> {
    const results = await linter.lintText(`${line}\n`, { filePath: join(ROOT, file) });
    return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => ruleId ?? message));
  }

  for (const [file, line, rule] of REFUSED) {
    it(`${file} may not say ${line}`, async () => {
      expect(await rulesBroken(file, line)).to.include(rule);
    });
  }

  for (const [file, line] of ACCEPTED) {
    it(`${file} may say ${line}`, async () => {
      const ruled = new Set(REFUSED.map(([, , rule]) => rule));
      expect((await rulesBroken(file, line)).filter((rule) => ruled.has(rule))).to.be.empty;
    });
  }
});
