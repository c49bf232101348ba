import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const MOCHA = join(ROOT, "node_modules", "mocha", "bin", "mocha.js");

/** Exit code and last line of mocha with our reporter, run on a file with this text. */
function run(text: string, environment: NodeJS.ProcessEnv): { code: number | null; lastLine: string } {
  const folder = mkdtempSync(join(tmpdir(), "reporter-"));
  try {
    const file = join(folder, "told.js");
    writeFileSync(file, text);
    const args = [
      "--no-config",
      "--require",
      "ts-node/register",
      "--reporter",
      join(__dirname, "reporter.ts"),
    ];
    const env = { ...process.env, ...environment };
    const { status, stdout } = spawnSync(process.execPath, [MOCHA, ...args, file], {
      cwd: ROOT,
      env,
      encoding: "utf8",
    });
    return { code: status, lastLine: stdout.trimEnd().split("\n").at(-1) ?? "" };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the reporter's last line", () => {
  for (const [where, environment] of [
    ["at a desk", { CI: "" }],
    ["in CI", { CI: "true" }],
  ] as const) {
    it(`counts what passed ${where}`, () => {
      const told = run("it('one', () => {}); it('two', () => {});", environment);
      expect(told).to.deep.equal({ code: 0, lastLine: "2 passed, 0 failed" });
    });

    it(`counts what failed and what was skipped ${where}`, () => {
      const told = run("it('one', () => { throw new Error('no') }); it('two');", environment);
      expect(told).to.deep.equal({ code: 1, lastLine: "0 passed, 1 failed, 1 skipped" });
    });
  }
});
