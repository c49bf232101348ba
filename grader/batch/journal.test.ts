import { expect } from "chai";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { Journal } from "./journal";
import type { Settings } from "./settings";

const settings: Settings = {
  course: "c 1",
  judge: "j".repeat(64),
  node: "v20.0.0",
  labs: [1, 2],
  seeds: 10,
  seedBase: 1,
  isolation: "process",
  border: "none",
};

const record = (name: string, left = 0): Parameters<Journal["add"]>[0] => {
  return { name, digest: "a".repeat(64), sha256: "b".repeat(64), left };
};

describe("the journal of a batch", () => {
  let file: string;

  beforeEach(() => {
    file = path.join(folderOf({}), "journal.ndjson");
  });

  afterEach(removeFolders);

  function write(...names: string[]): Buffer {
    const journal = Journal.open(file, settings);
    for (const name of names) journal.add(record(name));
    journal.close();
    return readFileSync(file);
  }

  function namesNow(now: Settings = settings): string[] {
    const journal = Journal.open(file, now);
    journal.close();
    return [...journal.judged.keys()];
  }

  it("remembers what was added, and the last record of a name", () => {
    write("alice", "bob\n");
    const journal = Journal.open(file, settings);
    journal.add(record("alice", 3));
    journal.close();
    expect(namesNow()).to.deep.equal(["alice", "bob\n"]);
    expect(Journal.open(file, settings).judged.get("alice")?.left).to.equal(3);
  });

  it("loses the last record alone, wherever it is torn, and goes on after the one before", () => {
    const before = write("alice").length;
    const whole = write("bob, or 李");
    for (let length = before; length < whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length));
      expect(namesNow(), `${length} bytes`).to.deep.equal(["alice"]);
      expect(readFileSync(file)).to.have.lengthOf(before);
      write("carol");
      expect(namesNow(), `${length} bytes`).to.deep.equal(["alice", "carol"]);
    }
  });

  it("begins anew if not even its first record is whole", () => {
    const whole = write();
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length));
      expect(namesNow(), `${length} bytes`).to.deep.equal([]);
      expect(readFileSync(file).equals(whole)).to.equal(true);
    }
  });

  it("cuts a last line that the disk has filled with zeros", () => {
    write("alice");
    appendFileSync(file, Buffer.alloc(100));
    expect(namesNow()).to.deep.equal(["alice"]);
    appendFileSync(file, `${"\0".repeat(10)}\n`);
    expect(namesNow()).to.deep.equal(["alice"]);
  });

  it("does not pass over damage in its midst", () => {
    const lines = write("alice", "bob").toString().split("\n");
    writeFileSync(file, [lines[0], "{", ...lines.slice(2)].join("\n"));
    expect(() => Journal.open(file, settings)).to.throw(UsageError, /line 2 is damaged/);
    writeFileSync(file, [lines[0], `{"kind":"judged"}`, ...lines.slice(2)].join("\n"));
    expect(() => Journal.open(file, settings)).to.throw(UsageError, /line 2 is damaged/);
    writeFileSync(file, `{"hello":1}\n`);
    expect(() => Journal.open(file, settings)).to.throw(UsageError, /is no journal of a batch/);
  });

  it("refuses other settings, and names what differs", () => {
    write("alice");
    const others: [Partial<Settings>, RegExp][] = [
      [{ seeds: 5 }, /other settings: --seeds \(then 10, now 5\); use the same/],
      [{ labs: [1] }, /--labs \(then 1,2, now 1\)/],
      [{ node: "v22.0.0" }, /Node \(then v20.0.0, now v22.0.0\)/],
      [{ judge: "k".repeat(64) }, /the scenes or the kit \(then jjjjjjjjjjjj, now kkkkkkkkkkkk\)/],
      [{ isolation: "bubblewrap" }, /the isolation \(then process, now bubblewrap\)/],
      [{ only: "x", course: "c 2" }, /the course \(then c 1, now c 2\), --only \(then none, now x\)/],
    ];
    for (const [other, message] of others)
      expect(() => namesNow({ ...settings, ...other })).to.throw(UsageError, message);
    const { seedBase, ...rest } = settings;
    expect(seedBase).to.equal(1);
    const secret = { ...rest, seedCommitment: "c".repeat(64) };
    expect(() => namesNow(secret)).to.throw(
      UsageError,
      /--seed \(then 1, now none\), --secret \(then none, now cccc/,
    );
    expect(namesNow()).to.deep.equal(["alice"]);
  });
});
