import { expect } from "chai";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadSubject } from "../kit/subject/load";
import { listSuites, loadScenes } from "../runner/suite";

const ROOT = resolve(__dirname, "..", "..");

/** What a hole says: its name, what to do, and which step of a handout that is. */
const HOLE =
  /^not implemented yet: (Raft|KvClient|KvServer|Replica|Coordinator|predictions)\.\w+\. Next: .+ \(step [1-9] of (the handout|Lab [2456])\)\./;

describe("the skeleton, before anybody has written a line", function () {
  // In a handout somebody has.
  if (!existsSync(join(ROOT, "solutions"))) return;

  for (const { lab, folder } of listSuites(join(ROOT, "labs"))) {
    if (lab === 0) continue; // its exercises have a test of their own
    it(`tells in each scene of Lab ${lab} what to do next`, () => {
      const skeleton = loadSubject(join(ROOT, "skeleton"));
      for (const scene of loadScenes(folder)) {
        expect(scene.play(skeleton, 1).failure?.message, scene.name).to.match(HOLE);
      }
    });
  }
});
