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
  const onReadEntry = (entry: ReadEntry): void => {
    try {
      read(entry, intake, (error) => (refusal ??= error));
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
        for await (const chunk of chunks) parser.write(chunk);
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
