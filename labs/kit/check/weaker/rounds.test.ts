import { expect } from "chai";
import { kv } from "../models/kv";
import { checkCausalMemory, checkPram } from "./causal";
import type { Kv, KvHistory } from "./fixture";
import { definition } from "./fixture-definitions";
import { checkSession } from "./guarantees";
import { checkSequential } from "./sequential";

/** Each line is a session: `x:=1` puts, `x=1` was read. */
function told(...lines: readonly string[]): KvHistory {
  return lines.flatMap((line, session) =>
    line.split(" ").map((words, i): Kv => {
      const [, key = "", sign, value = ""] = /^(\w)(:?=)(\w*)$/.exec(words) ?? [];
      const times = {
        id: 10 * session + i,
        session,
        call: 10 * i,
        return: 10 * i + 5,
        outcome: "ok",
      } as const;
      return sign === ":="
        ? { ...times, input: { kind: "put", key, value }, output: {} }
        : { ...times, input: { kind: "get", key }, output: { value } };
    }),
  );
}

describe("What follows only over several steps", () => {
  it("is found by inferring again: causal memory and PRAM", () => {
    // By x=1 the second session's x:=1 is the later one, so y:=1 comes before q:=1, and y= was too late.
    const history = told("y:=1 x:=2 z:=1", "x:=1 q:=1", "q=1 y= z=1 x=1");
    expect(checkCausalMemory(history, kv).verdict).to.equal("no");
    expect(definition("causal memory", history)).to.equal(false);
    expect(checkPram(history, kv).verdict).to.equal("no");
    expect(definition("PRAM", history)).to.equal(false);
    expect(checkSequential(history, kv).verdict).to.equal("no");
    const earlier = told("y:=1 x:=2 z:=1", "x:=1 q:=1", "y= q=1 z=1 x=1");
    expect(checkCausalMemory(earlier, kv).verdict).to.equal("yes");
    expect(definition("causal memory", earlier)).to.equal(true);
  });

  it("does not hide behind a session's last write: read your writes", () => {
    // Each session must read above both of its writes, whatever their order.
    const history = told("x:=1 x:=2 x=3", "x:=3 x=1");
    expect(checkSession("read your writes", history, kv)).to.deep.equal({
      verdict: "no",
      sentence:
        `“read your writes” does not hold: client 0's put("x", "1") came before its get("x") → "3"; ` +
        `client 1's put("x", "3") came before its get("x") → "1". No order of the versions of "x" suits that.`,
      core: [0, 2, 10, 11],
    });
    expect(definition("read your writes", history)).to.equal(false);
    const other = told("x:=1 x:=2 x=1", "x:=3 x=1");
    expect(checkSession("read your writes", other, kv).verdict).to.equal("yes");
    expect(definition("read your writes", other)).to.equal(true);
  });

  it("does not hide behind a session's last read: writes follow reads", () => {
    const history = told("x:=2", "x=1 x=2 x:=3", "x=3 x:=1");
    expect(checkSession("writes follow reads", history, kv).verdict).to.equal("no");
    expect(definition("writes follow reads", history)).to.equal(false);
    const other = told("x:=2", "x=1 x=2 x:=3", "x=2 x:=1");
    expect(checkSession("writes follow reads", other, kv).verdict).to.equal("yes");
    expect(definition("writes follow reads", other)).to.equal(true);
  });
});
