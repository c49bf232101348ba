import { expect } from "chai";
import { readdirSync } from "node:fs";
import path from "node:path";
import { typeErrorsOf } from "../../labs/kit/subject/typecheck";
import { filesOf, innocents } from "../fairness/subjects";
import { ACCEPTED } from ".";

const ROOT = path.resolve(__dirname, "../..");

describe("variants", () => {
  it("have names of their own, in kebab-case", () => {
    const names = ACCEPTED.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
    for (const name of names) expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  it("are all listed, and all there", () => {
    const entries = readdirSync(__dirname, { withFileTypes: true });
    const folders = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    const listed = ACCEPTED.flatMap((each) => ("folder" in each ? [each.folder] : []));
    expect(listed.sort()).to.deep.equal(folders.sort());
  });

  it("fit the reference, and are good TypeScript with its edits", function () {
    this.timeout(60_000);
    const all = innocents(ROOT, ACCEPTED, undefined).filter(({ home }) => typeof home !== "string");
    const files = all.flatMap((each) =>
      filesOf(ROOT, each).map(({ path: inside, text }) => ({ path: `${each.name}/${inside}`, text })),
    );
    expect(typeErrorsOf(path.join(ROOT, "grade-out"), files)).to.deep.equal([]);
  });
});
