import { expect } from "chai";
import { resolve } from "node:path";
import { collectFiles, loadSubject, subjectOf, type Subject } from "../../../labs/kit/subject";
import { DEFAULT_BASE, seedsOf } from "../../../labs/runner/seeds";
import { loadScenes } from "../../../labs/runner/suite";
import { SHAPES, SLIPS, type Edit } from "./slips";

const ROOT = resolve(__dirname, "..", "..", "..");
const SOLUTIONS = resolve(ROOT, "solutions");
const FILE = "warmup/warmup.ts";

describe("Lab 0: what its scenes catch, and what they let pass", () => {
  const scenes = loadScenes(resolve(ROOT, "labs", "0-warmup"));

  /** The number of the first scene that fails under some of the seeds, and what it says. */
  function caught(subject: Subject, seeds: number): readonly [number, string] | undefined {
    for (const [i, scene] of scenes.entries()) {
      for (const seed of seedsOf(DEFAULT_BASE, 0, scene.name, seeds)) {
        const { failure, verdict } = scene.play(subject, seed);
        if (verdict !== "accepted") return [i + 1, `${verdict}: ${failure?.rule}: ${failure?.message}`];
      }
    }
    return undefined;
  }

  for (const { slip, edits, caughtBy, says } of SLIPS) {
    it(`catches: ${slip}`, () => {
      const [number, message] = caught(edited(slip, edits), 5) ?? [];
      expect(number, message).to.equal(caughtBy);
      expect(message, message).to.match(says);
    });
  }

  it("needs every one of its scenes", () => {
    expect(new Set(SLIPS.map(({ caughtBy }) => caughtBy)).size).to.equal(scenes.length);
  });

  for (const { shape, edits } of SHAPES) {
    it(`lets pass: ${shape}`, () => {
      expect(caught(edited(shape, edits), 100)?.[1]).to.equal(undefined);
    });
  }

  it("tells whoever begins, in each scene, what to do next", () => {
    const skeleton = loadSubject(resolve(ROOT, "skeleton"));
    for (const scene of scenes) {
      expect(scene.play(skeleton, 1).failure?.message, scene.name).to.match(
        /^not implemented yet: Warmup\.\w+\. Next: .+ \(exercise [123] of the handout\)\./,
      );
    }
  });

  it("lets no program pass that does nothing", () => {
    const text = `export class Warmup {
      startPings() {} rtt() { return null; } ping() { return "later"; } pingReply() {}
      add() { return "later"; } waitFor() { return "later"; } timer() {} }`;
    const idle = subjectOf("idle", ROOT, [{ path: FILE, text }]);
    for (const scene of scenes) expect(scene.play(idle, 1).verdict, scene.name).to.equal("stalled");
  });
});

/** The reference with edits, each of which must find its place. */
function edited(name: string, edits: readonly Edit[]): Subject {
  const files = collectFiles(SOLUTIONS).map((file) => {
    if (file.path !== FILE) return file;
    let { text } = file;
    for (const [from, to] of edits) {
      expect(text.split(from).length - 1, `how often “${from}” stands in ${FILE}`).to.equal(1);
      text = text.replace(from, () => to);
    }
    return { ...file, text };
  });
  return subjectOf(name, SOLUTIONS, files);
}
