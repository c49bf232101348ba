import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CASES } from "./cases";

const ROOT = resolve(__dirname, "..", "..");

describe("the cases of Lab 6's predictions", () => {
  it("have names of their own, and are measured by commands that exist", () => {
    const ids = CASES.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    for (const { command } of CASES) expect(scripts).to.have.property(command.split(" ")[2] ?? "");
  });

  it("are asked in the skeleton, word for word and in this order", function () {
    // In a handout somebody has answered.
    if (!existsSync(join(ROOT, "solutions"))) return this.skip();
    for (const folder of ["skeleton", "solutions"]) {
      const text = readFileSync(join(ROOT, folder, "quorum", "predictions.ts"), "utf8");
      expect([...text.matchAll(/^ {2}(\w+): /gm)].map(([, id]) => id)).to.deep.equal(
        CASES.map(({ id }) => id),
      );
      const prose = text.replace(/\n {2}\/\/ /g, " ");
      for (const { question } of CASES) expect(prose).to.include(question);
    }
  });
});
