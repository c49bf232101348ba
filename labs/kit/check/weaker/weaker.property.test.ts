import { expect } from "chai";
import fc from "fast-check";
import { kv } from "../models/kv";
import { replayOrder } from "../validate";
import { tinyHistories, type Kind, type KvHistory } from "./fixture";
import { definition } from "./fixture-definitions";
import { checkLevel } from "./ladder";
import { below, LEVELS, type Level, type LevelVerdict } from "./level";

// The seed is fixed: a test that fails only now and then teaches nobody.
const RUNS = { seed: 1, numRuns: 200 };

const KINDS: readonly Kind[] = ["unique", "appends", "repeats", "versions"];

describe("The weaker levels (seed 1)", function () {
  this.timeout(60_000);

  for (const kind of KINDS) {
    it(`agree with their definitions: ${kind}`, () => {
      fc.assert(
        fc.property(tinyHistories(kind, 5), (history) => {
          for (const level of LEVELS) {
            const { verdict } = checkLevel(level, history, kv);
            if (verdict === "undecided") continue;
            expect(verdict, level).to.equal(definition(level, history) ? "yes" : "no");
          }
        }),
        RUNS,
      );
    });

    it(`imply each other, and show their reasons: ${kind}`, () => {
      fc.assert(
        fc.property(tinyHistories(kind, 10), (history) => {
          const verdicts = new Map(LEVELS.map((level) => [level, checkLevel(level, history, kv)]));
          for (const [level, verdict] of verdicts) {
            holdsUp(level, verdict, history);
            if (verdict.verdict !== "yes") continue;
            for (const weaker of below(level)) {
              expect(verdicts.get(weaker)?.verdict, `${level}, so ${weaker}`).not.to.equal("no");
            }
          }
        }),
        RUNS,
      );
    });
  }
});

/** A "yes" with an order is replayed; a "no" is one on its core alone. */
function holdsUp(level: Level, verdict: LevelVerdict, history: KvHistory): void {
  if (verdict.verdict === "yes" && verdict.order !== undefined) {
    const timeless = history.map((one) => ({ ...one, call: 0, return: one.outcome === "ok" ? 1 : Infinity }));
    expect(replayOrder(verdict.order, level === "linearizable" ? history : timeless, kv)).to.equal(undefined);
    keepsSessions(verdict.order, history);
  }
  if (verdict.verdict !== "no") return;
  expect(verdict.sentence).to.match(/\.$/);
  expect(verdict.core).not.to.be.empty;
  if (level === "linearizable") return;
  const core = history.filter(({ id }) => verdict.core.includes(id));
  expect(core).to.have.length(verdict.core.length);
  if (!verdict.sentence.startsWith("The longest order")) {
    expect(checkLevel(level, core, kv).verdict, verdict.sentence).to.equal("no");
  }
}

function keepsSessions(order: readonly number[], history: KvHistory): void {
  const byId = new Map(history.map((one) => [one.id, one]));
  const latest = new Map<number, number>();
  for (const id of order) {
    const { session = 0, call = 0 } = byId.get(id) ?? {};
    expect(call).to.be.at.least(latest.get(session) ?? 0);
    latest.set(session, call);
  }
}
