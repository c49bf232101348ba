import { expect } from "chai";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { create } from "tar";
import { collectFiles, digestOf } from "../kit/subject/files";
import { runHandin } from "./handin-command";

describe("handin", () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "handin-"));
    write("skeleton/raft/raft.ts", "export class Raft {}\n");
    write("skeleton/raft/notes.md", "mine\n");
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  const at = (file: string): string => path.join(room, file);
  const read = (file: string): string => readFileSync(at(file), "utf8");

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  }

  async function handin(
    args: readonly string[],
    types: readonly string[] = [],
  ): Promise<{ code: number; out: string; error: string }> {
    let [out, error] = ["", ""];
    const code = await runHandin(args, {
      root: room,
      check: () => Promise.resolve(types),
      out: (text) => (out += text),
      error: (text) => (error += text),
    });
    return { code, out, error };
  }

  it("packs the .ts files, and the same ones into the same bytes", async () => {
    const { code, out, error } = await handin(
      [at("skeleton"), "--out", at("one.tar.gz")],
      ["raft/raft.ts:1:1 - error"],
    );
    const digest = digestOf(collectFiles(at("skeleton"))).slice(0, 16);
    expect([code, out]).to.deep.equal([0, `${at("one.tar.gz")}: 1 files, 1 KiB, digest ${digest}\n`]);
    expect(error).to.equal("raft/raft.ts:1:1 - error (costs nothing)\n");
    await handin([at("skeleton"), "--out", at("two.tar.gz")]);
    expect(readFileSync(at("one.tar.gz")).equals(readFileSync(at("two.tar.gz")))).to.equal(true);
  });

  it("says what does not compile, and packs it all the same", async () => {
    write("skeleton/raft/raft.ts", "export class Raft {\n");
    const { code, out, error } = await handin([at("skeleton"), "--out", at("mine.tar.gz")]);
    expect(code).to.equal(1);
    expect(out).to.include("1 files");
    expect(error).to.match(
      /^raft\/raft\.ts:\d+:\d+: .*\n(.*\n)*it does not compile, so it would get no points\n$/,
    );
  });

  it("says what is wrong with the command line", async () => {
    expect(await handin([at("nowhere")])).to.deep.include({
      code: 2,
      error: `there is no folder “${at("nowhere")}”\n`,
    });
    expect(await handin([at("skeleton"), "--out", at("no/where.tar.gz")])).to.deep.include({ code: 2 });
    expect((await handin(["--pack"])).error).to.match(/unknown option '--pack'/);
    expect((await handin(["--help"])).out).to.include("--update");
  });

  it("lays a newer handout over the old one, and leaves the student's files alone", async () => {
    const newer = {
      "labs/1-election/README.md": "newer",
      "skeleton/raft/raft.ts": "the hole again",
      "skeleton/kv/server.ts": "a new hole",
    };
    for (const [file, text] of Object.entries(newer)) write(`newer/${file}`, text);
    await create({ cwd: at("newer"), file: at("handout.tar.gz"), gzip: true }, Object.keys(newer));
    const { code, out } = await handin(["--update", at("handout.tar.gz")]);
    expect([code, out]).to.deep.equal([
      0,
      "2 files written, 1 of yours in skeleton/ left as they are; now: npm ci\n",
    ]);
    expect(read("skeleton/raft/raft.ts")).to.equal("export class Raft {}\n");
    expect(read("skeleton/kv/server.ts")).to.equal("a new hole");
    expect(read("labs/1-election/README.md")).to.equal("newer");
    expect(await handin(["--update", at("no.tar.gz")])).to.deep.include({
      code: 2,
      error: `there is no “${at("no.tar.gz")}”\n`,
    });
    write("junk.tar.gz", "junk");
    expect((await handin(["--update", at("junk.tar.gz")])).error).to.match(/is no handout that can be read/);
  });
});
