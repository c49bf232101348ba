import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { Packed } from "./contents";

/** Equal contents give equal archives, so no file is of today. */
const TIME = new Date(Date.UTC(2020, 0, 1));

/** These files as a `.zip`. */
export async function zipped(files: readonly Packed[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, content, executable = false } of files) {
    zip.addBuffer(content, name, {
      mtime: TIME,
      forceDosTimestamp: true,
      mode: executable ? 0o100755 : 0o100644,
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}
