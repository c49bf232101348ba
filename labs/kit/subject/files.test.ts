import { linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect } from "chai";
import { UsageError } from "../program/errors";
import { collectFiles, digestOf, LIMITS } from "./files";
import { refusal, withFolder } from "./fixture";

const pathsIn = (dir: string): string[] => collectFiles(dir).map(({ path }) => path);

describe("the files of a submission", () => {
  it("are its .ts files, sorted, and nothing else", () => {
    const files = {
      "raft/raft.ts": "",
      "raft/Log.ts": "",
      "index.ts": "",
      "raft/types.d.ts": "",
      "raft/notes.md": "",
      "raft/old.js": "",
      "raft/view.tsx": "",
      "raft/.hidden.ts": "",
      ".git/x.ts": "",
      "node_modules/x/x.ts": "",
      "raft/node_modules/x.ts": "",
      "package.json": "{}",
      "tsconfig.json": "{}",
    };
    withFolder(files, (dir) => expect(pathsIn(dir)).to.eql(["index.ts", "raft/Log.ts", "raft/raft.ts"]));
  });

  it("are never reached through links", function () {
    withFolder({ "secret/key.ts": "export const key = 1;", "mine/a.ts": "" }, (dir) => {
      try {
        symlinkSync(join(dir, "secret", "key.ts"), join(dir, "mine", "key.ts"));
        symlinkSync(join(dir, "secret"), join(dir, "mine", "secret"));
        symlinkSync(join(dir, "mine"), join(dir, "mine", "loop"));
      } catch {
        this.skip(); // Windows asks for a privilege
      }
      expect(pathsIn(join(dir, "mine"))).to.eql(["a.ts"]);
    });
  });

  it("may be hard links and lie in a folder that is a link itself", function () {
    withFolder({ "real/a.ts": "x" }, (dir) => {
      try {
        symlinkSync(join(dir, "real"), join(dir, "link"));
        linkSync(join(dir, "real", "a.ts"), join(dir, "real", "b.ts"));
      } catch {
        this.skip();
      }
      expect(pathsIn(join(dir, "link"))).to.eql(["a.ts", "b.ts"]);
    });
  });

  it("must exist: one line for a folder that is missing, empty or a file", () => {
    withFolder({ "a.ts": "", "empty/readme.md": "" }, (dir) => {
      const says = (name: string, text: string): void => {
        expect(() => collectFiles(join(dir, name))).to.throw(UsageError, text);
      };
      says("nowhere", `there is no folder “${join(dir, "nowhere")}”`);
      says("a.ts", "is a file; name the folder that holds it");
      says("empty", "holds no .ts file; name a folder with a program, such as skeleton");
    });
  });

  it("must be readable", function () {
    if (process.platform === "win32") this.skip();
    // A name that is too long is an error which even the administrator gets.
    withFolder({}, (dir) => {
      expect(() => collectFiles(join(dir, "x".repeat(300)))).to.throw(
        UsageError,
        "cannot be read (ENAMETOOLONG)",
      );
    });
  });

  it("are few, small and not deep", () => {
    withFolder({}, (dir) => {
      for (let i = 0; i <= LIMITS.files; i++) writeFileSync(join(dir, `f${i}.ts`), "");
      expect(refusal(() => collectFiles(dir))).to.eql([
        "not-gradable",
        `${dir} holds more than 200 .ts files`,
      ]);
    });
    withFolder({ "big.ts": " ".repeat(LIMITS.bytesPerFile + 1) }, (dir) => {
      expect(refusal(() => collectFiles(dir))).to.eql(["not-gradable", "big.ts has more than 512 KiB"]);
    });
    const full = " ".repeat(LIMITS.bytesPerFile);
    withFolder({ "a.ts": full, "b.ts": full, "c.ts": full, "d.ts": full, "e.ts": "1" }, (dir) => {
      expect(refusal(() => collectFiles(dir))[1]).to.equal("the .ts files have more than 2048 KiB together");
    });
    withFolder({}, (dir) => {
      mkdirSync(join(dir, "a/b/c/d/e/f/g/h"), { recursive: true });
      expect(refusal(() => collectFiles(dir))[1]).to.contain("lies deeper than 8 folders");
    });
  });

  it("have a digest of names and contents, in any order of creation", () => {
    const digest = (files: Record<string, string>): string =>
      withFolder(files, (dir) => digestOf(collectFiles(dir)));
    const one = digest({ "a.ts": "1", "b/c.ts": "2" });
    expect(one).to.match(/^[0-9a-f]{64}$/);
    expect(digest({ "b/c.ts": "2", "a.ts": "1", "notes.md": "more" })).to.equal(one);
    expect(digest({ "a.ts": "1", "b/d.ts": "2" })).not.to.equal(one);
    expect(digest({ "a.ts": "12", "b/c.ts": "" })).not.to.equal(one);
    expect(digest({ "a.ts": "1\0b/c.ts\x002" })).not.to.equal(one);
    // Pinned: marks carry it, so it must never change between versions of the course.
    expect(digest({ "raft/raft.ts": "export class Raft {}\n" })).to.equal(
      "399ccdd3b947f505b1135d688a935e8968afa72264728af065999d687ea2925e",
    );
    withFolder({ "a.ts": "" }, (dir) => expect(basename(dir)).to.match(/^subject-/));
  });
});
