import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tarGz } from "../../labs/desk/archive";
import type { Contents } from "./contents";

/** Every file is as old as the first Raft paper's year: when it was packed is nobody's business. */
const THEN = new Date(Date.UTC(2014, 0, 1));

/** Writes the files into a new folder; whoever asked for it removes it. */
export function unpacked(contents: Contents, folder: string): void {
  for (const [file, bytes] of contents) {
    const place = path.join(folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, bytes);
    utimesSync(place, THEN, THEN);
  }
}

/** The files as a .tar.gz: the same files give the same bytes. */
export async function packed(contents: Contents): Promise<Buffer> {
  const folder = mkdtempSync(path.join(tmpdir(), "handout-"));
  try {
    unpacked(contents, folder);
    return await tarGz(folder, [...contents.keys()], THEN);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
