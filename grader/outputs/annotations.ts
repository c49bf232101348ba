import type { LabView, SceneView, View } from "../policy/view";
import { oneLine, plain } from "./plain";
import { ELSEWHERE } from "./verdicts";
import { labTitle, NOT_FINAL, overview, pointsOf, sceneText } from "./words";

/** GitHub shows no more annotations of one kind in a step. */
const MOST = 10;

type Kind = "error" | "warning" | "notice";

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: string;
  readonly col?: string;
}

/**
 * What a step of GitHub Actions prints: a notice with the points, at most ten errors and ten warnings, and behind a fence that
 * switches workflow commands off, the report in plain text.
 *
 * @param token - closes the fence; random, as whoever knows it can close it
 */
export function githubLog(view: View, token: string): string {
  if (!/^[0-9a-f]{16,}$/.test(token)) throw new TypeError("the token of the fence must be random");
  const problems = limited(view.problems.map(problem), "error");
  const scenes = failures(view);
  const errors = scenes.filter(({ kind }) => kind === "error");
  const lines = [
    ...(problems.length > 0 ? problems : limited(errors, "error")),
    ...limited(
      scenes.filter(({ kind }) => kind === "warning"),
      "warning",
    ),
    total(view),
  ];
  const report = [...overview(view), ...view.labs.flatMap(sceneParagraphs)].join("\n\n");
  return `${lines.map(command).join("\n")}\n::stop-commands::${token}\n${report}\n::${token}::\n`;
}

function failures(view: View): Annotation[] {
  return view.labs.flatMap((lab) =>
    lab.scenes.flatMap((scene) => {
      const kind = scene.verdict && ELSEWHERE[scene.verdict].annotation;
      if (kind === undefined) return [];
      return [{ kind, title: `${labTitle(lab)}: ${oneLine(scene.name)}`, message: sceneText(scene) }];
    }),
  );
}

/** The place stands in the problem's text, unless the name of the file is a strange one. */
function problem(text: string): Annotation {
  const [, file, line, col, message] =
    /^([\w./-]{1,200}\.ts):(\d{1,7})(?::(\d{1,7}))?: (.*)$/s.exec(text) ?? [];
  const title = "This cannot be played";
  if (file === undefined || line === undefined) return { kind: "error", title, message: plain(text) };
  return {
    kind: "error",
    title,
    message: plain(message ?? ""),
    file,
    line,
    ...(col !== undefined && { col }),
  };
}

/** So many of a kind that GitHub shows all of them; the last one says how many there are besides. */
function limited(all: readonly Annotation[], kind: Kind): Annotation[] {
  if (all.length <= MOST) return [...all];
  const shown = all.slice(0, MOST - 1);
  const rest = all.length - shown.length;
  return [...shown, { kind, title: `${rest} more`, message: "The summary of this run lists them all." }];
}

function total(view: View): Annotation {
  const labs = view.labs.map((lab) => `${labTitle(lab)}: ${pointsOf(lab)}`).join("\n");
  return {
    kind: view.final ? "notice" : "warning",
    title: `${pointsOf(view)} points${view.final ? "" : ", not final"}`,
    message: view.final ? labs : `${NOT_FINAL}\n${labs}`,
  };
}

function sceneParagraphs(lab: LabView): string[] {
  return lab.scenes
    .filter(({ verdict }) => verdict !== "accepted")
    .map((scene: SceneView) => `${labTitle(lab)}: ${oneLine(scene.name)}\n${sceneText(scene)}`);
}

/** A workflow command: all that could end it or start another is written in its own escapes. */
function command({ kind, title, message, file, line, col }: Annotation): string {
  const properties = Object.entries({ file, line, col, title })
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${property(value)}`]))
    .join(",");
  return `::${kind} ${properties}::${data(message)}`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
