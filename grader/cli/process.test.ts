import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { collectFiles } from "../../labs/kit/subject/files";
import { folderOf, removeFolders, subjectOf } from "../../labs/runner/fixtures/folder";
import { MUTANTS } from "../mutants";
import { mutate } from "../mutation/tree";
import type { Grade } from "../schema/grade";

const ROOT = path.resolve(__dirname, "../..");

/** How a command ended that ran as it does for a user: in a process of its own, in the folder of the course. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

async function run(script: string, args: readonly string[], interruptAt?: string): Promise<Ended> {
  const child = spawn(process.execPath, ["-r", "ts-node/register", script, ...args], { cwd: ROOT });
  const said = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.error += text;
    if (interruptAt !== undefined && text.includes(interruptAt)) child.kill("SIGINT");
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...said };
}

/** A folder with the reference, changed by one of the mutants. */
function mutantFolder(name: string): string {
  const mutants = MUTANTS.filter((mutant) => mutant.name === name);
  const [tree = []] = mutate(mutants, collectFiles(path.join(ROOT, "solutions"))).values();
  return folderOf(Object.fromEntries(tree.map((file) => [file.path, file.text])));
}

describe("the command grade", function () {
  this.timeout(60_000);
  afterEach(removeFolders);

  it("writes the document alone to standard output, and names a command that shows the failure again", async () => {
    const subject = mutantFolder("fixed-timeout");
    const args = [subject, "--only", "initial election", "--seeds", "2", "--json", "--out", folderOf({})];
    const graded = await run("grader/cli/grade.ts", args);
    expect(graded.code, graded.error).to.equal(0);
    const [scene] = (JSON.parse(graded.out) as Grade).labs[0]?.scenes ?? [];
    expect(scene?.firstFailure?.seed).to.be.a("number");

    const replay =
      scene?.firstFailure?.replay.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
    expect(replay.slice(0, 4)).to.deep.equal(["npm", "run", "lab", "--"]);
    const replayed = await run("labs/desk/lab.ts", replay.slice(4));
    expect(replayed.code, replayed.error).to.equal(1);
    expect(replayed.out).to.include(scene?.firstFailure?.message ?? "a message");
    expect(replayed.out).to.include(`seed ${scene?.firstFailure?.seed}`);
  });

  it("ends with Ctrl-C", async function () {
    if (process.platform === "win32") this.skip(); // which has no signals
    const subject = subjectOf(`constructor() { for (;;); }`);
    const grading = [subject, "--out", folderOf({})];
    const { code, out, error } = await run("grader/cli/grade.ts", grading, "runs to play");
    expect([code, out]).to.deep.equal([130, ""]);
    expect(error).to.match(/\nstopped; nothing was written\n$/);
  });
});
