import path from "node:path";
import { listSuites, loadScenes, type SceneInfo } from "../../labs/runner/suite";
import { ROOT, type Page } from "./pages";

/** A row of the table of marks in a handout: what it is about, a hidden scene, its points. */
const ROW = /^(\|[^|]*\| `)([^`]+)(` *\| *)(\d+)( *\|)$/;

/** The sentence below that table. */
const TOTAL = /^That is \d+ points, and \d+ more for the challenge\.$/;

/** The hidden scenes of the lab whose handout a page is; none if it is no handout, or the lab is not marked. */
export function hiddenScenes(page: Page): readonly SceneInfo[] {
  const lab = /^labs\/(\d+)-/.exec(page.path)?.[1];
  const suite = listSuites(path.join(ROOT, "grader", "suites")).find((each) => `${each.lab}` === lab);
  return suite === undefined ? [] : loadScenes(suite.folder);
}

/** The scenes that the table of marks names. */
export function markedScenes(page: Page): string[] {
  return page.lines.flatMap((line) => ROW.exec(line)?.[2] ?? []);
}

/** The lines of a handout with the points as they are now. */
export function withMarks(page: Page): string[] {
  const scenes = hiddenScenes(page);
  const points = new Map(scenes.map((scene) => [scene.name, scene.points]));
  const sum = (challenge: boolean): number =>
    scenes.filter((scene) => scene.challenge === challenge).reduce((all, scene) => all + scene.points, 0);
  return page.lines.map((line) => {
    const [, before = "", name = "", between = "", old = "", after = ""] = ROW.exec(line) ?? [];
    const now = points.get(name);
    if (now !== undefined) return `${before}${name}${between}${`${now}`.padStart(old.length)}${after}`;
    return TOTAL.test(line) ? `That is ${sum(false)} points, and ${sum(true)} more for the challenge.` : line;
  });
}
