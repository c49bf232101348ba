import { expect } from "chai";
import path from "node:path";
import type { Order } from "../../../labs/kit/border";
import type { Outcome } from "../../../labs/kit/scene/outcome";
import { loadSubject } from "../../../labs/kit/subject/load";
import { loadScenes } from "../../../labs/runner/suite";
import type { Border } from "../../schema/grade";
import { FloodError } from "../cell/cell";
import { PERMISSION } from "../isolation/permission";
import { LIMITS } from "../isolation/node";
import { FakeBox, pieces, ROOT, SOLUTIONS, type Lies } from "./fixture";
import { Judge, type Judged, type Run } from "./judge";
import { pack, type Packed } from "./pack";

/** What came of a run, and which sandboxes it took. */
interface Tried extends Judged {
  readonly boxes: readonly FakeBox[];
}

/** An answer to an input: its effects come first. */
type Answer = [effects: unknown[][], ...value: unknown[]];

const isAnswer = (record: unknown): record is Answer => Array.isArray(record);

/** The place of the first record of which `fits` is true. */
function findRecord(records: readonly unknown[], fits: (answer: Answer) => boolean): number {
  const at = records.findIndex((record) => isAnswer(record) && fits(record));
  if (at < 0) throw new Error("there is no such record");
  return at;
}

const has = (kind: string) => (answer: Answer) => answer[0].some((effect) => effect[0] === kind);

