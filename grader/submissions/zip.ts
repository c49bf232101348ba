import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { LIMITS } from "../../labs/kit/subject/files";
import { type Found, type Intake, RefusedError, tooLarge } from "./intake";

const KIND_MASK = 0o170000;
const KINDS: { readonly [mode: number]: Found["kind"] } = {
  0o120000: "link",
  0o100000: "file",
  0o040000: "folder",
  0: "file", // packed where files have no mode
};

/**
 * Reads a .zip, entry by entry; only files that count are unpacked, and none beyond its limit.
 *
 * @throws RefusedError if it is damaged, encrypted or dangerous
 */
export async function readZip(archive: Buffer, intake: Intake): Promise<void> {
  try {
    const zip = await open(archive);
    for await (const entry of entries(zip)) {
      const path = entry.fileName;
      const mode = (entry.externalFileAttributes >>> 16) & KIND_MASK;
      const kind = path.endsWith("/") ? "folder" : (KINDS[mode] ?? "other");
      if (!intake.wants({ path, kind })) continue;
      if (entry.uncompressedSize > LIMITS.bytesPerFile) throw tooLarge(path);
      intake.take(path, await content(zip, entry));
    }
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new RefusedError(`it is no .zip that can be read (${(error as Error).message}); pack it anew`);
  }
}

function open(archive: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names are decoded by the book, and not mended: what is odd is to be seen.
    const options = { lazyEntries: true, strictFileNames: true, validateEntrySizes: true };
    fromBuffer(archive, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(error);
    });
  });
}

async function* entries(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      zip.removeAllListeners();
      zip
        .once("entry", resolve)
        .once("end", () => resolve(undefined))
        .once("error", reject);
      zip.readEntry();
    });
    if (entry === undefined) return;
    yield entry;
  }
}

/** At most a byte more than a file may have: a bomb is not unpacked to the end. */
function content(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error);
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on("data", (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > LIMITS.bytesPerFile) stream.destroy(tooLarge(entry.fileName));
      });
      stream.on("error", reject).on("end", () => resolve(Buffer.concat(chunks)));
    });
  });
}
