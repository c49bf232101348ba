import { expect } from "chai";
import fc from "fast-check";
import { HOSTILE } from "./fixtures/view";
import { number, oneLine, plain } from "./plain";

describe("texts of a submission", () => {
  it("lose what steers terminals, turns lines or hides in them", () => {
    expect(plain("\u001b[31mred\u0007 \u202e \u200b \u2028 \ud800 \ufffe \u{e0041} \u009b")).to.equal(
      "\ufffd[31mred\ufffd \ufffd \ufffd \ufffd \ufffd \ufffd \ufffd \ufffd",
    );
    expect(plain(HOSTILE)).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u200b]/); // eslint-disable-line no-control-regex -- control characters are what it is about
  });

  it("keep lines, tabs and letters of all kinds", () => {
    expect(plain("a\r\n\tb é 汉字 😀")).to.equal("a\n\tb é 汉字 😀");
    expect(oneLine(" a\r\n\tb  c ")).to.equal("a b c");
  });

  it("are cut between characters", () => {
    expect(plain("ab😀cd", 5)).to.equal("ab😀…");
    expect(plain("ab😀cd", 4)).to.equal("ab…");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 20 }), (text, longest) => {
        const short = plain(text, longest);
        expect(short.length).to.be.at.most(longest);
        expect(short).not.to.match(/\p{Surrogate}/u);
      }),
    );
  });

  it("give numbers with two decimals at most", () => {
    expect([number(12), number(0.1 + 0.2), number(2.345), number(1 / 3)]).to.deep.equal([
      "12",
      "0.3",
      "2.35",
      "0.33",
    ]);
  });
});
