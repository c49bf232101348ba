import { expect } from "chai";
import type { History, KvOperation, KvSeen, Operation } from "../kit/check";
import { checkRegular } from "./regular";

let id = 0;

function put(value: string, call: number, ret = Infinity): Operation<KvOperation, KvSeen> {
  const common = {
    id: id++,
    session: id,
    input: { kind: "put", key: "x", value },
    call,
    return: ret,
  } as const;
  return ret === Infinity ? { ...common, outcome: "unknown" } : { ...common, outcome: "ok", output: {} };
}

function get(value: string, call: number, ret: number): Operation<KvOperation, KvSeen> {
  const input = { kind: "get", key: "x" } as const;
  return { id: id++, session: id, input, call, return: ret, outcome: "ok", output: { value } };
}

const verdict = (...history: History<KvOperation, KvSeen>): string => checkRegular(history).verdict;

describe("a regular register", () => {
  it("shows the last write, or one that overlaps the read", () => {
    expect(verdict(get("", 0, 1))).to.equal("yes");
    expect(verdict(put("a", 0, 1), get("a", 2, 3))).to.equal("yes");
    expect(verdict(put("a", 0, 1), put("b", 2, 5), get("a", 3, 4), get("b", 3, 4))).to.equal("yes");
    expect(verdict(put("a", 0), get("a", 1, 2), get("", 3, 4))).to.equal("yes"); // new, then old
  });

  it("shows either of two writes that overlapped each other", () => {
    expect(verdict(put("a", 0, 2), put("b", 1, 3), get("a", 4, 5), get("b", 6, 7))).to.equal("yes");
  });

  it("does not miss what was acknowledged", () => {
    const found = checkRegular([put("a", 0, 1), get("", 2, 3)]);
    expect(found.verdict).to.equal("no");
    expect(found).to.have.property("sentence").that.includes(`answered with nothing, but put("x", "a")`);
    expect(verdict(put("a", 0, 1), put("b", 2, 3), get("a", 4, 5))).to.equal("no");
  });
});
