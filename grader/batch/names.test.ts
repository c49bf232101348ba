import { expect } from "chai";
import { assert, property, string } from "fast-check";
import { safeName } from "./names";

describe("safe file names", () => {
  it("leave plain names as they are", () => {
    for (const name of ["alice", "s2034-11_b.v2", "A1"]) expect(safeName(name)).to.equal(name);
  });

  it("escape whatever means something to a file system, a shell or a page", () => {
    expect(safeName("../alice")).to.equal("=2E.=2Falice");
    expect(safeName("a=2Fb")).to.equal("a=3D2Fb");
    expect(safeName("<b>李</b>")).to.equal("=3Cb=3E=E6=9D=8E=3C=2Fb=3E");
    expect(safeName("..")).to.equal("=2E=2E");
    expect(safeName("NUL.txt")).to.equal("=4EUL.txt");
    expect(safeName("console")).to.equal("console");
  });

  it("are safe and short for every text, and none is empty", () => {
    assert(
      property(string({ maxLength: 150, unit: "binary" }), (text) => {
        const name = safeName(text);
        expect(name).to.match(/^(?!\.)[\w.=-]{1,100}(?<!\.)$/);
      }),
      { numRuns: 40 },
    );
  });

  it("differ for different texts, long ones too", () => {
    const long = "x".repeat(300);
    const texts = [long, `${long}y`, safeName(long), "", "=-", "a/b", "a=2Fb", "a=3D2Fb"];
    assert(
      property(string({ maxLength: 4, unit: "binary" }), string({ maxLength: 4, unit: "binary" }), (a, b) => {
        expect(safeName(a) === safeName(b)).to.equal(Buffer.from(a).equals(Buffer.from(b)));
      }),
    );
    expect(new Set(texts.map(safeName)).size).to.equal(texts.length);
  });
});
