import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { LIMITS } from "../../labs/kit/subject/files";
import { type Found, type Intake, RefusedError, tooLarge } from "./intake";

/** A .tar.gz may unpack to so many bytes, files that do not count included. */
const UNPACKED = 64 * 1024 * 1024;

const KINDS: { readonly [type: string]: Found["kind"] } = {
  File: "file",
  OldFile: "file",
  ContiguousFile: "file",
  Directory: "folder",
  GNUDumpDir: "folder",
  SymbolicLink: "link",
  Link: "link",
};

/**
 * Reads a .tar.gz in one pass.
 *
 * @throws RefusedError if it is damaged or dangerous, or unpacks to more than 64 MiB
 */
export async function readTarGz(file: string, intake: Intake): Promise<void> {
  let refusal: Error | undefined;
  const refuse = (error: Error): void => void (refusal ??= error);
  const onReadEntry = (entry: ReadEntry): void => {
    try {
      read(entry, intake, refuse);
    } catch (error) {
      refusal ??= error as Error;
      entry.resume();
    }
  };
  const parser = new Parser({ strict: true, onReadEntry });
  const stop = (): Error | undefined => refusal;
  try {
    await pipeline(
      createReadStream(file),
      createGunzip(),
      bounded(stop),
      async (chunks: AsyncIterable<Buffer>) => {
        const ended = new Promise<void>((resolve, reject) => {
          parser.on("end", resolve).on("error", reject);
        });
        ended.catch(() => undefined); // it is awaited below
        let isOver = false;
        parser.on("eof", () => (isOver = true));
        // What follows the end, the parser would keep, and copy with every chunk.
        for await (const chunk of plain(chunks, refuse)) if (!isOver) parser.write(chunk);
        parser.end();
        await ended;
      },
    );
  } catch (error) {
    refusal ??= error as Error;
  }
  if (refusal === undefined) return;
  if (refusal instanceof RefusedError) throw refusal;
  throw new RefusedError(`it is no .tar.gz that can be read (${refusal.message}); pack it anew`);
}

function read(entry: ReadEntry, intake: Intake, refuse: (error: Error) => void): void {
  const { path } = entry;
  if (!intake.wants({ path, kind: KINDS[entry.type] ?? "other" })) {
    entry.resume();
    return;
  }
  if (entry.size > LIMITS.bytesPerFile) throw tooLarge(path);
  const chunks: Buffer[] = [];
  entry.on("data", (chunk: Buffer) => chunks.push(chunk));
  entry.on("end", () => {
    try {
      intake.take(path, Buffer.concat(chunks));
    } catch (error) {
      refuse(error as Error);
    }
  });
}

/** By these the parser would know an archive in the archive, and unpack it behind the back of {@link bounded}. */
const PACKED = ["1f8b", "28b52ffd"];

/** Passes on what it gets, unless it is packed once more. */
async function* plain(chunks: AsyncIterable<Buffer>, refuse: (error: Error) => void): AsyncGenerator<Buffer> {
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head.length >= 4) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const start = head.toString("hex", 0, 4);
    if (PACKED.some((magic) => start.startsWith(magic))) {
      refuse(new RefusedError("it is packed twice; pack it once"));
      return;
    }
    if (head.length >= 4) yield head;
  }
}

/** Passes on what it gets, until it is too much or somebody says stop. */
function bounded(stop: () => Error | undefined): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const tooMuch = new RefusedError(
        `it unpacks to more than ${UNPACKED / 1024 / 1024} MiB; hand in the program alone`,
      );
      const error = bytes > UNPACKED ? tooMuch : stop();
      if (error === undefined) done(null, chunk);
      else done(error);
    },
  });
}
