import Ajv from "ajv/dist/2020";
import { expect } from "chai";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { GRADESCOPE } from "../outputs/fixtures/schemas";
import { graderFiles, type Packed } from "./contents";
import { gradescopeFiles, type Settings } from "./gradescope";
import { zipped } from "./zip";

const ROOT = path.resolve(__dirname, "../..");

const SETTINGS: Settings = {
  stage: "before",
  minutes: 10,
  seeds: 1,
  labs: [1],
  more: ["--only", "initial election"],
};

describe("what a machine that grades is given", () => {
  const names = new Set(graderFiles(ROOT, "course").map(({ name }) => name.slice("course/".length)));

  /** All that a module imports, as names of files in the course. */
  function importsOf(name: string): string[] {
    const { importedFiles } = ts.preProcessFile(readFileSync(path.join(ROOT, name), "utf8"));
    return importedFiles.flatMap(({ fileName }) => {
      if (!fileName.startsWith(".")) return [];
      const target = path.posix.join(path.posix.dirname(name), fileName);
      const found = [`${target}.ts`, `${target}/index.ts`, target].find(
        (each) => each.endsWith(".ts") && existsSync(path.join(ROOT, each)),
      );
      return found === undefined ? [] : [found];
    });
  }

  it("has all that the grader and the hidden scenes import", () => {
    const open = [
      "grader/ready/grader.ts",
      ...[...names].filter((name) => /^(grader\/suites|labs\/runner)\/.*\.ts$/.test(name)),
    ];
    const seen = new Set(open);
    for (const name of open) {
      for (const next of importsOf(name)) {
        if (seen.has(next)) continue;
        expect(names.has(next), `${next}, imported by ${name}`).to.equal(true);
        seen.add(next);
        open.push(next);
      }
    }
    expect(seen.size).to.be.above(100);
    expect(seen).to.include("grader/outputs/gradescope.ts").and.to.include("labs/kit/raft/index.ts");
  });

  it("has no right program, no edit of one, no history, no secret and no test", () => {
    for (const name of names) {
      expect(name).not.to.match(
        /^(solutions|skeleton|docs)\/|^grader\/(mutants|variants|hostile|fixtures)\//,
      );
      expect(name).not.to.match(/(^|\/)(\.git|node_modules)\/|\.secret$|\.test\.ts$/);
    }
  });
});

describe("the archive for Gradescope", () => {
  it("has its scripts at the root, where they can be run, and is the same when packed again", async () => {
    const files = gradescopeFiles(ROOT, { ...SETTINGS, secret: Buffer.from("s"), course: Buffer.from("{}") });
    const byName = new Map(files.map((file) => [file.name, file]));
    expect([byName.get("setup.sh")?.executable, byName.get("run_autograder")?.executable]).to.deep.equal([
      true,
      true,
    ]);
    expect(byName.get("settings.sh")?.content.toString()).to.equal(
      "grade_options=('--seeds' '1' '--secret' '../seeds.secret' '--only' 'initial election')\n" +
        "export_options=('--stage' 'before' '--course' '../course.json')\n" +
        "labs=(1)\nseconds=600\n",
    );
    const some = files.slice(0, 20);
    expect((await zipped(some)).equals(await zipped(some))).to.equal(true);
  });

  it("quotes what the shell would read", () => {
    const files = gradescopeFiles(ROOT, { ...SETTINGS, more: ["--only", 'it\'s $(id) `id` "x"'] });
    const script = files.find(({ name }) => name === "settings.sh")?.content.toString() ?? "";
    const said = execFileSync("bash", ["-c", `${script}\nprintf '%s|' "\${grade_options[@]}"`], {
      encoding: "utf8",
    });
    expect(said).to.equal('--seeds|1|--only|it\'s $(id) `id` "x"|');
  });
});

