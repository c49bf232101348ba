import { expect } from "chai";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { placeSubmission } from "../submissions/place";
import { readSubmission } from "../submissions/read";
import { FOLDERS } from "./folders";
import { REPOSITORIES } from "./repositories";
import { TARS } from "./tars";
import { ZIPS } from "./zips";

const SECRET = "the contents of the bait";

/** What must not reach a terminal. */
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const PAINT = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Refused in a folder that is one already: it is graded as it is, and gets its problems told. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && error.name === "RefusedError";

describe("a hostile parcel", function () {
  this.timeout(60_000);
  let room: string;
  let bait: string;

  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "parcels-"));
    bait = path.join(room, "bait", "secret.txt");
    mkdirSync(path.dirname(bait));
    writeFileSync(bait, SECRET);
    mkdirSync(path.join(room, "in"));
  });

  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  for (const { name, tries, pack, refused } of [...TARS, ...ZIPS, ...FOLDERS, ...REPOSITORIES]) {
    it(`${name}: ${tries}`, async function () {
      if (process.platform === "win32") this.skip(); // marks are given on Linux; links and pipes need it
      const place = await pack(path.join(room, "in"), bait);
      const before = names(room);
      const said = await readSubmission(place).then(
        ({ files, remarks }) => ({ files, text: [...remarks, ...files.map((file) => file.path)].join("\n") }),
        (error: unknown) => {
          if (!isRefusal(error)) throw error;
          return { files: undefined, text: error.message };
        },
      );
      expect(names(room), "what lies on the disk").to.deep.equal(before);
      if (refused === undefined) {
        expect(
          said.files?.map((file) => file.path),
          said.text,
        ).to.include("raft/raft.ts");
      } else {
        expect(said.text).to.match(refused);
        expect(said.files, "it was taken").to.equal(undefined);
      }
      expect(JSON.stringify(said)).not.to.include(SECRET);
      expect(said.text.length).to.be.lessThan(1000);
      expect(said.text.replaceAll("\n", "")).not.to.match(PAINT);
      await unpackedOnlyBelow(path.join(room, "out"), place);
      expect(names(room).filter((each) => !each.startsWith("out"))).to.deep.equal(before);
      expect(readFileSync(bait, "utf8")).to.equal(SECRET);
    });
  }
});

function names(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}

async function unpackedOnlyBelow(out: string, place: string): Promise<void> {
  try {
    await placeSubmission(place, out);
  } catch (error) {
    if (!(error instanceof Error && error.name === "UsageError")) throw error;
  }
}
