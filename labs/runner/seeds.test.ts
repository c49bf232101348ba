import { expect } from "chai";
import { UsageError } from "../kit/program/errors";
import { parseCount, parseSeed, seedsOf } from "./seeds";

describe("the seeds of a scene", () => {
  it("are uint32 and stay what they are", () => {
    expect(seedsOf(1, 1, "a leader is elected", 4)).to.deep.equal([
      3938024070, 2364342298, 1184143426, 2072403190,
    ]);
  });

  it("do not depend on how many there are", () => {
    expect(seedsOf(1, 1, "a scene", 20).slice(0, 5)).to.deep.equal(seedsOf(1, 1, "a scene", 5));
  });

  it("differ between bases, labs and scenes, and among themselves", () => {
    const all = [
      seedsOf(1, 1, "a", 50),
      seedsOf(2, 1, "a", 50),
      seedsOf(1, 2, "a", 50),
      seedsOf(1, 1, "b", 50),
    ];
    expect(new Set(all.flat()).size).to.equal(200);
  });

  it("are the base itself if there is only one", () => {
    expect(seedsOf(4294967295, 1, "a scene", 1)).to.deep.equal([4294967295]);
  });
});

describe("a seed on the command line", () => {
  it("is a decimal uint32", () => {
    expect(parseSeed("0")).to.equal(0);
    expect(parseSeed("4294967295")).to.equal(4294967295);
  });

  for (const text of ["", "-1", "1.5", "0x10", "1e3", "4294967296", "99999999999", "seven", " 7"]) {
    it(`is not “${text}”`, () => {
      expect(() => parseSeed(text)).to.throw(UsageError, /whole number from 0 to 4294967295/);
    });
  }
});

describe("a number of seeds", () => {
  it("is a whole number from 1", () => {
    expect(parseCount("1")).to.equal(1);
    expect(parseCount("2000")).to.equal(2000);
  });

  for (const text of ["0", "-5", "2.5", "many", "1000001", ""]) {
    it(`is not “${text}”`, () => {
      expect(() => parseCount(text)).to.throw(UsageError, /whole number from 1/);
    });
  }
});
