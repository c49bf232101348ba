import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { UsageError } from "../kit/program/errors";
import { registered, type Scene } from "../kit/scene/registry";

/** A folder of scenes: the public ones of a lab beside its handout, or the hidden ones of the grader. */
export interface Suite {
  /** 0 to 6, from the folder's name `N-title`. */
  readonly lab: number;
  /** Absolute path. */
  readonly folder: string;
  /** From the first heading of the handout, or else from the folder's name. */
  readonly title: string;
}

/** What a scene says of itself; {@link Scene} without what it does. */
export type SceneInfo = Omit<Scene, "play">;

/**
 * The suites of a root, by lab.
 *
 * @param root - a folder of folders `N-title`: `labs/` or `grader/suites/`
 * @param handouts - where the handouts are, `labs/`: their headings are the titles of both roots
 */
export function listSuites(root: string, handouts: string = root): Suite[] {
  return numberedFolders(root).map(({ lab, name }) => ({
    lab,
    folder: path.join(root, name),
    title: titleOf(handouts, lab) ?? titleFrom(name),
  }));
}

function numberedFolders(root: string): { lab: number; name: string }[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d+-/.test(entry.name))
    .map((entry) => ({ lab: Number.parseInt(entry.name, 10), name: entry.name }))
    .sort((a, b) => a.lab - b.lab || (a.name < b.name ? -1 : 1));
}

/** `# Lab 1: Leader election` and `# Leader election` are both titled “Leader election”. */
function titleOf(handouts: string, lab: number): string | undefined {
  const folder = numberedFolders(handouts).find((each) => each.lab === lab);
  const file = folder && path.join(handouts, folder.name, "README.md");
  if (file === undefined || !existsSync(file)) return undefined;
  const heading = /^# +(.+?) *$/m.exec(readFileSync(file, "utf8"))?.[1];
  return heading?.replace(/^lab \d+\s*[:.,·–—-]\s*/i, "");
}

function titleFrom(folder: string): string {
  const words = folder.replace(/^\d+-/, "").replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The suite of the lab that `text` names by its number.
 *
 * @throws {@link UsageError} that lists the labs there are
 */
export function findSuite(suites: readonly Suite[], text: string): Suite {
  const found = /^\d+$/.test(text) ? suites.find((suite) => suite.lab === Number(text)) : undefined;
  if (found !== undefined) return found;
  const known = suites.map((suite) => `${suite.lab} (${suite.title})`).join(", ");
  throw new UsageError(
    `there is no lab “${text}”; there ${suites.length === 1 ? "is" : "are"}: ${known || "none"}`,
  );
}

/** Scene files are chosen at run time; ts-node compiles them as it does any other. */
const load = createRequire(__filename);

const loaded = new Map<string, readonly Scene[]>();

/**
 * Loads all `*.scene.ts` of a suite's folder in the order of their names; a second call costs nothing.
 * Only where ts-node is registered.
 *
 * @throws Error if a scene file does not load: our fault, never a student's
 */
export function loadScenes(folder: string): readonly Scene[] {
  const known = loaded.get(folder);
  if (known !== undefined) return known;
  const before = registered().length;
  for (const file of sceneFiles(folder)) load(path.join(folder, file));
  const scenes = registered().slice(before);
  loaded.set(folder, scenes);
  return scenes;
}

/** The names of the files in a suite's folder that declare scenes, in the order in which they are loaded. */
export function sceneFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".scene.ts"))
    .sort();
}

/** What crosses to the parent. */
export function infoOf(scene: Scene): SceneInfo {
  const { lab, name, points, challenge, needs, share } = scene;
  return { lab, name, points, challenge, needs, ...(share === undefined ? {} : { share }) };
}

/**
 * The scenes that `--only TEXT` means: the one of exactly that name, or all that contain it; case does not matter.
 *
 * @throws {@link UsageError} that lists the names there are, if nothing fits
 */
export function selectScenes(scenes: readonly SceneInfo[], only: string | undefined): readonly SceneInfo[] {
  if (only === undefined) return scenes;
  const wanted = only.toLowerCase();
  const exact = scenes.filter((scene) => scene.name.toLowerCase() === wanted);
  if (exact.length > 0) return exact;
  const found = scenes.filter((scene) => scene.name.toLowerCase().includes(wanted));
  if (found.length > 0) return found;
  const names = scenes.map((scene) => `  ${scene.name}`).join("\n");
  throw new UsageError(`no scene's name contains “${only}”; the scenes are:\n${names}`);
}
