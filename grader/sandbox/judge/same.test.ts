import { expect } from "chai";
import path from "node:path";
import { Actor, type Order, remoteSubject, toldSubject, Transcript } from "../../../labs/kit/border";
import type { Outcome } from "../../../labs/kit/scene/outcome";
import type { Scene } from "../../../labs/kit/scene/registry";
import type { Subject } from "../../../labs/kit/subject";
import { collectFiles } from "../../../labs/kit/subject/files";
import { loadSubject, subjectOf } from "../../../labs/kit/subject/load";
import { listSuites, loadScenes } from "../../../labs/runner/suite";
import { apply, MUTANTS } from "../../mutants";
import { essence, recordsOf, ROOT, SOLUTIONS } from "./fixture";

/** The three ways to play a run, here without a process between program and world. */
const WAYS: Readonly<Record<string, (scene: Scene, subject: Subject, seed: number) => Outcome>> = {
  "in process": (scene, subject, seed) => scene.play(subject, seed),
  "by transcript": (scene, subject, seed) => {
    const records = recordsOf(subject, scene, seed);
    const transcript = new Transcript(() => records.splice(0, 100));
    const outcome = scene.play(toldSubject(subject, transcript), seed);
    expect(transcript.ends(), "the transcript has ended").to.equal(true);
    return outcome;
  },
  "input by input": (scene, subject, seed) => {
    const actor = new Actor(subject);
    let answer = "";
    const send = (order: unknown): void => {
      answer = JSON.stringify(actor.obey(JSON.parse(JSON.stringify(order)) as Order));
    };
    return scene.play(remoteSubject(subject, { send, receive: () => JSON.parse(answer) as unknown }), seed);
  },
};

/** What comes of a run, the same in all ways. */
function outcomeOf(scene: Scene, subject: Subject, seed: number): object {
  const [first, ...others] = Object.entries(WAYS).map(([way, play]) => ({
    way,
    outcome: essence(play(scene, subject, seed)),
  }));
  for (const { way, outcome } of others)
    expect(outcome, `${scene.name}, ${way}`).to.deep.equal(first?.outcome);
  return first?.outcome ?? {};
}

/** One scene of so many is played: all of them would take minutes. */
const SHARE = 12;

describe("a run in process, by transcript and input by input", function () {
  this.timeout(120_000);

  for (const root of [path.join(ROOT, "labs"), path.join(ROOT, "grader", "suites")]) {
    for (const { lab, folder } of listSuites(root, path.join(ROOT, "labs"))) {
      it(`has equal hashes in Lab ${lab}, ${path.relative(ROOT, folder)}`, () => {
        const reference = loadSubject(SOLUTIONS);
        const scenes = loadScenes(folder).filter((_scene, i) => i % SHARE === lab % SHARE || lab === 0);
        expect(scenes).to.not.deep.equal([]);
        for (const scene of scenes) {
          expect(outcomeOf(scene, reference, 7)).to.include({ verdict: "accepted" });
        }
      });
    }
  }

  for (const lab of [1, 2, 3, 4, 5, 6]) {
    it(`fails alike for mutants of Lab ${lab}`, () => {
      const sources = collectFiles(SOLUTIONS);
      const suite = listSuites(path.join(ROOT, "labs")).find((each) => each.lab === lab);
      const scenes = loadScenes(suite?.folder ?? "");
      const mutants = MUTANTS.filter((mutant) => mutant.lab === lab);
      const failures = [0, 0.4, 0.8].map((part) => {
        const mutant = mutants[Math.floor(part * mutants.length)];
        if (mutant === undefined) throw new Error("a lab without mutants");
        const files = sources.map((source) =>
          source.path === mutant.file ? { ...source, text: apply(mutant, source.text) } : source,
        );
        const program = subjectOf(mutant.name, SOLUTIONS, files);
        const fails = scenes.find((scene) => scene.play(program, 7).verdict !== "accepted") ?? scenes[0];
        return fails === undefined ? {} : outcomeOf(fails, program, 7);
      });
      expect(failures.filter((each) => "message" in each)).to.not.deep.equal([]);
    });
  }
});