describe("scripts for other machines", () => {
  const read = (...name: string[]): string => readFileSync(path.join(__dirname, ...name), "utf8");
  const workflow = read("github", "workflow.yml");
  /** What the steps of the workflow run. */
  const steps = [...workflow.matchAll(/^( +)run: \|\n((?:\1 +.*\n|\n)+)/gm)].map(
    ([, , script = ""]) => script,
  );

  it("can be read by bash", function () {
    if (process.platform === "win32") this.skip();
    const scripts = [read("gradescope", "setup.sh"), read("gradescope", "run_autograder"), ...steps];
    expect(scripts).to.have.length(6);
    for (const script of scripts) execFileSync("bash", ["-n"], { input: script });
  });

  it("paste nothing that a student has written into a script", () => {
    for (const script of steps) expect(script).not.to.include("${{");
  });

  it("leave no rights, and no credentials, in the folders of a workflow that reads what students write", () => {
    expect(workflow)
      .to.include("permissions:\n  contents: read\n")
      .and.not.to.match(/: write\b/);
    const checkouts = workflow.match(/uses: actions\/checkout/g)?.length;
    expect(checkouts).to.equal(2);
    expect(workflow.match(/persist-credentials: false/g)).to.have.length(2);
  });
});

describe("on a machine of Gradescope", function () {
  this.timeout(120_000);
  const validate = new Ajv({ strictRequired: false }).compile(GRADESCOPE);
  let room: string;

  before(function () {
    if (process.platform !== "linux") this.skip();
  });
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "gradescope-"));
    for (const { name, content, executable } of gradescopeFiles(ROOT, SETTINGS))
      put(`source/${name}`, content, executable);
    symlinkSync(path.join(ROOT, "node_modules"), path.join(room, "source/course/node_modules"));
    mkdirSync(path.join(room, "submission"));
  });
  afterEach(() => {
    rmSync(room, { recursive: true, force: true });
  });

  function put(name: string, content: Packed["content"] | string, executable = false): void {
    const file = path.join(room, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    if (executable) chmodSync(file, 0o755);
  }

  interface Ended {
    readonly code: number | null;
    readonly said: string;
    readonly results: { readonly score: number; readonly output: string; readonly tests: readonly object[] };
  }

  async function run(): Promise<Ended> {
    const script = path.join(room, "source/run_autograder");
    const child = spawn(script, [], {
      env: { ...process.env, AUTOGRADER_ROOT: room },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const [code] = (await once(child, "close")) as [number | null];
    const results = JSON.parse(
      readFileSync(path.join(room, "results/results.json"), "utf8"),
    ) as Ended["results"];
    expect(validate(results), JSON.stringify(validate.errors)).to.equal(true);
    expect(readdirSync(path.join(room, "results"))).to.deep.equal(["results.json"]);
    return { code, said, results };
  }

  it("a submission gets its results, late or not", async () => {
    put("submission/raft/raft.ts", "export class Raft { constructor() {} }\n");
    put(
      "submission_metadata.json",
      '{"created_at":"2026-10-01T10:00:00.000000-07:00","users":[{"email":"alice@example.edu"}]}',
    );
    const { code, said, results } = await run();
    expect(code, said).to.equal(0);
    expect(results.tests).to.have.length(1);
    expect(results.tests[0]).to.include({ number: "1.1", score: 0, status: "failed" });
  });

  it("one that cannot be taken is told why", async () => {
    put("submission/notes.txt", "later");
    const { code, results } = await run();
    expect(code).to.equal(0);
    expect(results.output).to.match(/^What was handed in cannot be graded: “submission” holds no \.ts file/);
    expect(results.output).not.to.match(/["\\]/);
  });

  it("there are results even if it takes too long", async () => {
    put("submission/raft/raft.ts", "export class Raft { constructor() { for (;;); } }\n");
    put("source/settings.sh", "labs=(1)\nseconds=2\n");
    const late = await run();
    expect([late.code, late.results.score], late.said).to.deep.equal([4, 0]);
    expect(late.results.output).to.include("was ended after 2 seconds. This says nothing about the program");
  });

  it("results of some labs stand if others cannot be graded", async () => {
    put("submission/raft/raft.ts", "export class Raft {}\n");
    const script = readFileSync(path.join(room, "source/settings.sh"), "utf8");
    put("source/settings.sh", `${script}labs=(1 9)\n`);
    const { code, results } = await run();
    expect(code).not.to.equal(0);
    expect(results.tests).to.have.length(1);
    expect(results.output).to.match(/^These marks are not final/);
  });

  it("there are results even if the grader breaks", async () => {
    put("submission/raft/raft.ts", "export class Raft {}\n");
    rmSync(path.join(room, "source/course/grader/schema"), { recursive: true });
    const broken = await run();
    expect([broken.code, broken.results.score]).to.deep.equal([4, 0]);
    expect(broken.results.output).to.include("The grader failed. This says nothing about the program");
  });
});
