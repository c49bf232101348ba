import { LIMITS, type SourceFile } from "../../labs/kit/subject/files";

/** A submission that is not taken: one line that says what, where, and what to do. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** What lies under one name of a submission, before anybody has looked into it. */
export interface Found {
  /** As the archive, the folder or the repository names it. */
  readonly path: string;
  readonly kind: "file" | "folder" | "link" | "other";
}

/** Characters that no file of a program needs, and that do harm in terminals, reports or shells. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"*:<>?|]/u;

/** Names that Windows does not keep: it drops dots and spaces at the end, and has devices of these names everywhere. */
const UNKEPT = /[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What tools leave behind, and what a program may not bring along. */
const NEVER = /^(node_modules|__MACOSX)$/;

const MOST_SHOWN = 5;

/**
 * Takes from a submission the files that count: regular `.ts` files, by allow-list, within the limits of the course. Whatever cannot be told
 * apart from an attack is refused; whatever merely does not count is left out, and named in the remarks.
 */
export class Intake {
  private entries = 0;
  private bytes = 0;
  private readonly taken = new Map<string, SourceFile>();
  /** By name as a file system without regard to case would see it. */
  private readonly names = new Map<string, string>();
  /** Likewise, the folders above them. */
  private readonly folders = new Set<string>();
  private readonly links: string[] = [];
  private readonly ignored: string[] = [];

  /**
   * @returns whether the content is wanted; then {@link Intake.take} must follow
   * @throws RefusedError if the name is dangerous, or there are too many
   */
  wants({ path: raw, kind }: Found): boolean {
    if (++this.entries > LIMITS.entries) {
      throw new RefusedError(
        `it holds more than ${LIMITS.entries} files and folders; hand in the program alone`,
      );
    }
    const path = cleanPath(raw);
    if (path === "" || kind === "folder") return false;
    if (kind === "other") {
      throw new RefusedError(`${show(path)} is a device, a pipe or a socket; hand in plain files`);
    }
    const parts = path.split("/");
    if (parts.length > LIMITS.depth + 1) {
      throw new RefusedError(
        `${show(path)} lies deeper than ${LIMITS.depth} folders; a program needs far fewer`,
      );
    }
    if (kind === "link") {
      this.links.push(path);
      return false;
    }
    const counts = path.endsWith(".ts") && !path.endsWith(".d.ts");
    if (!counts || parts.some((part) => part.startsWith(".") || NEVER.test(part))) {
      this.ignored.push(path);
      return false;
    }
    if (parts.some((part) => UNKEPT.test(part))) throw badName(path);
    this.refuseTwin(path);
    if (this.names.size > LIMITS.files)
      throw new RefusedError(`it holds more than ${LIMITS.files} .ts files`);
    return true;
  }

  /**
   * Takes the content of a file that is wanted.
   *
   * @throws RefusedError if it is too large, or no text
   */
  take(path: string, content: Uint8Array): void {
    const name = cleanPath(path);
    if (content.length > LIMITS.bytesPerFile) throw tooLarge(name);
    this.bytes += content.length;
    if (this.bytes > LIMITS.bytes) {
      throw new RefusedError(`its .ts files have more than ${LIMITS.bytes / 1024} KiB together`);
    }
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
      this.taken.set(name, { path: name, text });
    } catch {
      throw new RefusedError(`${show(name)} is not text in UTF-8; save it so`);
    }
  }

  /** The files that count, in order. */
  get files(): SourceFile[] {
    return [...this.taken.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** What was left out, a line for each reason. */
  get remarks(): string[] {
    return [
      ...remark("links are not followed", this.links),
      ...remark("only .ts files count, so these do not", this.ignored),
    ];
  }

  /** Two files that some file system would take for one. */
  private refuseTwin(path: string): void {
    const key = path.normalize("NFC").toLowerCase();
    const twin = this.names.get(key);
    if (twin !== undefined) {
      const how = twin === path ? "is there twice" : `and ${show(twin)} are one file on many systems`;
      throw new RefusedError(`${show(path)} ${how}; rename or remove one`);
    }
    const above = foldersOf(key);
    if (this.folders.has(key) || above.some((folder) => this.names.has(folder))) {
      throw new RefusedError(
        `${show(path)} and another name would be a file and a folder; rename or remove one`,
      );
    }
    this.names.set(key, path);
    for (const folder of above) this.folders.add(folder);
  }
}

/** A file that is too large, known from what is said of it or from what was read. */
export function tooLarge(path: string): RefusedError {
  return new RefusedError(`${show(path)} has more than ${LIMITS.bytesPerFile / 1024} KiB`);
}

function badName(path: string): RefusedError {
  return new RefusedError(`${show(path)} is no name for a file of a program; use letters, digits, - and _`);
}

/** `a`, `a/b` for `a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** A name as it may be printed. */
export function show(path: string): string {
  const text = JSON.stringify(path.length > 80 ? `${path.slice(0, 77)}…` : path);
  return text.replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "?");
}

/** Slashes as everywhere, without `./` in front. */
function cleanPath(raw: string): string {
  const path = raw.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
  const parts = path.split("/");
  if (/^([A-Za-z]:|[/\\])/.test(raw) || raw.includes("\\") || parts.includes("..")) {
    throw new RefusedError(
      `${show(raw)} would lie outside of the submission; pack it with plain relative names`,
    );
  }
  if (HARMFUL.test(raw) || path.length > 300) {
    throw badName(raw);
  }
  if (parts.some((part) => part === "" || part === ".") && path !== "" && path !== ".") {
    throw new RefusedError(`${show(raw)} is written in a roundabout way; pack it with plain relative names`);
  }
  return path === "." ? "" : path;
}

function remark(reason: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const shown = paths.slice(0, MOST_SHOWN).map(show).join(", ");
  const more = paths.length > MOST_SHOWN ? ` and ${paths.length - MOST_SHOWN} more` : "";
  return [`${reason}: ${shown}${more}`];
}
