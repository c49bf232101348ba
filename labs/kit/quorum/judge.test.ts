import { expect } from "chai";
import { historyOf, judgeAtomic } from "./judge";
import { entry, MAJORITY, Script } from "./monitors/fixture";

const [OLD, NEW] = [entry(1, 3, "old"), entry(2, 4, "new")];

/** Nobody looks at single answers here: only the history counts. */
const world = (): Script => new Script({ ...MAJORITY, promise: "eventual" }).writes(3, OLD, 0, 1, 2);

const judged =
  ({ journal, ledger }: Script) =>
  (): void =>
    judgeAtomic(journal, ledger);

const halfDone = (): Script => {
  const script = world().asks(4, { kind: "write", key: "x", value: "new" });
  return script.fetches(4, "x", 0, 1).stores(4, "x", NEW, 0);
};

describe("the judge of atomic registers", () => {
  it("accepts what can be put in order", () => {
    const script = halfDone().reads(6, 1, 2).reads(5, 0, 1).ends(5, NEW).ends(6, OLD);
    expect(judged(script)).not.to.throw();
    expect(
      judged(halfDone().ends(4, "unknown").reads(5, 1, 2).ends(5, OLD).reads(5, 0, 1).ends(5, NEW)),
    ).not.to.throw();
  });

  it("accuses two reads that go from new to old, in words", () => {
    const script = halfDone().reads(5, 0, 1).ends(5, NEW).reads(6, 1, 2).ends(6, OLD);
    expect(judged(script)).to.throw(/get\("x"\) of client 6 .* answered/);
  });

  it("takes operations that failed, and writes that never left, for not done", () => {
    const script = world().reads(5, 0).ends(5, "failed").asks(4, { kind: "delete", key: "x" });
    expect(historyOf(script.journal, script.ledger)).to.have.lengthOf(1);
  });

  it("lets an unknown write happen while its client goes on", () => {
    const script = halfDone().ends(4, "unknown").reads(4, 1, 2).ends(4, OLD);
    const [, write, read] = historyOf(script.journal, script.ledger);
    expect(write).to.include({ outcome: "unknown", return: Infinity });
    expect(read?.session).not.to.equal(write?.session);
    expect(judged(script)).not.to.throw();
  });

  it("tells values by their versions, so that equal ones differ", () => {
    const script = world()
      .writes(4, entry(2, 4, "old"), 0, 1)
      .reads(5, 1, 2)
      .ends(5, entry(2, 4, "old"));
    const values = historyOf(script.journal, script.ledger).map(({ input }) =>
      "value" in input ? input.value : "",
    );
    expect(values).to.eql(["old (1 of C3)", "old (2 of C4)", ""]);
  });

  it("lets what a puppet made up be written at any time since it became known", () => {
    const script = world();
    script.puppets.add(1);
    const made = entry(9, 7, "made up");
    script.reads(4, 0, 2).hears(4, 1, "fetch", { key: "x" }, { held: made }).ends(4, made);
    const put = historyOf(script.journal, script.ledger).at(-1);
    expect(put).to.deep.include({
      outcome: "unknown",
      return: Infinity,
      input: { kind: "put", key: "x", value: "made up (9 of C7)" },
    });
    expect(judged(script)).not.to.throw();
  });
});
