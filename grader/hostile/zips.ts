import { deflateRawSync } from "node:zlib";
import { ZipFile } from "yazl";
import { type Parcel, put, RAFT, TEXT } from "./parcel";

/** @param mend - changes the bytes of the archive */
async function zip(
  room: string,
  entries: readonly { name: string; text?: string | Buffer; mode?: number }[],
  mend: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<string> {
  const out = new ZipFile();
  for (const { name, text = "", mode } of [{ name: RAFT, text: TEXT }, ...entries]) {
    out.addBuffer(Buffer.from(text), name, { compress: true, ...(mode === undefined ? {} : { mode }) });
  }
  out.end();
  const chunks: Buffer[] = [];
  for await (const chunk of out.outputStream) chunks.push(chunk as Buffer);
  return put(room, "mine.zip", mend(Buffer.concat(chunks)));
}

/** Changes a text of the archive into one of the same length. */
const rename =
  (from: string, to: string) =>
  (bytes: Buffer): Buffer =>
    Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1");

/** Writes a number over each place that lies so far behind a signature. */
const overwrite =
  (signature: number, offset: number, value: number, size: 2 | 4) =>
  (bytes: Buffer): Buffer => {
    const made = Buffer.from(bytes);
    for (let at = 0; at + 4 <= made.length; at++) {
      if (made.readUInt32LE(at) !== signature) continue;
      if (size === 4) made.writeUInt32LE(value, at + offset);
      else made.writeUInt16LE(value, at + offset);
    }
    return made;
  };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;

/** Archives in the form of .zip. */
export const ZIPS: readonly Parcel[] = [
  {
    name: "zip-traversal",
    tries: "writes above itself",
    pack: (room) => zip(room, [{ name: "aa/aaa/evil.ts" }], rename("aa/aaa/evil.ts", "../../../ev.ts")),
    refused: /outside|no \.zip/,
  },
  {
    name: "zip-links",
    tries: "links to a file outside",
    pack: (room, bait) => zip(room, [{ name: "raft/peek.ts", text: bait, mode: 0o120777 }]),
  },
  {
    name: "zip-devices",
    tries: "brings a device",
    pack: (room) => zip(room, [{ name: "raft/null.ts", mode: 0o020666 }]),
    refused: /is a device/,
  },
  {
    name: "zip-bomb",
    tries: "unpacks to more than it says, and it says little",
    pack: (room) =>
      zip(
        room,
        [{ name: "raft/bomb.ts", text: Buffer.alloc(50_000_000, 0x20) }],
        overwrite(CENTRAL, 24, 1000, 4),
      ),
    refused: /more than|no \.zip/,
  },
  {
    name: "zip-honest-bomb",
    tries: "unpacks to fifty million spaces",
    pack: (room) => zip(room, [{ name: "raft/bomb.ts", text: Buffer.alloc(50_000_000, 0x20) }]),
    refused: /more than 512 KiB/,
  },
  {
    name: "zip-encrypted",
    tries: "is encrypted",
    pack: (room) => zip(room, [], (bytes) => overwrite(CENTRAL, 8, 1, 2)(overwrite(LOCAL, 6, 1, 2)(bytes))),
    refused: /encrypted|no \.zip/,
  },
  {
    name: "zip-of-another-method",
    tries: "is packed by a method that nobody has",
    pack: (room) => zip(room, [], (bytes) => overwrite(CENTRAL, 10, 99, 2)(bytes)),
    refused: /no \.zip/,
  },
  {
    name: "zip-cut-off",
    tries: "ends in the middle",
    pack: (room) => zip(room, [], (bytes) => bytes.subarray(0, bytes.length - 10)),
    refused: /no \.zip/,
  },
  {
    name: "zip-twice-the-same",
    tries: "holds two files of one name, one for each reader",
    pack: (room) => zip(room, [{ name: "raft/raff.ts", text: "other" }], rename("raft/raff.ts", RAFT)),
    refused: /is there twice/,
  },
  {
    name: "zip-overlapping",
    tries: "has a hundred names for one great file",
    pack: (room) => zip(room, [{ name: "raft/aaa.ts", text: Buffer.alloc(500_000, 0x20) }], overlap),
    refused: /no \.zip|together|twice|more than/,
  },
  {
    name: "zip-in-a-zip",
    tries: "is packed in itself",
    pack: async (room) =>
      put(room, "outer.zip", await zipOf({ "inner.zip": deflateRawSync(Buffer.from("x")) })),
    refused: /no program of this course/,
  },
  {
    name: "zip-case-twins",
    tries: "holds two names that are one on other systems",
    pack: (room) => zip(room, [{ name: "raft/log.ts" }, { name: "raft/LOG.ts" }]),
    refused: /one file on many systems/,
  },
  {
    name: "zip-unicode-twins",
    tries: "holds two names that look the same",
    pack: (room) => zip(room, [{ name: "raft/\u00e9.ts" }, { name: "raft/e\u0301.ts" }]),
    refused: /one file on many systems/,
  },
  {
    name: "zip-folder-and-file",
    tries: "has a file where a folder is",
    pack: (room) => zip(room, [{ name: "raft/raft.ts/deep.ts" }]),
    refused: /a file and a folder/,
  },
  {
    name: "zip-thousands",
    tries: "holds twenty thousand files and one",
    pack: (room) =>
      zip(
        room,
        Array.from({ length: 20_001 }, (_, i) => ({ name: `n${i}.txt` })),
      ),
    refused: /more than 20000 files/,
  },
  {
    name: "zip-control-characters",
    tries: "has names that paint the terminal",
    pack: (room) => zip(room, [{ name: "raft/\u001b[2J.ts" }]),
    refused: /is no name for a file/,
  },
  {
    name: "zip-html-names",
    tries: "has names that are HTML",
    pack: (room) => zip(room, [{ name: "raft/<img src=x onerror=alert(1)>.ts" }]),
    refused: /is no name for a file/,
  },
  {
    name: "zip-very-long-names",
    tries: "has a name of sixty thousand characters",
    pack: (room) => zip(room, [{ name: `raft/${"n".repeat(60_000)}.ts` }]),
    refused: /is no name for a file/,
  },
  {
    name: "zip-very-deep",
    tries: "lies a thousand folders deep",
    pack: (room) => zip(room, [{ name: `${"d/".repeat(120)}x.ts` }]),
    refused: /lies deeper|is no name/,
  },
  {
    name: "zip-shell-names",
    tries: "has names that a shell would run",
    pack: (room) =>
      zip(room, [
        { name: "raft/$(touch touched).ts" },
        { name: "raft/;touch touched;.ts" },
        { name: "raft/`id`.ts" },
        { name: "--help.ts" },
        { name: "-rf.ts" },
      ]),
  },
  {
    name: "zip-remarks",
    tries: "has names that are formulas, Markdown and workflow commands, in files that do not count",
    pack: (room) =>
      zip(room, [{ name: "=HYPERLINK(1).txt" }, { name: "[x](javascript).md" }, { name: "@SUM(A1).csv" }]),
  },
  {
    name: "zip-reserved-names",
    tries: "has names that Windows keeps for devices",
    pack: (room) => zip(room, [{ name: "raft/CON.ts" }, { name: "raft/nul.ts" }]),
    refused: /is no name for a file/,
  },
  {
    name: "zip-dots-and-spaces",
    tries: "has names that end in dots and spaces, which Windows drops",
    pack: (room) =>
      zip(room, [{ name: "raft/raft.ts " }, { name: "raft /raft.ts" }, { name: "raft./raft.ts" }]),
    refused: /is no name for a file/,
  },
];

/** Repeats the last entry of the central directory a hundred times, all for one content. */
function overlap(bytes: Buffer): Buffer {
  const start = bytes.lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1"));
  const end = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  const entry = bytes.subarray(start, end);
  const copies = Array.from({ length: 100 }, (_, i) =>
    rename("raft/aaa.ts", `raft/${String(i).padStart(3, "0")}.ts`)(entry),
  );
  const tail = Buffer.from(bytes.subarray(end));
  const count = 1 + copies.length;
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(tail.readUInt32LE(12) + entry.length * (copies.length - 1), 12);
  return Buffer.concat([bytes.subarray(0, start), ...copies, tail]);
}

async function zipOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const out = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) out.addBuffer(bytes, name);
  out.end();
  const chunks: Buffer[] = [];
  for await (const chunk of out.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
