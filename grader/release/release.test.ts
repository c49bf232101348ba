import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { typeErrorsOf } from "../../labs/kit/subject/typecheck";
import { checkCourse } from "../policy/mistakes";
import { archiveOf, contentsOf } from "./archive";
import { tryGates } from "./gates";
import { type Part, partFor, PARTS } from "./part";
import { type Cap, withCaps } from "./record";

const ROOT = path.resolve(__dirname, "../..");

const TERMS = { student: "alice", by: "J. Doe", cap: 0.5 };

const textOf = (part: Part, file: string): string =>
  part.tree.find((each) => each.path === file)?.text ?? `there is no ${file}`;

function changed(part: Part, edit: (text: string) => string): Part {
  const tree = part.tree.map((file) =>
    file.path === "raft/raft.ts" ? { ...file, text: edit(file.text) } : file,
  );
  return { ...part, tree };
}

describe("a released part", function () {
  this.timeout(120_000);

  for (const lab of PARTS) {
    it(`of Lab ${lab} passes what it should, and has a hole where the next lab begins`, () => {
      expect(tryGates(ROOT, partFor(ROOT, lab))).to.deep.equal([]);
    });
  }

  it("has nothing of later labs, nor of the challenge", () => {
    const ofReads = /reads|lease|leadership|preCandidate|hearsLeader|checkQuorum/;
    const ofSnapshots = /baseIndex|sendSnapshot|compact/;
    const all = (lab: number): string =>
      partFor(ROOT, lab)
        .tree.map(({ text }) =>
          text.replaceAll(/\n {2}\/\/ -+ Lab 5[^\n]*|\/\*\*.*\*\/|, \{ lease \}|, lease: boolean/g, ""),
        )
        .join("\n");
    expect(all(4)).not.to.match(ofReads);
    expect(all(4)).to.match(ofSnapshots);
    expect(all(2)).not.to.match(ofSnapshots);
    expect(all(2)).to.match(
      /saved\.log\.length > 0\) \{\s+throw new Error\(\s+"not implemented yet: Raft\.constructor/,
    );
    expect(all(3)).to.include("new Log(saved?.log ?? [])");
    expect(partFor(ROOT, 1).tree.map((file) => file.path)).to.deep.equal(["raft/raft.ts"]);
    expect(all(1)).not.to.match(/new Log|followers|commitIndex|\.apply\(/);
  });

  it("has the skeleton's hole, word for word, where a later lab has a method of that name", () => {
    const skeleton = readFileSync(path.join(ROOT, "skeleton/raft/raft.ts"), "utf8");
    const raft = textOf(partFor(ROOT, 2), "raft/raft.ts");
    for (const name of ["snapshot", "installSnapshot", "readIndex", "requestReadIndexReply", "preVote"]) {
      const hole = new RegExp(`\\n {2}/\\*\\*[^\\n]*\\n {2}${name}\\([\\s\\S]*?\\n {2}\\}\\n`).exec(
        skeleton,
      )?.[0];
      expect(hole, name).to.include("not implemented yet");
      expect(raft, name).to.include(hole);
    }
    expect(raft).to.include("Lab 4: snapshots");
    expect(raft).not.to.include("Lab 2, step");
  });

  it("is not given out with a type error, with work of a later lab, or if it is wrong", () => {
    const part = partFor(ROOT, 1);
    const wrong = (draft: Part): string[] => tryGates(ROOT, draft).map(({ gate }) => gate);
    expect(wrong(changed(part, (text) => `${text}export const slip: number = "no";\n`))).to.deep.equal([
      "type-checks",
    ]);
    const votes = (text: string): string => text.replace("this.votedFor = request.candidateId;", "");
    expect(wrong(changed(part, votes))).to.include("passes the public scenes of its labs");
    const stolen = (part.removed.get("raft/log.ts") ?? "").replace("import", "// import");
    expect(wrong(changed(part, (text) => `${text}\n${stolen}`))).to.include("has nothing of a later lab");
    const done = partFor(ROOT, 2);
    expect(tryGates(ROOT, { ...done, lab: 1 }).map(({ gate }) => gate)).to.deep.equal([
      "leaves the next lab to be done",
    ]);
  });

  it("exists for labs on which another one builds", () => {
    for (const lab of [0, 5, 6, 7])
      expect(() => partFor(ROOT, lab), String(lab)).to.throw(UsageError, /parts of Labs 1, 2, 3, 4/);
  });

  it("comes with what it costs, and is packed into the same bytes again", async () => {
    const part = partFor(ROOT, 2);
    const files = contentsOf(part, TERMS);
    expect([...files.keys()]).to.deep.equal([
      "lab-2/README.md",
      "lab-2/raft/followers.ts",
      "lab-2/raft/log.ts",
      "lab-2/raft/raft.ts",
    ]);
    const readme = files.get("lab-2/README.md")?.toString("utf8") ?? "";
    expect(readme).to.include("J. Doe released it to alice");
    expect(readme).to.include("at most 50 % of the points of Labs 1 and 2");
    expect(
      contentsOf(part, { ...TERMS, student: "*", cap: 1 })
        .get("lab-2/README.md")
        ?.toString(),
    ).to.match(/to the whole class[^]*It costs nothing/);
    expect((await archiveOf(part, TERMS)).equals(await archiveOf(partFor(ROOT, 2), TERMS))).to.equal(true);
    const strict = typeErrorsOf(path.join(ROOT, "skeleton"), part.tree);
    expect(strict).to.deep.equal([]);
  });
});

describe("the record of a released part", () => {
  const cap: Cap = { lab: 1, student: 'a "quoted" name', by: "J. Doe", cap: 0.5, at: "2026-10-01T12:00:00Z" };
  const line = `{ "lab": 1, "student": "a \\"quoted\\" name", "by": "J. Doe", "cap": 0.5, "at": "2026-10-01T12:00:00Z" }`;

  it("stands at the end of the list, and nothing else is touched", () => {
    const schema = `"schema": "replication-labs/course/1"`;
    const texts: readonly (readonly [before: string, after: string])[] = [
      [
        `{\n  ${schema},\n  "caps": [],\n  "late": { "cost":   "nothing" }\n}\n`,
        `{\n  ${schema},\n  "caps": [\n    ${line}\n  ],\n  "late": { "cost":   "nothing" }\n}\n`,
      ],
      [
        `{\n\t${schema},\n\t"caps": [\n\t\t${line}\n\t]\n}\n`,
        `{\n\t${schema},\n\t"caps": [\n\t\t${line},\n\t\t${line}\n\t]\n}\n`,
      ],
      [`{\r\n  ${schema}\r\n}\r\n`, `{\r\n  ${schema},\r\n  "caps": [\r\n    ${line}\r\n  ]\r\n}\r\n`],
      [`{ ${schema}, "caps": [${line}] }`, `{ ${schema}, "caps": [${line},\n    ${line}\n  ] }`],
    ];
    for (const [before, after] of texts) {
      expect(withCaps(before, [cap])).to.equal(after);
      expect(checkCourse(JSON.parse(after)).course?.caps.at(-1), after).to.deep.equal(cap);
    }
  });

  it("takes several at once", () => {
    const text = withCaps(readFileSync(path.join(ROOT, "grader/course.json"), "utf8"), [
      cap,
      { ...cap, lab: 2 },
    ]);
    const { caps } = JSON.parse(text) as { caps: Cap[] };
    expect(caps.slice(-2)).to.deep.equal([cap, { ...cap, lab: 2 }]);
  });
});
