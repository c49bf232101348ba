import { expect } from "chai";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gradeJsonSchema } from "./grade";

describe("grade.schema.json", () => {
  it("is what grade.ts says (npm run schema writes it anew)", () => {
    const published: unknown = JSON.parse(readFileSync(path.join(__dirname, "grade.schema.json"), "utf8"));
    expect(published).to.deep.equal(JSON.parse(JSON.stringify(gradeJsonSchema())));
  });
});
