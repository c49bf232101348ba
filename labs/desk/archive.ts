import { gzipSync } from "node:zlib";
import { create } from "tar";

/**
 * Files as a .tar.gz: the same files give the same bytes, whoever packs them and when.
 *
 * @param cwd - the folder that the names are relative to
 * @param mtime - how old all files seem to be
 */
export async function tarGz(cwd: string, names: readonly string[], mtime: Date): Promise<Buffer> {
  const options = { cwd, portable: true, noDirRecurse: true, mtime, onWriteEntry: plainMode };
  const chunks: Buffer[] = [];
  for await (const chunk of create(options, [...names])) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks), { level: 9 });
}

/** Whatever the umask of this machine is. */
function plainMode(entry: { stat?: { mode: number } }): void {
  if (entry.stat !== undefined) entry.stat.mode = 0o100644;
}
