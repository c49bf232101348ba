import path from "node:path";
import { gzipSync } from "node:zlib";
import { Header, Pax } from "tar";
import { type Parcel, put, RAFT, TEXT } from "./parcel";

/** One entry of a .tar, as nobody's tool would write it. */
interface Entry {
  readonly path: string;
  readonly text?: string;
  readonly type?: ConstructorParameters<typeof Header>[0] extends infer _ ? string : never;
  readonly linkpath?: string;
  /** What its header says of its size, if that is not so. */
  readonly size?: number;
}

function block({ path: name, text = "", type = "File", linkpath, size }: Entry): Buffer {
  const bytes = Buffer.from(text);
  const header = new Header({
    path: name,
    type: type as "File",
    size: size ?? bytes.length,
    mode: 0o644,
    mtime: new Date(0),
    ...(linkpath === undefined ? {} : { linkpath }),
  });
  header.encode();
  const body = Buffer.alloc(Math.ceil(bytes.length / 512) * 512);
  bytes.copy(body);
  return Buffer.concat([header.block ?? Buffer.alloc(512), body]);
}

function tar(blocks: readonly Buffer[]): Buffer {
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function tarGz(room: string, entries: readonly Entry[]): string {
  return put(room, "mine.tar.gz", gzipSync(tar([...entries.map(block), block({ path: RAFT, text: TEXT })])));
}

/** Archives in the form of .tar.gz. */
export const TARS: readonly Parcel[] = [
  {
    name: "tar-traversal",
    tries: "writes above itself",
    pack: (room) => tarGz(room, [{ path: "../../evil.ts", text: "x" }]),
    refused: /outside of the submission/,
  },
  {
    name: "tar-absolute",
    tries: "writes to an absolute path",
    pack: (room) => tarGz(room, [{ path: "/tmp/evil.ts", text: "x" }]),
    refused: /outside of the submission/,
  },
  {
    name: "tar-backslashes",
    tries: "writes above itself as Windows would read it",
    pack: (room) => tarGz(room, [{ path: "raft\\..\\..\\evil.ts", text: "x" }]),
    refused: /outside of the submission/,
  },
  {
    name: "tar-drive",
    tries: "names a drive",
    pack: (room) => tarGz(room, [{ path: "C:evil.ts", text: "x" }]),
    refused: /outside of the submission/,
  },
  {
    name: "tar-symbolic-link",
    tries: "links to a file outside",
    pack: (room, bait) => tarGz(room, [{ path: "raft/peek.ts", type: "SymbolicLink", linkpath: bait }]),
  },
  {
    name: "tar-hard-link",
    tries: "links hard to a file outside, and then writes to it",
    pack: (room, bait) =>
      tarGz(room, [
        { path: "raft/peek.ts", type: "Link", linkpath: bait },
        { path: "raft/peek.ts", text: "overwritten" },
      ]),
  },
  {
    name: "tar-linked-folder",
    tries: "links a folder to one outside, to have something written through it",
    pack: (room, bait) =>
      tarGz(room, [
        { path: "kv", type: "SymbolicLink", linkpath: path.dirname(bait) },
        { path: "kv/evil.ts", text: "x" },
      ]),
  },
  {
    name: "tar-device",
    tries: "brings a device",
    pack: (room) => tarGz(room, [{ path: "raft/null.ts", type: "CharacterDevice" }]),
    refused: /is a device/,
  },
  {
    name: "tar-pipe",
    tries: "brings a pipe that nobody writes to",
    pack: (room) => tarGz(room, [{ path: "raft/pipe.ts", type: "FIFO" }]),
    refused: /is a device, a pipe/,
  },
  {
    name: "tar-negative-size",
    tries: "has a header with a negative size",
    pack: (room) => put(room, "mine.tar.gz", gzipSync(tar([negative(), block({ path: RAFT, text: TEXT })]))),
  },
  {
    name: "tar-size-beyond-its-end",
    tries: "says that a file has more than the archive",
    pack: (room) => put(room, "mine.tar.gz", gzipSync(block({ path: RAFT, text: TEXT, size: 400_000 }))),
    refused: /no \.tar\.gz that can be read|no program/,
  },
  {
    name: "tar-pax-path",
    tries: "gives a harmless name, and a bad one in an extended header",
    pack: (room) =>
      put(
        room,
        "mine.tar.gz",
        gzipSync(
          tar([
            pax({ path: "../../evil.ts" }),
            block({ path: "raft/a.ts", text: "x" }),
            block({ path: RAFT, text: TEXT }),
          ]),
        ),
      ),
    refused: /outside of the submission/,
  },
  {
    name: "tar-pax-size",
    tries: "gives another size in an extended header",
    pack: (room) =>
      put(
        room,
        "mine.tar.gz",
        gzipSync(
          tar([
            pax({ size: 2 ** 40 }),
            block({ path: "raft/a.ts", text: "x" }),
            block({ path: RAFT, text: TEXT }),
          ]),
        ),
      ),
    refused: /more than|no \.tar\.gz|no program/,
  },
  {
    name: "tar-pax-link",
    tries: "turns a file into a link in an extended header",
    pack: (room, bait) =>
      put(
        room,
        "mine.tar.gz",
        gzipSync(
          tar([
            pax({ linkpath: bait }),
            block({ path: "raft/a.ts", type: "SymbolicLink", linkpath: "b" }),
            block({ path: RAFT, text: TEXT }),
          ]),
        ),
      ),
  },
  {
    name: "tar-without-sums",
    tries: "has a wrong check sum",
    pack: (room) => {
      const bytes = tar([block({ path: RAFT, text: TEXT })]);
      bytes[150] = 0x37;
      return put(room, "mine.tar.gz", gzipSync(bytes));
    },
    refused: /no \.tar\.gz|no program/,
  },
  {
    name: "gzip-bomb",
    tries: "unpacks to two thousand million zeros",
    pack: (room) =>
      put(
        room,
        "mine.tar.gz",
        Buffer.concat(new Array<Buffer>(64).fill(gzipSync(Buffer.alloc(32 * 1024 * 1024)))),
      ),
    refused: /unpacks to more than/,
  },
  {
    name: "gzip-in-gzip",
    tries: "unpacks to an archive that unpacks to sixty million zeros",
    pack: (room) => put(room, "mine.tar.gz", gzipSync(gzipSync(Buffer.alloc(60_000_000)))),
    refused: /packed twice/,
  },
  {
    name: "gzip-in-gzip-in-pieces",
    tries: "is packed twice, and comes byte by byte",
    pack: (room) => {
      const inner = gzipSync(Buffer.alloc(1_000_000));
      const bytes = [0, 1, 2, 3].map((i) => gzipSync(inner.subarray(i, i + 1)));
      return put(room, "mine.tar.gz", Buffer.concat([...bytes, gzipSync(inner.subarray(4))]));
    },
    refused: /packed twice/,
  },
  {
    name: "tar-with-a-long-tail",
    tries: "ends, and goes on for sixty million zeros, which a reader would keep and copy",
    pack: (room) =>
      put(
        room,
        "mine.tar.gz",
        gzipSync(Buffer.concat([tar([block({ path: RAFT, text: TEXT })]), Buffer.alloc(60_000_000)])),
      ),
  },
  {
    name: "gzip-cut-off",
    tries: "ends in the middle",
    pack: (room) => {
      const bytes = gzipSync(tar([block({ path: RAFT, text: TEXT.repeat(100) })]));
      return put(room, "mine.tar.gz", bytes.subarray(0, bytes.length / 2));
    },
    refused: /no \.tar\.gz/,
  },
];

/** A header whose size is a negative number in base 256, as some tools write large ones. */
function negative(): Buffer {
  const made = block({ path: "raft/a.ts" });
  made.fill(0xff, 124, 136);
  made.fill(0x20, 148, 156);
  const sum = made.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  made.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return made;
}

function pax(fields: { path?: string; size?: number; linkpath?: string }): Buffer {
  return new Pax({ ...fields }).encode();
}
