import { expect } from "chai";
import { madeCourse } from "../fixtures/policy";
import { idsOf, studentOf } from "./students";

describe("students", () => {
  it("are called like their submissions unless a pattern says otherwise", () => {
    expect(studentOf("doejane_1234_raft", madeCourse())).to.equal("doejane_1234_raft");
    const course = madeCourse({ students: { pattern: "^(?<student>[^_]+)(_LATE)?_\\d+" } });
    expect(studentOf("doejane_LATE_1234_raft", course)).to.equal("doejane");
    expect(studentOf("readme", course)).to.equal("readme");
  });

  it("have the ids of the roster", () => {
    const course = madeCourse({ students: { roster: { alice: { "SIS Login ID": "a1" } } } });
    expect(idsOf("alice", course)).to.deep.equal({ "SIS Login ID": "a1" });
    expect(["bob", "toString"].map((name) => idsOf(name, course))).to.deep.equal([{}, {}]);
    expect(idsOf("alice", madeCourse())).to.deep.equal({});
  });
});
