import { expect } from "chai";
import { registered, type Outcome } from "../scene";
import { subjectOf } from "../subject";
import { predictionsMade, predictionsRight, type PredictionCase } from "./predictions";

const CASES: readonly PredictionCase[] = [
  {
    id: "down",
    group: "g",
    question: "How many?",
    kind: "number",
    unit: "replicas",
    tolerance: 0.5,
    command: "m",
  },
  { id: "stale", group: "g", question: "Stale?", kind: "yes or no", command: "n" },
  { id: "side", group: "g", question: "Who?", kind: ["both", "nobody"], command: "o" },
];

const [MADE, RIGHT] = ["predictions are made (test)", "predictions are right (test)"];
predictionsMade(MADE, CASES);
predictionsRight(RIGHT, 2, CASES, { down: 2, stale: true, side: "nobody" });

function play(name: string, literal: string): Outcome {
  const text = literal === "" ? "export const other = 1;" : `export const predictions = ${literal};`;
  const subject = subjectOf("mine", "mine", [{ path: "quorum/predictions.ts", text }]);
  const scene = registered().find((each) => each.name === name);
  if (scene === undefined) throw new Error(`no scene ${name}`);
  return scene.play(subject, 1);
}

function message(name: string, literal: string): string {
  const { verdict, failure } = play(name, literal);
  return `${verdict}: ${failure?.message ?? ""}`;
}

describe("predictions", () => {
  it("are accepted in public if all are made, right or wrong", () => {
    expect(play(MADE, `{ down: -7, stale: false, side: "both" }`).verdict).to.equal("accepted");
    expect(play(RIGHT, `{ down: 2.5, stale: true, side: "nobody" }`).verdict).to.equal("accepted");
  });

  it("name the first that is missing, and tell no truth", () => {
    const open = "{ down: 1, stale: null }";
    for (const name of [MADE, RIGHT]) {
      expect(message(name, open)).to.equal(
        "wrong: not implemented yet: predictions.stale. Next: answer it, and 1 more, in quorum/predictions.ts, " +
          "before you measure: Stale? (step 8 of Lab 6).",
      );
    }
  });

  it("must have the form that their case wants", () => {
    const say = (literal: string): string => message(MADE, literal);
    expect(say(`{ down: "2" }`)).to.equal(`wrong: predictions.down is "2"; it must be a number (replicas)`);
    expect(say("{ down: NaN }")).to.include("must be a number");
    expect(say("{ stale: 1 }")).to.equal("wrong: predictions.stale is 1; it must be true or false");
    expect(say(`{ side: "all" }`)).to.include(`it must be one of "both", "nobody"`);
    expect(say("{ side: () => 1 }")).to.include("predictions.side is a function");
    expect(say("{ dwon: 1 }")).to.equal(
      "wrong: quorum/predictions.ts answers dwon, which no case asks; see the handout",
    );
    expect(say("[]")).to.match(/^not-gradable: .* must be an object/);
    expect(say("")).to.match(/^not-gradable: .*there is no export predictions \(only other\)/);
  });

  it("are data: a getter is not called", () => {
    const { verdict, failure } = play(
      MADE,
      `{ get down() { throw new Error("called"); }, stale: true, side: "both" }`,
    );
    expect([verdict, failure?.message]).to.deep.equal([
      "wrong",
      "not implemented yet: predictions.down. Next: answer it in quorum/predictions.ts, before you measure: " +
        "How many? (step 8 of Lab 6).",
    ]);
  });

  it("that are wrong are told with what was measured, and by which command", () => {
    expect(message(RIGHT, `{ down: 1.4, stale: true, side: "both" }`)).to.equal(
      "wrong: How many? You predicted 1.4; measured was 2 (m).\n" +
        'Who? You predicted "both"; measured was "nobody" (o).',
    );
  });
});
