import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { classJsonSchema } from "./class-document";

describe("class.schema.json", () => {
  it("is what class-document.ts says (npm run schema writes it anew)", () => {
    const published: unknown = JSON.parse(readFileSync(path.join(__dirname, "class.schema.json"), "utf8"));
    expect(published).to.deep.equal(JSON.parse(JSON.stringify(classJsonSchema())));
  });
});
