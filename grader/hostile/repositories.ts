import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { devNull } from "node:os";
import path from "node:path";
import { type Parcel, put, RAFT, TEXT } from "./parcel";

/** A bare repository with these files; `change` may spoil it before it is cloned, `spoil` after. */
function repository(
  room: string,
  change: (work: string, git: (...args: string[]) => string) => void,
  spoil: (bare: string) => void = () => undefined,
): string {
  const work = path.join(room, "work");
  put(work, RAFT, TEXT);
  const env = { PATH: process.env["PATH"], HOME: room, GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...args: string[]): string =>
    execFileSync(
      "git",
      ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always", ...args],
      {
        cwd: work,
        env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    ).trim();
  git("init", "--initial-branch=main");
  git("add", "--all", "--force");
  git("commit", "--message=mine");
  change(work, git);
  const bare = path.join(room, "mine.git");
  git("clone", "--bare", "--no-local", work, bare);
  spoil(bare);
  rmSync(work, { recursive: true });
  return bare;
}

/** Shell text that would leave something behind in the folder of the repository. */
const TOUCH = "touch touched; exit 0";

/** Bare repositories. */
export const REPOSITORIES: readonly Parcel[] = [
  {
    name: "git-hooks",
    tries: "brings hooks, filters, pagers and aliases",
    pack: (room) =>
      repository(
        room,
        (work, git) => {
          put(work, ".gitattributes", "*.ts filter=evil diff=evil\n");
          put(work, ".gitconfig", "x");
          git("add", "--all");
          git("commit", "--message=2");
        },
        (bare) => {
          put(
            bare,
            "config",
            `[core]\nbare = true\nfsmonitor = "${TOUCH}"\nsshCommand = "${TOUCH}"\nhooksPath = hooks\npager = "${TOUCH}"\n[filter "evil"]\nsmudge = "${TOUCH}"\nclean = "${TOUCH}"\n[diff "evil"]\ntextconv = "${TOUCH}"\n[alias]\nls-tree = "!${TOUCH}"\n[include]\npath = /etc/passwd\n`,
          );
          for (const hook of ["post-checkout", "reference-transaction", "post-index-change"])
            put(bare, `hooks/${hook}`, `#!/bin/sh\n${TOUCH}\n`);
        },
      ),
  },
  {
    name: "git-submodule",
    tries: "has a submodule that leads to another repository",
    pack: (room, bait) =>
      repository(room, (work, git) => {
        const id = git("rev-parse", "HEAD");
        put(work, ".gitmodules", `[submodule "kv"]\npath = kv\nurl = ${path.dirname(bait)}\n`);
        git("update-index", "--add", "--cacheinfo", `160000,${id},kv`);
        git("commit", "--message=2");
      }),
  },
  {
    name: "git-symbolic-link",
    tries: "has a link to a file outside",
    pack: (room, bait) =>
      repository(room, (work, git) => {
        symlinkSync(bait, path.join(work, "raft/peek.ts"));
        git("add", "--all");
        git("commit", "--message=2");
      }),
  },
  {
    name: "git-alternates",
    tries: "borrows the objects of others",
    pack: (room, bait) =>
      repository(
        room,
        () => undefined,
        (bare) => put(bare, "objects/info/alternates", `${path.dirname(bait)}\n`),
      ),
    refused: /borrows objects/,
  },
  {
    name: "git-http-alternates",
    tries: "fetches objects from elsewhere",
    pack: (room) =>
      repository(
        room,
        () => undefined,
        (bare) => put(bare, "objects/info/http-alternates", "http://127.0.0.1:9/\n"),
      ),
  },
  {
    name: "git-partial",
    tries: "lacks objects, which git would fetch",
    pack: (room) =>
      repository(
        room,
        () => undefined,
        (bare) => {
          rmSync(path.join(bare, "objects/pack"), { recursive: true });
          put(
            bare,
            "config",
            `[core]\nrepositoryformatversion = 1\n[extensions]\npartialClone = origin\n[remote "origin"]\nurl = ext::sh -c "${TOUCH}"\npromisor = true\n`,
          );
        },
      ),
    refused: /cannot be read|has no commit/,
  },
  {
    name: "git-head-elsewhere",
    tries: "has a HEAD that names a file outside",
    pack: (room) =>
      repository(
        room,
        () => undefined,
        (bare) => put(bare, "HEAD", "ref: refs/heads/../../../secret.txt\n"),
      ),
    refused: /HEAD leads outside/,
  },
  {
    name: "git-linked-parts",
    tries: "has links for HEAD and refs",
    pack: (room, bait) =>
      repository(
        room,
        () => undefined,
        (bare) => {
          rmSync(path.join(bare, "HEAD"));
          symlinkSync(bait, path.join(bare, "HEAD"));
        },
      ),
    refused: /no plain files|names no commit/,
  },
  {
    name: "git-linked-objects",
    tries: "has a link to the objects of another repository",
    pack: (room, bait) =>
      repository(
        room,
        () => undefined,
        (bare) => {
          rmSync(path.join(bare, "objects"), { recursive: true });
          symlinkSync(path.dirname(bait), path.join(bare, "objects"));
        },
      ),
    refused: /link|cannot be read/,
  },
  {
    name: "git-strange-names",
    tries: "has files called .GIT, with newlines, tabs and arrows",
    pack: (room) =>
      repository(room, (_work, git) => {
        const id = git("hash-object", "-w", RAFT);
        git("update-index", "--add", "--cacheinfo", `100644,${id},raft/a\tb\n -> c.ts`);
        git("commit", "--message=2");
      }),
    refused: /is no name for a file/,
  },
  {
    name: "git-great-blob",
    tries: "holds fifty million bytes in a few",
    pack: (room) =>
      repository(room, (work, git) => {
        put(work, "raft/great.ts", Buffer.alloc(50_000_000, 0x20));
        git("add", "--all");
        git("commit", "--message=2");
      }),
    refused: /more than 512 KiB/,
  },
  {
    name: "git-tree-bomb",
    tries: "holds ten folders in ten folders, ten deep, all the same",
    pack: (room) => repository(room, (work, git) => treeBomb(work, git)),
    refused: /cannot be read|more than|deeper/,
  },
  {
    name: "git-strange-refs",
    tries: "has a branch whose name is an option",
    pack: (room) =>
      repository(
        room,
        (_work, git) => void git("update-ref", "refs/heads/--upload-pack=touch", "HEAD"),
        (bare) => put(bare, "HEAD", "ref: refs/heads/--upload-pack=touch\n"),
      ),
    refused: /names no commit/,
  },
];

/** Each tree holds the one before ten times. */
function treeBomb(work: string, git: (...args: string[]) => string): void {
  let id = git("rev-parse", "HEAD:raft");
  for (let i = 0; i < 8; i++) {
    const list = Array.from({ length: 10 }, (_, n) => `040000 tree ${id}\td${n}`).join("\n");
    const file = put(work, "list.txt", `${list}\n`);
    id = execFileSync("git", ["mktree"], { cwd: work, input: `${list}\n`, encoding: "utf8" }).trim();
    rmSync(file);
  }
  const commit = git("commit-tree", "-m", "bomb", id);
  git("update-ref", "refs/heads/main", commit);
}
