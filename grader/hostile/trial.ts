import { lstatSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { collectFiles } from "../../labs/kit/subject/files";
import { Pool } from "../../labs/runner/pool";
import { grade, type Graded } from "../grading/grade";
import { type Selection, selectFrom, selectHidden } from "../grading/selection";
import { type Tree, Trees } from "../mutation/tree";
import type { Grade } from "../schema/grade";
import type { Attack, Expectation } from "./attack";
import type { Place } from "../sandbox/place";
import { sandboxed } from "../sandbox/settings";
import { Bait } from "./bait";

/** Where attacks are tried: the public scenes of none, some hidden ones of Lab 1; all are short. */
const SCENES: ReadonlySet<string> = new Set(["initial election", "a majority crashes and returns"]);

/** Seeds a scene: the first one is played under a proof, which takes two runs more. */
const SEEDS = 1;

/** One document may have so many characters, whatever a program says: it is mailed, shown, and put into tables. */
const MOST_SAID = 256 * 1024;

/** What is played where. */
interface Setting {
  readonly root: string;
  readonly pool: Pool;
  readonly place: Place;
  readonly selections: readonly Selection[];
}

/** Tighter than usual, since many attacks run into them; the scenes here take a second at most. */
const LIMITS = { handlerMs: 2000, runMs: 10_000, memoryMb: 512, heapMb: 256, outputBytes: 32 * 1024 * 1024 };

/** A pool of one process for trials at this place. */
export function trialPool({ isolation, border }: Place): Pool {
  if (isolation === "process") return new Pool({ workers: 1, hangMs: 3000, memoryMb: LIMITS.heapMb });
  // The judge ends what hangs by itself, so the pool waits for the judge.
  return new Pool({ workers: 1, hangMs: 300_000, player: sandboxed({ isolation, border, limits: LIMITS }) });
}

/** A place where attacks are tried next to a neighbour, who must not notice. */
export class Trial {
  private constructor(
    private readonly setting: Setting,
    private readonly bait: Bait,
    private readonly trees: Trees,
    private readonly reference: Tree,
    /** What the reference gets while nobody attacks. */
    private readonly undisturbed: string,
  ) {}

  /**
   * @param root - the folder of the course
   * @param pool - plays attacker and neighbour alike
   * @param place - where it does so
   */
  static async open(root: string, pool: Pool, place: Place): Promise<Trial> {
    const all = await selectFrom(pool, selectHidden(root, "1"), undefined);
    const selections = all.map((each) => ({
      ...each,
      scenes: each.scenes.filter(({ name }) => SCENES.has(name)),
    }));
    const bait = await Bait.lay(root);
    const reference = collectFiles(path.join(root, "solutions"));
    const trees = new Trees("hostile");
    const folder = trees.write("neighbour", reference);
    const setting = { root, pool, place, selections };
    const undisturbed = await play(setting, folder);
    const { points, maxPoints } = undisturbed.grade;
    if (points < maxPoints) throw new Error(`the reference itself has ${points} of ${maxPoints} points`);
    return new Trial(setting, bait, trees, reference, lasting(undisturbed.grade));
  }

  /** False for an attack that would do harm where the programs of this trial run. */
  takes({ sandboxOnly }: Attack): boolean {
    return sandboxOnly === undefined || this.setting.place.isolation !== "process";
  }

  /** Plays an attack. @returns what is not as it should be, a line each; none if the grader holds */
  async attack(attack: Attack): Promise<string[]> {
    const folder = this.trees.write(attack.name, attack.tree(this.reference, this.bait));
    const before = snapshot(folder);
    const { grade: document, results } = await play(this.setting, folder);
    const said = JSON.stringify([document, results]);
    return [
      ...complaints(attack.expect, document),
      ...this.bait.taken(said),
      ...(JSON.stringify(document).length > MOST_SAID ? [`the document has ${said.length} characters`] : []),
      ...(document.judgeErrors.retried > 0 ? [`${document.judgeErrors.retried} errors of the grader`] : []),
      ...(snapshot(folder) === before ? [] : ["the submission's folder has changed"]),
    ];
  }

  /** Plays the neighbour again, in the same pool and after all those attacks. @returns the same */
  async neighbour(): Promise<string[]> {
    const { grade: document } = await play(this.setting, this.trees.write("neighbour", this.reference));
    const isSame = lasting(document) === this.undisturbed;
    return isSame ? [] : ["the neighbour got something else", ...complaints("harmless", document)];
  }

  async close(): Promise<void> {
    this.trees.remove();
    await this.bait.remove();
  }
}

function play({ pool, ...setting }: Setting, subject: string): Promise<Graded> {
  const order = { ...setting, subject, remarks: [], seedSource: 1, seeds: SEEDS, only: undefined };
  return grade(pool, { ...order, check: () => Promise.resolve([]) }, performance.now(), {});
}

function complaints(expect: Expectation, { labs, points, maxPoints }: Grade): string[] {
  const scenes = labs.flatMap((lab) => lab.scenes);
  const verdicts = scenes.map(({ verdict }) => verdict);
  const seen = scenes.map(
    ({ name, verdict, firstFailure }) => `${name}: ${verdict} ${firstFailure?.message.slice(0, 500) ?? ""}`,
  );
  if (expect === "harmless") return points === maxPoints ? [] : seen;
  if ("either" in expect) return verdicts.every((verdict) => expect.either.includes(verdict)) ? [] : seen;
  const { verdicts: wanted, says = /^/ } = expect;
  const isRight = scenes.every(
    ({ verdict, firstFailure }) => wanted.includes(verdict) && says.test(firstFailure?.message ?? ""),
  );
  return isRight && points === 0 ? [] : seen;
}

/** What must not change from one grading of a program to the next. */
function lasting(document: Grade): string {
  return JSON.stringify({ ...document, wallMs: 0, cpuMs: 0 });
}

/** Names, kinds and contents of all that lies in a folder. */
function snapshot(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const file = path.join(folder, name);
      return `${name}\0${lstatSync(file).isFile() ? readFileSync(file, "utf8") : ""}`;
    })
    .join("\0");
}
