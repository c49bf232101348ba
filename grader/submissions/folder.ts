import { type Dirent, lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { LIMITS } from "../../labs/kit/subject/files";
import { type Found, type Intake, tooLarge } from "./intake";

/** Folders that are not even looked into: they may hold tens of thousands of files. */
const CLOSED = new Set(["node_modules", ".git"]);

/** Reads a folder; links are not followed, neither of files nor of folders. */
export function readFolder(root: string, intake: Intake, below = ""): void {
  for (const entry of readdirSync(path.join(root, below), { withFileTypes: true })) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    const kind = kindOf(entry);
    const isClosed = kind === "folder" && CLOSED.has(entry.name);
    if (intake.wants({ path: name, kind: isClosed ? "file" : kind })) {
      const file = path.join(root, name);
      if (lstatSync(file).size > LIMITS.bytesPerFile) throw tooLarge(name);
      intake.take(name, readFileSync(file));
    } else if (kind === "folder" && !isClosed) {
      readFolder(root, intake, name);
    }
  }
}

function kindOf(entry: Dirent): Found["kind"] {
  if (entry.isSymbolicLink()) return "link";
  if (entry.isDirectory()) return "folder";
  return entry.isFile() ? "file" : "other";
}
