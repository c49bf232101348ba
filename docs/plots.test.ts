import { expect } from "chai";
import path from "node:path";
import { measureHere, tellComparison } from "../labs/compare/comparison";
import { svgFiles } from "../labs/compare/files";
import { PARTS } from "../labs/compare/parts";
import { loadSubject } from "../labs/kit/subject";
import { ROOT } from "./checks/pages";
import { figures, pictureFile } from "./checks/plots";

const REFRESH = "npm run docs:refresh -- docs/comparison.md measures and draws anew";

describe("the pictures of the comparison", function () {
  this.timeout(60_000);
  const comparison = figures();
  const files = svgFiles(comparison);

  for (const { name, text } of files) {
    it(`${name} is what the figures say`, () => {
      expect(pictureFile(name) === text, REFRESH).to.equal(true);
      expect(text).to.match(/^<svg [^]*<title>[^<]+<\/title>[^]*<\/svg>\n$/);
      expect(text).to.not.match(/<script|<style|https?:(?!\/\/www\.w3\.org)/);
    });
  }

  it("are of all parts", () => {
    expect(comparison.parts.map(({ name }) => name)).to.deep.equal(PARTS.map(({ name }) => name));
  });

  it("show what is measured now, as far as that takes no time", () => {
    const subject = loadSubject(path.join(ROOT, "solutions"));
    const rows = measureHere(subject, { ...comparison, servers: 3 }, ["costs"]).get("costs");
    const shown = comparison.parts.find(({ name }) => name === "costs")?.rows ?? [];
    expect(
      shown.filter((row) => (row as { readonly N: number }).N === 3),
      REFRESH,
    ).to.deep.equal(rows);
  });

  it("come with tables that fit 80 columns", () => {
    for (const line of tellComparison(comparison).split("\n")) expect(line.length, line).to.be.at.most(80);
  });
});
