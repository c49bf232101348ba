import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { marksJsonSchema } from "./marks";

describe("marks.schema.json", () => {
  it("is what marks.ts says (npm run schema writes it anew)", () => {
    const published: unknown = JSON.parse(readFileSync(path.join(__dirname, "marks.schema.json"), "utf8"));
    expect(published).to.deep.equal(JSON.parse(JSON.stringify(marksJsonSchema())));
  });
});
