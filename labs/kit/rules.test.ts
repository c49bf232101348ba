import { expect } from "chai";
import { QUORUM_MARKS } from "./quorum/monitors/marks";
import { MARKS } from "./raft/monitors/marks/list";
import { rulesOf, titleOf } from "./rules";

describe("the rules of all labs", () => {
  it("grow from lab to lab in Raft, and are others for quorums", () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((lab) => rulesOf(lab).length)).to.eql([0, 12, 28, 31, 39, 51, 16]);
    expect(rulesOf(6)).to.include("tombstone").and.not.to.include("split-vote");
  });

  it("have ids of their own", () => {
    const ids = [...MARKS, ...QUORUM_MARKS].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it("are named in words, if they are known", () => {
    expect(titleOf("split-vote")).to.equal("a split vote");
    expect(titleOf("tombstone")).to.equal("a delete");
    expect(titleOf("of a later version")).to.equal("of a later version");
  });
});
