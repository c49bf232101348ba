import { expect } from "chai";
import path from "node:path";
import { spy, stub } from "sinon";
import type { Outcome } from "../kit/scene/outcome";
import type { PlayOptions, Scene } from "../kit/scene/registry";
import { SubjectError, type Subject } from "../kit/subject/subject";
import { COURSE } from "./fixtures/folder";
import { performHere } from "./perform";
import { Player } from "./play";
import { MODULE_STATE_RULE, playProved } from "./proof";
import type { Word } from "./protocol";

const needs = { file: "", exportName: "", methods: [] };

/** A scene whose outcomes `hashOf` decides. */
function sceneOf(hashOf: (options: PlayOptions) => string, verdict: Outcome["verdict"] = "accepted"): Scene {
  const play: Scene["play"] = (_subject, seed, options = {}) => {
    return { scene: "s", seed, verdict, hash: hashOf(options), inputs: 0, virtualMs: 5 };
  };
  return { lab: 1, name: "s", points: 0, challenge: false, needs, play };
}

function subjectWith(suspects: string[]): Subject {
  const unused = (): never => expect.fail("a scene without a world asks for no class");
  const words = { stackOf: () => [], moduleState: () => suspects };
  return { name: "", digest: "", driver: unused, programClass: unused, exported: unused, ...words };
}

describe("the proof that nothing is kept at module level", () => {
  const subject = subjectWith(["raft/raft.ts:3: let counter"]);

  it("accepts a program that plays alike with fresh and with shared modules", () => {
    const anew = spy(() => subject);
    expect(
      playProved(
        sceneOf(() => "h"),
        subject,
        anew,
        1,
      ),
    ).to.deep.include({ verdict: "accepted", hash: "h" });
    expect(anew.callCount).to.equal(1);
  });

  it("names the suspects if it does not", () => {
    const scene = sceneOf(({ instances }) => String(instances));
    const { verdict, hash, failure } = playProved(scene, subject, () => subject, 1);
    expect(verdict).to.equal("run-error");
    expect(hash).to.equal("fresh");
    expect(failure?.rule).to.equal(MODULE_STATE_RULE);
    expect(failure?.message).to.contain(
      "a module-level variable is read (raft/raft.ts:3: let counter). Keep state",
    );
  });

  it("does without suspects", () => {
    const nobody = subjectWith([]);
    const { failure } = playProved(
      sceneOf(({ instances }) => String(instances)),
      nobody,
      () => nobody,
      1,
    );
    expect(failure?.message).to.contain("a module-level variable is read. Keep state");
  });

  it("leaves a run alone that failed for another reason", () => {
    const scene = sceneOf(({ instances }) => String(instances), "wrong");
    expect(playProved(scene, subject, () => subject, 1)).to.deep.include({ verdict: "wrong", hash: "fresh" });
  });

  it("blames the program if the same seed gives two runs anyway: how deep the stack is may differ", () => {
    let n = 0;
    expect(
      playProved(
        sceneOf(() => String(n++)),
        subject,
        () => subject,
        1,
      ).verdict,
    ).to.equal("run-error");
  });
});

describe("a player", () => {
  const suite = path.join(COURSE, "labs", "1-pretending");
  const batch = { suite, scene: "the first question", seeds: [4, 5], prove: false };

  async function wordsOf(load: (folder: string) => Subject, subjects: string[]): Promise<Word[]> {
    const words: Word[] = [];
    const player = new Player(performHere(load), (word) => {
      words.push(word);
      return Promise.resolve();
    });
    for (const subject of subjects) await player.obey({ kind: "play", batch: { ...batch, subject } });
    return words;
  }

  it("announces each seed before it plays it, and says when the batch is over", async () => {
    const refuse = (): never => {
      throw new SubjectError("not-gradable", ["one", "two"]);
    };
    const words = await wordsOf(refuse, ["a"]);
    expect(words.map(({ kind }) => kind)).to.deep.equal(["playing", "played", "playing", "played", "done"]);
    const played = words.flatMap((word) => (word.kind === "played" ? [word.played.outcome] : []));
    expect(played.map(({ seed, verdict }) => [seed, verdict])).to.deep.equal([
      [4, "not-gradable"],
      [5, "not-gradable"],
    ]);
    expect(played[0]?.failure?.message).to.equal("one\ntwo");
  });

  it("loads a program once, and the least recent of many anew", async () => {
    const load = stub().callsFake(() => subjectWith([]));
    const many = Array.from({ length: 9 }, (_, i) => `subject ${i}`);
    await wordsOf(load, ["subject 0", ...many, "subject 8", "subject 0"]);
    expect(load.args.flat()).to.deep.equal([...many, "subject 0"]);
  });
});
