import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { Header } from "tar";
import { ZipFile } from "yazl";
import { LIMITS } from "../../labs/kit/subject/files";
import { readSubmission } from "./read";

const RAFT = "export class Raft {}\n";

/** Files by name; a link by the name that it points to. */
type Tree = Readonly<Record<string, string | Buffer | { readonly link: string }>>;

describe("a submission", () => {
  let room: string;

  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "submissions-"));
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  const file = (name: string, content: Buffer): string => {
    const place = path.join(room, name);
    writeFileSync(place, content);
    return place;
  };

  function folder(tree: Tree, name = "mine"): string {
    const place = path.join(room, name);
    mkdirSync(place, { recursive: true });
    for (const [below, content] of Object.entries(tree)) {
      const target = path.join(place, below);
      mkdirSync(path.dirname(target), { recursive: true });
      if (typeof content === "object" && "link" in content) symlinkSync(content.link, target);
      else writeFileSync(target, content);
    }
    return place;
  }

  /** @param rename - names as they are to stand in the archive, which no honest tool would write: equally long ones */
  async function zip(tree: Tree, rename: Readonly<Record<string, string>> = {}): Promise<string> {
    const out = new ZipFile();
    for (const [name, content] of Object.entries(tree)) {
      if (typeof content === "object" && "link" in content)
        out.addBuffer(Buffer.from(content.link), name, { mode: 0o120777 });
      else out.addBuffer(Buffer.from(content), name);
    }
    out.end();
    const chunks: Buffer[] = [];
    for await (const chunk of out.outputStream) chunks.push(chunk as Buffer);
    let bytes = Buffer.concat(chunks).toString("latin1");
    for (const [from, to] of Object.entries(rename)) bytes = bytes.replaceAll(from, to);
    return file("mine.zip", Buffer.from(bytes, "latin1"));
  }

  function tarGz(
    entries: readonly {
      path: string;
      type?: "File" | "SymbolicLink" | "CharacterDevice";
      text?: string;
      linkpath?: string;
    }[],
  ): string {
    const blocks = entries.flatMap(({ path: name, type = "File", text = "", linkpath }) => {
      const size = Buffer.byteLength(text);
      const header = new Header({
        path: name,
        type,
        size,
        mode: 0o644,
        mtime: new Date(0),
        ...(linkpath === undefined ? {} : { linkpath }),
      });
      header.encode();
      const body = Buffer.alloc(Math.ceil(size / 512) * 512);
      body.write(text);
      return [header.block ?? Buffer.alloc(512), body];
    });
    return file("mine.tar.gz", gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])));
  }

  function repository(tree: Tree): string {
    const work = folder(tree, "work");
    const bare = path.join(room, "mine.git");
    const env = { PATH: process.env.PATH, HOME: room, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1" };
    const git = (...args: string[]): void =>
      void execFileSync("git", args, { cwd: work, env, stdio: "ignore" });
    git("init", "--initial-branch=main");
    git("add", "--all", "--force");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--message=mine");
    git("clone", "--bare", work, bare);
    return bare;
  }

  const MINE = {
    "raft/raft.ts": RAFT,
    "raft/log.ts": "export {};\n",
    "package.json": "{}",
    "raft/types.d.ts": "",
  };

  async function refusal(place: string): Promise<string> {
    const result = await readSubmission(place).then(
      () => "taken",
      (error: Error) => `${error.name}: ${error.message}`,
    );
    return result;
  }

  it("is the same in every form", async () => {
    const tar = Object.entries(MINE).map(([name, text]) => ({ path: `./${name}`, text }));
    for (const place of [folder(MINE), await zip(MINE), tarGz(tar), repository(MINE)]) {
      const { files, remarks } = await readSubmission(place);
      expect(files, place).to.deep.equal([
        { path: "raft/log.ts", text: "export {};\n" },
        { path: "raft/raft.ts", text: RAFT },
      ]);
      expect(remarks, place).to.have.length(1);
      expect(remarks[0], place).to.match(/^only \.ts files count, so these do not: "(package\.json|raft)/);
    }
  });

  it("is found wherever it lies, and only once", async () => {
    const deep = await readSubmission(
      folder({ "course/skeleton/raft/raft.ts": RAFT, "course/notes.ts": "" }),
    );
    expect(deep.files.map((one) => one.path)).to.deep.equal(["raft/raft.ts"]);
    expect(deep.remarks).to.deep.equal(["the program lies in course/skeleton/"]);
    expect(await refusal(folder({ "a/raft/raft.ts": RAFT, "b/raft/raft.ts": RAFT }, "two"))).to.equal(
      'RefusedError: it holds two programs, in "a/" and in "b/"; hand in one',
    );
    expect(await refusal(folder({ "x.ts": "" }, "none"))).to.match(
      /no program of this course in it.*"x\.ts"$/,
    );
    expect(await refusal(folder({}, "empty"))).to.match(/it holds no \.ts file$/);
  });

  it("has no links", async () => {
    const secret = file("secret.ts", Buffer.from("secret"));
    const tree = { ...MINE, "raft/peek.ts": { link: secret }, kv: { link: room } };
    const tar = tarGz([
      { path: "raft/raft.ts", text: RAFT },
      { path: "raft/peek.ts", type: "SymbolicLink", linkpath: secret },
    ]);
    for (const place of [folder(tree), await zip(tree), repository(tree), tar]) {
      const { files, remarks } = await readSubmission(place);
      expect(JSON.stringify(files), place).not.to.include("secret");
      expect(remarks.join(), place).to.match(/links are not followed:.*"raft\/peek\.ts"/);
    }
  });

  it("has plain names", async () => {
    const names = ["../../evil.ts", "/tmp/evil1.ts", "C:/win/evl.ts", "a\\..\\evil.ts", "a//b/evil1.ts"];
    for (const name of names) {
      const placeholder = "n".repeat(name.length - 3) + ".ts";
      expect(
        await refusal(await zip({ ...MINE, [placeholder]: "" }, { [placeholder]: name })),
        name,
      ).to.match(/^RefusedError: /);
      expect(await refusal(tarGz([{ path: "raft/raft.ts", text: RAFT }, { path: name }])), name).to.match(
        /^RefusedError: .*(outside of the submission|roundabout)/,
      );
    }
    for (const name of [
      "raft/\u001b[31m.ts",
      "raft/a\u202eb.ts",
      "raft/<img>.ts",
      `raft/"x".ts`,
      "raft/a\nb.ts",
    ]) {
      const line = await refusal(tarGz([{ path: "raft/raft.ts", text: RAFT }, { path: name }]));
      expect(line, name).to.match(/^RefusedError: .* is no name for a file of a program/);
      // eslint-disable-next-line no-control-regex -- what must not reach a terminal
      expect(line).not.to.match(/[\u0000-\u001f\u202e]/);
    }
  });

  it("has no two files that some systems take for one", async () => {
    for (const [one, two] of [
      ["raft/a.ts", "raft/A.ts"],
      ["raft/é.ts", "raft/e\u0301.ts"],
    ]) {
      const line = await refusal(
        await zip({ "raft/raft.ts": RAFT, [one as string]: "", [two as string]: "" }),
      );
      expect(line).to.match(/^RefusedError: .* are one file on many systems; rename or remove one$/);
    }
    const twice = tarGz([
      { path: "raft/raft.ts", text: RAFT },
      { path: "raft/raft.ts", text: "" },
    ]);
    expect(await refusal(twice)).to.equal(
      'RefusedError: "raft/raft.ts" is there twice; rename or remove one',
    );
  });

  it("has no devices", async () => {
    const line = await refusal(
      tarGz([
        { path: "raft/raft.ts", text: RAFT },
        { path: "raft/null.ts", type: "CharacterDevice" },
      ]),
    );
    expect(line).to.match(/^RefusedError: "raft\/null\.ts" is a device/);
  });

  it("is small", async () => {
    const bomb = "0".repeat(LIMITS.bytesPerFile + 1);
    const tree = { ...MINE, "raft/bomb.ts": bomb };
    for (const place of [
      folder(tree),
      await zip(tree),
      repository(tree),
      tarGz([{ path: "raft/bomb.ts", text: bomb }]),
    ]) {
      expect(await refusal(place), place).to.equal('RefusedError: "raft/bomb.ts" has more than 512 KiB');
    }
    const many = Object.fromEntries(
      Array.from({ length: LIMITS.files + 1 }, (_, i) => [`raft/f${i}.ts`, ""]),
    );
    expect(await refusal(await zip(many))).to.equal(
      `RefusedError: it holds more than ${LIMITS.files} .ts files`,
    );
    const big = Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => [`raft/f${i}.ts`, "0".repeat(500 * 1024)]),
    );
    expect(await refusal(await zip(big))).to.match(/its \.ts files have more than 2048 KiB together/);
    const padding = Array.from({ length: 70 }, (_, i) => ({
      path: `p${i}.bin`,
      text: "0".repeat(1024 * 1024),
    }));
    expect(await refusal(tarGz(padding))).to.match(/it unpacks to more than 64 MiB/);
  });

  it("says when an archive lies about its sizes, is damaged, or is none", async () => {
    const place = await zip({ "raft/raft.ts": RAFT });
    expect(await refusal(file("cut.zip", Buffer.from("PK\u0003\u0004 no zip")))).to.match(
      /^RefusedError: it is no \.zip that can be read/,
    );
    expect(await refusal(file("cut.tar.gz", gzipSync("no tar")))).to.match(/^RefusedError: /);
    expect(await refusal(file("cut.tgz", Buffer.from("no gzip")))).to.match(
      /^RefusedError: it is no \.tar\.gz that can be read/,
    );
    expect(await refusal(file("mine.rar", Buffer.from("")))).to.match(/^UsageError: .* is no submission/);
    expect(await refusal(path.join(room, "nowhere"))).to.match(/^UsageError: there is no/);
    expect(await refusal(place)).to.equal("taken");
  });

  it("is text", async () => {
    const line = await refusal(folder({ "raft/raft.ts": Buffer.from([0xff, 0xfe, 0x00]) }));
    expect(line).to.equal('RefusedError: "raft/raft.ts" is not text in UTF-8; save it so');
  });

  it("may be a repository, whose settings and neighbours are of no account", async () => {
    const bare = repository(MINE);
    writeFileSync(path.join(bare, "config"), "[core\nthis is no configuration");
    expect((await readSubmission(bare)).files).to.have.length(2);
    mkdirSync(path.join(bare, "objects", "info"), { recursive: true });
    writeFileSync(path.join(bare, "objects", "info", "alternates"), "/srv/others.git/objects\n");
    expect(await refusal(bare)).to.match(/^RefusedError: it borrows objects/);
    rmSync(path.join(bare, "objects", "info", "alternates"));
    writeFileSync(path.join(bare, "HEAD"), "ref: refs/heads/../../../secret\n");
    expect(await refusal(bare)).to.match(/^RefusedError: its HEAD leads outside/);
    writeFileSync(path.join(bare, "HEAD"), "ref: refs/heads/other\n");
    expect(await refusal(bare)).to.equal("RefusedError: its branch other has no commit");
  });
});
