import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { packed } from "./archive";
import { handoutOf } from "./build";
import { type Contents, secretsOf } from "./contents";
import { matches } from "./fingerprints";
import { tryGates } from "./gates";

const ROOT = path.resolve(__dirname, "..", "..");

function withFile(contents: Contents, file: string, text: string): Contents {
  return new Map(contents).set(file, Buffer.from(text));
}

function text(contents: Contents, file: string): string {
  return contents.get(file)?.toString("utf8") ?? "";
}

describe("a handout", function () {
  this.timeout(120_000);
  const whole = handoutOf(ROOT, undefined);

  it("passes its gates", async () => {
    expect(await tryGates(ROOT, whole)).to.deep.equal([]);
  });

  it("has nothing but what is on the list", () => {
    const files = [...whole.keys()];
    expect(files.filter((file) => /^(solutions|grader|\.ci|\.git\/|node_modules)/.test(file))).to.be.empty;
    expect(files.filter((file) => /\.test\.ts$/.test(file))).to.deep.equal(["labs/mocha/scenes.test.ts"]);
    expect(files).to.include.members([
      "skeleton/raft/raft.ts",
      "labs/6-quorum/README.md",
      "package-lock.json",
    ]);
  });

  it("has the labs that are asked for, the warm-up, and what belongs to them", () => {
    const files = [...handoutOf(ROOT, "1-2").keys()];
    const labs = new Set(files.flatMap((file) => /^labs\/(\d)-/.exec(file)?.[1] ?? []));
    expect([...labs]).to.deep.equal(["0", "1", "2"]);
    expect(files.filter((file) => file.startsWith("skeleton/"))).to.deep.equal([
      "skeleton/raft/raft.ts",
      "skeleton/warmup/warmup.ts",
    ]);
    expect(() => handoutOf(ROOT, "9")).to.throw(/9/);
  });

  it("offers commands whose files are there, with the same libraries", () => {
    const own = JSON.parse(text(handoutOf(ROOT, "1"), "package.json")) as Record<
      string,
      Record<string, string>
    >;
    const course = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as typeof own;
    expect(own.devDependencies).to.deep.equal(course.devDependencies);
    expect(Object.keys(own.scripts ?? {})).to.deep.equal([
      "lab",
      "check-history",
      "handin",
      "test",
      "typecheck",
    ]);
    expect(Object.values(own.scripts ?? {})).not.to.include("");
  });

  it("turns links to what it does not have into words", () => {
    const pages = [...handoutOf(ROOT, "1")].filter(([file]) => file.endsWith(".md"));
    for (const [file, bytes] of pages) {
      expect(bytes.toString("utf8"), file).not.to.match(
        /\]\([^)]*(instructors|2-replication|grader|solutions)/,
      );
    }
  });

  it("comes out the same, byte for byte", async () => {
    const small = handoutOf(ROOT, "0");
    expect((await packed(small)).equals(await packed(handoutOf(ROOT, "0")))).to.equal(true);
  });

  it("is not given out with a piece of a solution or of a hidden scene in it", () => {
    const secrets = secretsOf(ROOT);
    expect(matches(whole, secrets)).to.deep.equal([]);
    for (const secret of [
      "solutions/raft/raft.ts",
      "solutions/quorum/coordinator.ts",
      "grader/suites/1-election/16-quiet-hour.scene.ts",
    ]) {
      const stolen = text(secrets, secret)
        .split("\n")
        .map((line) => `    ${line}  `)
        .join("\n");
      const found = matches(withFile(whole, "labs/kit/sim/clock.ts", stolen), secrets);
      expect(
        found.map(({ file }) => file),
        secret,
      ).to.deep.equal(["labs/kit/sim/clock.ts"]);
    }
  });

  it("is not given out with a type error, a dead link, or a scene that fails for another reason", async () => {
    const broken = [
      [
        "labs/kit/sim/clock.ts",
        `${text(whole, "labs/kit/sim/clock.ts")}\nexport const slip: number = "no";\n`,
      ],
      [
        "docs/glossary.md",
        `${text(whole, "docs/glossary.md")}\n[nowhere](nowhere.md), [no such place](contract.md#nothing)\n`,
      ],
      ["skeleton/quorum/replica.ts", "export class Replica {}\n"],
    ] as const;
    const draft = broken.reduce((contents, [file, content]) => withFile(contents, file, content), whole);
    const wrong = new Map((await tryGates(ROOT, draft)).map(({ gate, lines }) => [gate, lines.join("\n")]));
    expect([...wrong.keys()]).to.deep.equal([
      "has links that lead somewhere",
      "type-checks",
      "fails only for what is not implemented",
    ]);
    expect(wrong.get("has links that lead somewhere")).to.match(
      /there is no docs\/nowhere\.md\n.*contract\.md has no “nothing”/,
    );
    expect(wrong.get("type-checks")).to.match(/^labs\/kit\/sim\/clock\.ts\(\d+,\d+\): error TS2322/);
    expect(wrong.get("fails only for what is not implemented")).to.match(
      /^Lab 6, “.*”: quorum\/replica\.ts: class Replica lacks /,
    );
  });
});
