import { expect } from "chai";
import { readdirSync } from "node:fs";
import path from "node:path";
import { collectFiles, type SourceFile } from "../../labs/kit/subject/files";
import { parsed } from "../pages/parsed";
import { compare, THRESHOLD } from "./compare";
import type { Similarity } from "./document";
import { similarityPage } from "./page";
import { programOf } from "./programs";
import { tokensOf } from "./tokens";

const ROOT = path.join(__dirname, "../..");
const VARIANTS = path.join(ROOT, "grader/variants");

const filesOf = (folder: string): SourceFile[] => collectFiles(path.join(ROOT, folder));
const edited = (files: readonly SourceFile[], edit: (text: string) => string): SourceFile[] =>
  files.map(({ path: file, text }) => ({ path: file, text: edit(text) }));

const original = filesOf("grader/variants/plain");
const other = filesOf("grader/variants/natural-batches");
const given = [tokensOf(filesOf("skeleton"))];

function compared(
  programs: Readonly<Record<string, readonly SourceFile[]>>,
  threshold: Similarity["threshold"] = THRESHOLD,
): Similarity {
  const all = Object.entries(programs).map(([name, files]) => programOf(name, files));
  return compare({ programs: all, unread: [] }, { given, threshold });
}

/** How much of a changed copy is recognised, in both directions. */
function recognised(copy: readonly SourceFile[]): number {
  const [pair] = compared({ original, copy, other }).pairs;
  expect([pair?.left, pair?.right]).to.deep.equal(["original", "copy"]);
  return Math.min(...(pair?.shares ?? []));
}

/** The members of each class, the last first. */
const reordered = (text: string): string =>
  text.replace(/(class \w+[^\n]*\{\n)([\s\S]*?)(\n\}\n)/g, (_, head: string, body: string, end: string) =>
    [
      head,
      body
        .split(/\n\n(?= {2}\S)/)
        .reverse()
        .join("\n\n"),
      end,
    ].join(""),
  );

const renamed = (text: string): string =>
  text
    .replace(
      /\b(?!return\b|class\b|const\b|import\b|export\b|private\b|readonly\b)[a-z]\w{3,}(?=[ (.,;)])/g,
      (name) =>
        /^(this|else|case|type|from|switch|void|number|string|boolean|undefined|null|true|false|break|continue|default|extends|implements|constructor|throw|while|super|static|async|await|typeof|interface|public|protected|for|if|new|let)$/.test(
          name,
        )
          ? name
          : `my${name}`,
    )
    .replace(/"[^"\n]*"/g, '"changed"')
    .replace(/\b[0-9]+\b/g, "7");

