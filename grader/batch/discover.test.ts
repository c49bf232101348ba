import { expect } from "chai";
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { discover } from "./discover";
import { readList } from "./list";

describe("discovering the submissions of a class", () => {
  afterEach(removeFolders);

  it("takes each folder and archive for one, and says what it ignores", () => {
    const folder = folderOf({
      "carol/raft/raft.ts": "",
      "bob.zip": "",
      "dora.tar.gz": "",
      "erin.git/HEAD": "",
      "notes.txt": "",
      ".DS_Store": "",
    });
    if (process.platform !== "win32") symlinkSync("carol", path.join(folder, "link"));
    utimesSync(path.join(folder, "bob.zip"), 0, Date.UTC(2026, 9, 1, 12) / 1000);
    const { entries, ignored } = discover(folder);
    expect(entries.map(({ name, student }) => [name, student])).to.deep.equal(
      ["bob", "carol", "dora", "erin"].map((name) => [name, name]),
    );
    expect(entries[0]).to.deep.include({
      path: path.join(folder, "bob.zip"),
      submittedAt: "2026-10-01T12:00:00.000Z",
    });
    const links = ignored.filter((line) => line.startsWith(`"link": it is a link`));
    expect(links).to.have.lengthOf(process.platform === "win32" ? 0 : 1);
    expect(ignored.filter((line) => !links.includes(line))).to.deep.equal([
      `".DS_Store": it is hidden`,
      `"notes.txt": it is no folder, .zip, .tar.gz or bare git repository`,
    ]);
  });

  it("takes a folder and an archive of one student for two attempts", () => {
    const folder = folderOf({ "alice/raft/raft.ts": "", "alice.zip": "", "bob.zip": "" });
    expect(discover(folder).entries.map(({ name, student }) => [name, student])).to.deep.equal([
      ["alice", "alice"],
      ["alice.zip", "alice"],
      ["bob", "bob"],
    ]);
  });

  it("never gives two entries one name", () => {
    const folder = folderOf({ "a.zip": "", "a.tgz": "", "a.zip.zip": "", "A.git/HEAD": "", "b.zip": "" });
    const names = discover(folder).entries.map(({ name }) => name);
    expect(names).to.deep.equal(["A.git", "a.tgz", "a.zip", "a.zip.zip", "b"]);
  });

  it("lets a list say whose a submission is, and when it was handed in", () => {
    const folder = folderOf({ "alice/1.zip": "", "alice/2.zip": "", "other.zip": "" });
    const csv =
      "\ufeffsubmittedAt,student,path\r\n2026-10-01T20:00:00+08:00,Alice,alice/1.zip\r\n,Alice,./alice\\2.zip\r\n";
    writeFileSync(path.join(folder, "list.csv"), csv);
    const { entries, ignored } = discover(folder, readList(path.join(folder, "list.csv")));
    expect(entries.map(({ name, student }) => [name, student])).to.deep.equal([
      ["alice/1", "Alice"],
      ["alice/2", "Alice"],
    ]);
    expect(entries[0]?.submittedAt).to.equal("2026-10-01T12:00:00.000Z");
    expect(ignored).to.deep.equal([
      `"list.csv": it is not on the list`,
      `"other.zip": it is not on the list`,
    ]);
  });

  it("reads a list in JSON, too", () => {
    const folder = folderOf({ "list.json": `[{"student":"A","path":"a.zip"}]` });
    expect(readList(path.join(folder, "list.json"))).to.deep.equal([{ student: "A", path: "a.zip" }]);
  });

  it("says where a list is wrong", () => {
    const lists: [string, RegExp][] = [
      ["student,path\na,x.zip\n,y.zip\n", /line 3: student: /],
      ["student,path\na,../x.zip\n", /line 2: path: leads out of the folder/],
      ["student,path\na,/etc/x.zip\n", /line 2: path: leads out of the folder/],
      ["student,path,submittedAt\na,x.zip,yesterday\n", /line 2: submittedAt: is no time such as/],
      ["student,path\na,x.zip\nb,x.zip\n", /line 3: "x.zip" is there twice/],
      ['student,path\n"a,x.zip\n', /is no CSV that can be read/],
      ["who,path\na,x.zip\n", /line 2: student: /],
    ];
    for (const [text, message] of lists) {
      const file = path.join(folderOf({ "list.csv": text }), "list.csv");
      expect(() => readList(file), text).to.throw(UsageError, message);
    }
    const missing = folderOf({ "a.zip": "" });
    expect(() => discover(missing, [{ student: "a", path: "b.zip" }])).to.throw(
      UsageError,
      /names "b.zip", which/,
    );
  });

  it("complains of a folder without submissions", () => {
    const folder = folderOf({ "notes.txt": "" });
    expect(() => discover(folder)).to.throw(UsageError, /holds no submission/);
    expect(() => discover(path.join(folder, "none"))).to.throw(UsageError, /there is no folder/);
    expect(() => discover(path.join(folder, "notes.txt"))).to.throw(UsageError, /is a file/);
    mkdirSync(path.join(folder, "one"));
    expect(discover(folder).entries).to.have.lengthOf(1);
  });
});
