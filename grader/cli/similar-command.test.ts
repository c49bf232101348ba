import { expect } from "chai";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { listen, type Said } from "../fixtures/room";
import type { Similarity } from "../similarity/document";
import { runSimilar } from "./similar-command";

const ROOT = path.join(__dirname, "../..");
const VARIANTS = path.join(ROOT, "grader/variants");

describe("grade similar", () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "similar-"));
    mkdirSync(at("class"));
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  const at = (name: string): string => path.join(room, name);
  const handIn = (student: string, variant: string, folder = "class"): void =>
    cpSync(path.join(VARIANTS, variant), at(`${folder}/${student}`), { recursive: true });
  const similar = (...args: string[]): Promise<Said> =>
    listen((paper) => runSimilar([...args, "--out", at("out")], paper), { root: ROOT });

  function rewrite(file: string, edit: (text: string) => string): void {
    writeFileSync(at(file), edit(readFileSync(at(file), "utf8")));
  }

  it("lists what is alike in at most 80 columns, and writes a page and a document", async () => {
    const long = `a-student-with-${"a-".repeat(60)}long-name`;
    handIn("alice", "ring");
    handIn("bob\u001b[31m\\n", "ring");
    handIn("carol", "silent");
    handIn(long, "ring");
    handIn("2025/dan", "ring", ".");
    rewrite("class/alice/quorum/replica.ts", (text) => text.replaceAll("number", "bigint"));
    rewrite(`class/${long}/quorum/replica.ts`, (text) =>
      text.replace(/^ +\/\/.*\n/gm, "").replaceAll("key", "it"),
    );
    writeFileSync(at("class/list.csv"), "alice\n");
    const { code, out, error } = await similar(at("class"), "--earlier", at("2025"));
    expect([code, error]).to.deep.equal([0, ""]);
    expect(out).to.match(/^5 programs, 1 of them earlier ones; 6 pairs\n/);
    expect(out).to.match(
      /\n {2}1\. 100 % {2}.*…? and .*\n +\d+ lines in one piece: quorum\/\w+\.ts:\d+-\d+\n/,
    );
    expect(out).to.include("the same files: bob\ufffd[31m\\n, 2025/dan\n");
    expect(out).to.include('"list.csv": it is no folder');
    expect(out).not.to.include("carol");
    // eslint-disable-next-line no-control-regex -- no such character is what it is about
    expect(out).not.to.match(/[\u0000-\u0009\u000b-\u001f]/);
    const listing = out.split("\n").filter((line) => !line.includes(room));
    expect(Math.max(...listing.map((line) => line.length))).to.be.at.most(80);
    expect(out).to.match(/similar\.html\n$/);
    expect(readFileSync(at("out/similar.html"), "utf8")).to.include("alice</bdi> and <bdi>");
    const document = JSON.parse(readFileSync(at("out/similar.json"), "utf8")) as Similarity;
    expect(document.pairs.length).to.equal(3);
  });

  it("gives the document alone to other programs", async () => {
    handIn("alice", "ring");
    handIn("bob", "whole-lists");
    const { out } = await similar(at("class"), "--json", "--threshold", "0");
    const { pairs, threshold } = JSON.parse(out) as Similarity;
    expect(threshold).to.deep.equal({ share: 0, tokens: 100 });
    expect(pairs.map(({ left, right, share }) => [left, right, share < 0.25])).to.deep.equal([
      ["alice", "bob", true],
    ]);
  });

  it("leaves out what is named as given", async () => {
    handIn("alice", "ring");
    handIn("bob", "ring");
    rewrite("class/bob/quorum/replica.ts", (text) => `${text}// mine\n`);
    const { out } = await similar(at("class"), "--given", path.join(VARIANTS, "ring"));
    expect(out).to.match(/^2 programs; 0 pairs\n/);
    expect(out).to.include("alice: it has next to nothing of its own");
  });

  it("says what is wrong with the command line", async () => {
    const wrong = async (...args: string[]): Promise<readonly [number, string]> => {
      const { code, error } = await similar(...args);
      return [code, error];
    };
    expect(await wrong(at("nowhere"))).to.deep.equal([
      2,
      `there is no folder “${at("nowhere")}”; name the one with the submissions\n`,
    ]);
    mkdirSync(at("class/empty"));
    expect(await wrong(at("class"))).to.deep.equal([
      2,
      `“${at("class")}” holds no program that can be read ("empty": there is no program of this course in it,` +
        " such as raft/raft.ts; it holds no .ts file)\n",
    ]);
    handIn("alice", "ring");
    expect((await wrong(at("class"), "--threshold", "25"))[1]).to.match(
      /^--threshold 25: a share lies between 0 and 1/,
    );
    expect((await wrong(at("class"), "--tokens", "many"))[1]).to.match(/^--tokens many: say a number/);
    expect((await wrong(at("class"), "--given", at("class/empty")))[1]).to.match(
      /^--given .*no program of this course/,
    );
    expect((await wrong(at("class"), "--earlier", "a/2025", "b/2025"))[1]).to.match(
      /two folders are called 2025/,
    );
    expect((await similar("--help")).out).to.include("human eyes");
  });
});
