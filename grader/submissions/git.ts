import { execFile } from "node:child_process";
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { LIMITS } from "../../labs/kit/subject/files";
import { type Found, type Intake, RefusedError, tooLarge } from "./intake";

const run = promisify(execFile);

const KINDS: { readonly [mode: string]: Found["kind"] } = {
  "100644": "file",
  "100755": "file",
  "120000": "link",
};

/** More than any list of files that is within the limits needs. */
const OUTPUT = 32 * 1024 * 1024;

/** True for a bare git repository: a folder with HEAD, objects and refs. */
export function isBareRepository(folder: string): boolean {
  return ["HEAD", "objects", "refs"].every((name) => existsSync(path.join(folder, name)));
}

/**
 * Reads what HEAD of a bare repository points to. The repository is looked at through one of our own: neither its configuration nor
 * its hooks and attributes are ever read, and nothing is fetched.
 *
 * @throws RefusedError if it is damaged, has no commit, or leans on objects of others
 */
export async function readRepository(folder: string, intake: Intake): Promise<void> {
  if (existsSync(path.join(folder, "objects", "info", "alternates"))) {
    throw new RefusedError("it borrows objects from another repository; hand in a full clone");
  }
  const commit = headOf(folder);
  const own = mkdtempSync(path.join(tmpdir(), "repository-"));
  const env = {
    PATH: process.env.PATH,
    GIT_DIR: own,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
  };
  const git = async (args: readonly string[], objects?: string): Promise<Buffer> => {
    const more = objects === undefined ? {} : { GIT_OBJECT_DIRECTORY: objects };
    const options = {
      env: { ...env, ...more },
      encoding: "buffer",
      maxBuffer: OUTPUT,
      timeout: 60_000,
    } as const;
    return (await run("git", args, options)).stdout;
  };
  const objects = path.resolve(folder, "objects");
  try {
    await git(["init", "--quiet", "--bare", "--template=", own]);
    const list = await git(["ls-tree", "-r", "-z", "-l", "--full-tree", commit], objects);
    for (const line of list
      .toString("utf8")
      .split("\0")
      .filter((text) => text !== "")) {
      const [, mode = "", id = "", size = "", name = ""] = /^(\d+) \w+ (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
      if (!intake.wants({ path: name, kind: KINDS[mode] ?? "link" })) continue; // a submodule leads elsewhere, too
      if (Number(size) > LIMITS.bytesPerFile) throw tooLarge(name);
      intake.take(name, await git(["cat-file", "blob", id], objects));
    }
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const { code, stderr = "" } = error as NodeJS.ErrnoException & { stderr?: Buffer | string };
    if (code === "ENOENT") throw new RefusedError("it is a git repository, and git is not installed here");
    const [line = "git gave up"] = String(stderr).split("\n");
    throw new RefusedError(`its repository cannot be read (${line}); push it anew`);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** The commit that HEAD names; read by hand, as git itself would read the configuration next to it. */
function headOf(folder: string): string {
  const head = small(path.join(folder, "HEAD"));
  const [, ref] = /^ref: (refs\/[\w./-]+)$/.exec(head) ?? [];
  if (ref === undefined) return commitIn(head);
  if (ref.includes("..")) throw new RefusedError("its HEAD leads outside of the repository");
  const loose = path.join(folder, ref);
  if (existsSync(loose)) return commitIn(small(loose));
  const packed = path.join(folder, "packed-refs");
  const line = existsSync(packed)
    ? small(packed)
        .split("\n")
        .find((text) => text.endsWith(` ${ref}`))
    : undefined;
  if (line === undefined)
    throw new RefusedError(`its branch ${ref.slice("refs/heads/".length)} has no commit`);
  return commitIn(line.split(" ")[0] ?? "");
}

function commitIn(text: string): string {
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text)) return text;
  throw new RefusedError("its HEAD names no commit");
}

function small(file: string): string {
  const { size } = lstatSync(file);
  if (!lstatSync(file).isFile() || size > 1024 * 1024) throw new RefusedError("its refs are no plain files");
  return readFileSync(file, "utf8").trim();
}