const reformatted = (text: string): string =>
  text
    .replace(/^\s*(\/\*\*|\*|\/\/).*\n/gm, "")
    .replace(/;$/gm, "; // what a line")
    .replace(/"([^"\n$`]*)"/g, "`$1`")
    .replace(/^( +)if \((.*)\) return;/gm, "$1if ($2)\n$1{\n$1  return;\n$1}")
    .replace(/private readonly |private |readonly /g, "")
    .replace(/\bconst\b/g, "let")
    .replace(/^ +/gm, "\t");

describe("similarity", () => {
  it("recognises a copy with other names, texts and numbers", () => {
    expect(recognised(edited(original, renamed))).to.be.above(0.95);
  });

  it("recognises a copy whose methods stand in another order", () => {
    const copy = edited(original, reordered);
    expect(copy[3]?.text.length).to.equal(original[3]?.text.length);
    expect(copy).not.to.deep.equal(original);
    expect(recognised(copy)).to.be.above(0.85);
  });

  it("recognises a copy with other comments and another layout, in other files", () => {
    const copy = edited(original, reformatted).map(({ path: file, text }) => ({ path: `own/${file}`, text }));
    expect(recognised(copy)).to.be.above(0.9);
  });

  it("lists a single method that was taken over", () => {
    const method =
      /\n {2}appendEntries\([\s\S]*?\n {2}\}\n/.exec(original.map(({ text }) => text).join("\n"))?.[0] ?? "";
    expect(method.split("\n").length).to.be.within(12, 60);
    const taker = edited(other, (text) => text.replace(/(class Raft [^\n]*\n)/, `$1${renamed(method)}`));
    const { pairs } = compared({ original, taker });
    expect(pairs.map(({ left, right }) => [left, right])).to.deep.equal([["original", "taker"]]);
    expect(pairs[0]?.share).to.be.below(THRESHOLD.share);
    expect(pairs[0]?.fragments[0]?.left.file).to.equal("raft/raft.ts");
    const { left, right } = pairs[0]?.fragments[0] ?? { left: undefined, right: undefined };
    expect((left?.to ?? 0) - (left?.from ?? 0)).to.be.above(8);
    const text = (files: readonly SourceFile[], line = 0): string =>
      files.flatMap((file) => (file.path === "raft/raft.ts" ? file.text.split("\n") : []))[line - 1] ?? "";
    expect(renamed(text(original, left?.from))).to.equal(text(taker, right?.from));
  });

  it("lists no programs of this repository that were written apart", () => {
    const folders = readdirSync(VARIANTS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const programs = Object.fromEntries([
      ["solutions", filesOf("solutions")],
      ...folders.map(({ name }) => [name, filesOf(`grader/variants/${name}`)] as const),
    ]);
    const { pairs, usual, more } = compared(programs);
    // stop-and-wait is the reference with other ways to send: as much of it as is the same is found.
    expect(pairs.map(({ left, right }) => [left, right])).to.deep.equal([["solutions", "stop-and-wait"]]);
    expect(usual.pairs).to.equal((folders.length * (folders.length + 1)) / 2);
    expect([usual.half < 0.05, usual.most < 0.15, more]).to.deep.equal([true, true, 0]);
  });

  it("counts nothing that everybody was given, and says who has nothing else", () => {
    const skeleton = filesOf("skeleton");
    const { pairs, programs, usual } = compared({
      original,
      one: skeleton,
      two: edited(skeleton, reformatted),
    });
    expect([pairs, usual.pairs]).to.deep.equal([[], 0]);
    expect(programs.map(({ remarks }) => remarks.length)).to.deep.equal([0, 1, 1]);
    expect(programs[1]?.remarks).to.deep.equal(["it has next to nothing of its own, so it was not compared"]);
  });

  it("tells files that are the same, and compares them once", () => {
    const { identical, usual, programs } = compared({ one: original, other, two: original });
    expect([identical, usual.pairs]).to.deep.equal([[["one", "two"]], 1]);
    expect(programs[2]?.fingerprints).to.equal(programs[0]?.fingerprints);
  });

  it("does not compare earlier programs with each other", () => {
    const old = [programOf("2025/a", original, false), programOf("2025/b", edited(original, renamed), false)];
    const mine = programOf("mine", edited(original, reordered));
    const { pairs } = compare({ programs: [mine, ...old], unread: [] }, { given, threshold: THRESHOLD });
    expect(pairs.map(({ left, right }) => `${left} ${right}`)).to.have.members([
      "mine 2025/a",
      "mine 2025/b",
    ]);
  });

  it("ends its list where nobody would read on, and says how many it leaves out", () => {
    const small = filesOf("grader/variants/whole-lists");
    const copies = Array.from({ length: 33 }, (_, i) => edited(small, (text) => `// ${i}\n${text}`));
    const { pairs, more, usual } = compared(
      Object.fromEntries(copies.map((files, i) => [`copy ${i}`, files])),
    );
    expect([pairs.length, more, usual.pairs]).to.deep.equal([500, 28, 528]);
  });

  it("is not kept busy by programs that repeat one line for ever, and says so", () => {
    const endless = [{ path: "raft/raft.ts", text: `f(a, b);\n`.repeat(50_000) }];
    const begun = process.cpuUsage();
    const { programs } = compared({ original, one: endless, two: [...endless, ...other] });
    const { user } = process.cpuUsage(begun);
    expect(user / 1e6).to.be.below(10); // seconds; hours without the limit
    expect(programs[1]?.remarks).to.deep.equal([
      "it has next to nothing of its own, so it was not compared",
      "it repeats the same few lines over and over; these were not compared",
      "it is so long that only its beginning was compared",
    ]);
  });
});

describe("the page of similar programs", () => {
  it("shows what is alike side by side, and takes nothing of it for HTML", () => {
    const evil = `</pre><script>alert("1")</script>`;
    const copy = edited(original, (text) => text.replace(/;\n/g, `; // ${evil}\n`));
    const name = `<img src=x onerror=alert(1)>`;
    const similarity = compared({ original, [name]: copy });
    const lines = (program: string, file: string): string[] | undefined =>
      (program === name ? copy : original).find((each) => each.path === file)?.text.split("\n");
    const { elements, errors } = parsed(similarityPage(similarity, lines));
    expect(errors).to.deep.equal([]);
    const names = new Set(elements.map((element) => element.name));
    expect([...names].filter((each) => /script|img|iframe|object|form|link/.test(each))).to.deep.equal([]);
    const links = elements.flatMap(({ attributes }) => attributes.get("href") ?? []);
    expect(links).to.deep.equal(["#pair-1"]);
    expect(elements.some(({ name: tag, text }) => tag === "bdi" && text() === name)).to.equal(true);

    const [one = "", two = ""] = elements.filter(({ name: tag }) => tag === "pre").map(({ text }) => text());
    const fragment = similarity.pairs[0]?.fragments[0];
    expect(Number.parseInt(one, 10)).to.equal(fragment?.left.from);
    expect(Number.parseInt(two, 10)).to.equal(fragment?.right.from);
    const plainLine = lines("original", fragment?.left.file ?? "")?.[(fragment?.left.from ?? 0) - 1];
    expect(one.split("\n")[0]).to.equal(`${String(fragment?.left.from).padStart(4)}  ${plainLine}`);
    expect(two).to.include(`; // ${evil}`);
  });
});
