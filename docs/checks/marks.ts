import path from "node:path";
import { listSuites, loadScenes, type SceneInfo } from "../../labs/runner/suite";
import { ROOT, type Page } from "./pages";

/** A row of the table of marks in a handout: what it is about, a hidden scene, its points. */
const ROW = /^(\|[^|]*\| `)([^`]+)(` *\| *)(\d+)( *\|)$/;

/** The sentence below that table. */
const TOTAL = /^That is \d+ points(, and \d+ more for the challenge)?\.$/;

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

/**
 * The lines of a handout with the marks as they are now: points that changed, scenes that are new (at the end of the
 * table) or gone.
 */
export function withMarks(page: Page): string[] {
  const scenes = hiddenScenes(page);
  const known = new Set(markedScenes(page));
  if (known.size === 0) return [...page.lines];
  const byName = new Map(scenes.map((scene) => [scene.name, scene]));
  const last = page.lines.findLastIndex((line) => ROW.test(line));
  return page.lines.flatMap((line, i) => {
    const [, before = "", name, between = "", old = "", after = ""] = ROW.exec(line) ?? [];
    if (name === undefined) return TOTAL.test(line) ? [totalOf(scenes)] : [line];
    const points = byName.get(name)?.points;
    const row =
      points === undefined ? [] : [`${before}${name}${between}${`${points}`.padStart(old.length)}${after}`];
    return i === last ? [...row, ...scenes.filter((scene) => !known.has(scene.name)).map(newRow)] : row;
  });
}

function newRow({ name, points, challenge }: SceneInfo): string {
  return `| ${challenge ? "challenge: further" : "further"} | \`${name}\` | ${points} |`;
}

function totalOf(scenes: readonly SceneInfo[]): string {
  const sum = (challenge: boolean): number =>
    scenes.filter((scene) => scene.challenge === challenge).reduce((all, { points }) => all + points, 0);
  const more = sum(true) > 0 ? `, and ${sum(true)} more for the challenge` : "";
  return `That is ${sum(false)} points${more}.`;
}