describe("a judge whose sandbox lies", () => {
  const suite = path.join(ROOT, "labs", "1-election");
  let packed: Packed;
  let run: Run;
  let honest: Outcome;

  before(() => {
    const [scene] = loadScenes(suite);
    if (scene === undefined) throw new Error("a suite without scenes");
    packed = pack(SOLUTIONS);
    run = { suite, scene, seed: 5, prove: false, options: {} };
    honest = scene.play(loadSubject(SOLUTIONS), run.seed);
  });

  /** Plays in boxes that lie so. */
  function attempt(lies: Lies, border: Border = "transcript", changes: Partial<Run> = {}): Tried {
    const boxes: FakeBox[] = [];
    const judge = new Judge(packed, PERMISSION, LIMITS, border, () => {
      const box = new FakeBox(loadSubject(SOLUTIONS), lies);
      boxes.push(box);
      return box;
    });
    const judged = judge.play({ ...run, ...changes });
    judge.close();
    expect(
      boxes.every(({ isClosed }) => isClosed),
      "all sandboxes are closed",
    ).to.equal(true);
    return { ...judged, boxes };
  }

  const edited = (edit: (records: unknown[]) => unknown[]): Lies => ({
    transcript: (records) => pieces(edit([...records])),
  });

  it("plays an honest transcript in one sandbox, proof included", () => {
    const { outcome, boxes } = attempt({}, "transcript", { prove: true });
    expect(outcome).to.deep.equal(honest);
    expect(boxes.map(({ isActor }) => isActor)).to.deep.equal([false]);
    expect(boxes[0]?.heard.map(({ kind }) => kind)).to.deep.equal(["subject", "suite", "play", "play"]);
  });

  /** One answer that was edited: of `kind`, if that matters. */
  const inAnswer = (edit: (answer: Answer) => unknown, kind?: string): Lies =>
    edited((records) => {
      const at = findRecord(records, kind === undefined ? () => true : has(kind));
      const answer = records[at] as Answer;
      return [...records.slice(0, at), edit(answer), ...records.slice(at + 1)];
    });
  const with_ =
    (...more: unknown[][]) =>
    ([effects, ...value]: Answer): unknown => [[...effects, ...more], ...value];
  const changed =
    (kind: string, by: (effect: unknown[]) => unknown[]) =>
    ([effects, ...value]: Answer): unknown => [
      effects.map((effect) => (effect[0] === kind ? by(effect) : effect)),
      ...value,
    ];

  const lies: readonly (readonly [what: string, lies: Lies])[] = [
    ["an effect too many that no context lets through", inAnswer(with_(["c", 77, "requestVote", {}]))],
    [
      "a call to a stranger",
      inAnswer(
        changed("c", ([kind, , ...rest]) => [kind, 77, ...rest]),
        "c",
      ),
    ],
    [
      "a reply to a call that is not open",
      inAnswer(
        changed("r", ([kind, , reply]) => [kind, 99999, reply]),
        "r",
      ),
    ],
    ["two replies to one call", inAnswer(([effects, ...value]) => [[...effects, ...effects], ...value], "r")],
    ["a verb of nobody", inAnswer(with_(["u", "__proto__", 1]))],
    ["a call of the layer below where there is none", inAnswer(with_(["d", "propose", "x"], ["e"]))],
    ["an effect of no known kind", inAnswer(with_(["?"]))],
    ["an answer that refers to what was never said", inAnswer(with_(["s", [0, 1e6]]))],
    ["an error of no known kind", inAnswer(() => ({ error: ["own", "a lie"] }))],
    ["an answer that is none", inAnswer(() => 5)],
    ["effects in another order", edited((records) => records.toReversed())],
    ["an answer twice", edited((records) => [...records.slice(0, 5), ...records.slice(4)])],
    ["an end before its time", edited((records) => [...records.slice(0, 20), { end: true }])],
    ["an end at once", edited(() => [{ end: true }])],
    ["silence before the end", edited((records) => records.slice(0, 20))],
    ["silence instead of the end", edited((records) => records.slice(0, -1))],
    ["more behind the end", edited((records) => [...records, [[]]])],
    ["one end behind the other", edited((records) => [...records, { end: true }])],
    ["nothing", { transcript: () => [] }],
    ["bad JSON", { transcript: () => ["[[[]"] }],
    ["JSON that is no list", { transcript: () => ['{"length": 5}'] }],
    ["empty pieces without end", { transcript: endless("[]") }],
    ["empty answers without end", { transcript: endless("[[[]], [[]], [[]]]") }],
    [
      "its own answers over and over",
      {
        *transcript(records) {
          for (;;) yield* pieces(records.slice(0, -1));
        },
      },
    ],
    [
      "too much",
      {
        transcript: () => {
          throw new FloodError("300 MB");
        },
      },
    ],
  ];
  for (const [what, ofThem] of lies) {
    it(`goes on input by input when it is told ${what}`, () => {
      const { outcome, lost, boxes } = attempt(ofThem);
      expect(outcome).to.deep.equal(honest);
      expect(lost).to.equal(false);
      expect(boxes.map(({ isActor }) => isActor)).to.deep.equal([false, true]);
    });
  }

  const seamless: readonly (readonly [what: string, lies: Lies])[] = [
    ["an effect less", inAnswer(([effects, ...value]) => [effects.slice(1), ...value], "t")],
    ["a note too many", inAnswer(with_(["n", "a lie"]))],
    ["two answers in place of each other", edited(([a, b, ...rest]) => [b, a, ...rest])],
  ];
  for (const [what, ofThem] of seamless) {
    it(`judges a run of another program when it is told ${what}, and an audit will see it`, () => {
      const { outcome } = attempt(ofThem);
      expect(outcome.verdict).to.not.equal("judge-error");
      expect(outcome.hash).to.not.equal(honest.hash);
    });
  }

  it("believes in no second transcript of a sandbox that has lied", () => {
    const boxes: FakeBox[] = [];
    const judge = new Judge(packed, PERMISSION, LIMITS, "transcript", () => {
      boxes.push(
        new FakeBox(
          loadSubject(SOLUTIONS),
          edited(() => []),
        ),
      );
      return boxes.at(-1) as FakeBox;
    });
    judge.play(run);
    expect(judge.play(run).outcome).to.deep.equal(honest);
    judge.close();
    expect(boxes).to.have.length(2);
    expect(boxes[0]?.heard.filter(({ kind }) => kind === "play")).to.have.length(1);
  });

  it("finds out when the second run of a proof is no transcript", () => {
    const lie: Lies = { transcript: (records, run) => (run === 2 ? ["[5]"] : pieces(records)) };
    const { outcome, boxes } = attempt(lie, "transcript", { prove: true });
    expect(outcome).to.deep.equal(honest);
    expect(boxes.map(({ isActor }) => isActor)).to.deep.equal([false, true]);
  });

  it("takes an error of the program for what it says, at the input where it is told", () => {
    const error = { error: ["thrown", "Raft.timer on server 1 threw x", 1, "raft/raft.ts:5:1"] };
    const { outcome } = attempt(edited((records) => [...records.slice(0, 20), error, { end: true }]));
    expect(outcome.verdict).to.equal("run-error");
    expect(outcome.failure).to.deep.include({
      message: "Raft.timer on server 1 threw x (at raft/raft.ts:5:1)",
      server: 1,
    });
  });

  it("goes on input by input when a sandbox does not even take the program", () => {
    let first = true;
    const { outcome, boxes } = attempt({
      welcome: () => {
        if (!first) return "null";
        first = false;
        return "{";
      },
    });
    expect(outcome).to.deep.equal(honest);
    expect(boxes).to.have.length(2);
  });

  /** Lies about every so many answers to a delivered input. */
  const every = (count: number, lie: (answer: unknown) => string): Lies => {
    let asked = 0;
    return {
      answer: (answer: unknown, { kind }: Order) =>
        kind === "deliver" && ++asked % count === 0 ? lie(answer) : JSON.stringify(answer),
    };
  };
  const strictLies: readonly (readonly [what: string, lies: Lies])[] = [
    ["bad JSON", every(10, () => "{")],
    ["what is no answer", every(10, () => '{"a": 1}')],
    ["an answer that refers to what was never said", every(10, () => '[[["s", [0, 1000000]]]]')],
    ["a call to a stranger", every(10, () => '[[["c", 77, "requestVote", [2]]]]')],
    ["an error of no known kind", every(10, () => '{"error": ["own", "a lie"]}')],
    ["no world", { answer: (answer, { kind }) => (kind === "world" ? "[" : JSON.stringify(answer)) }],
    ["no program", { welcome: () => "[" }],
  ];
  for (const [what, ofThem] of strictLies) {
    it(`leaves to a human a run in which it is told ${what} input by input`, () => {
      const { outcome, lost } = attempt(ofThem, "input-by-input");
      expect(outcome.verdict).to.equal("judge-error");
      expect(outcome.failure?.rule).to.equal("A sandbox keeps its end of the border");
      expect(lost).to.equal(false);
    });
  }

  it("blames the program for what is told too much, or ended, input by input", () => {
    const flood = every(10, () => {
      throw new FloodError("300 MB");
    });
    expect(attempt(flood, "input-by-input")).to.deep.include({ lost: true });
    expect(attempt(flood, "input-by-input").outcome.verdict).to.equal("output-limit");
  });

  it("cannot be told of effects at a place where the world asks for none", () => {
    const { outcome } = attempt(
      every(10, () => "[[], 5]"),
      "input-by-input",
    );
    expect(outcome.verdict).to.not.equal("judge-error"); // a value that nobody reads, and fewer effects
  });
});

function endless(text: string): () => Iterable<string> {
  return function* () {
    for (;;) yield text;
  };
}
