import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces";
import type { LabView, SceneView, View } from "../policy/view";
import type { Graded } from "./ctrf";
import { oneLine, plain } from "./plain";
import { ELSEWHERE } from "./verdicts";
import { labTitle, overview, pointsOf, provenanceFields, sceneText } from "./words";

/**
 * JUnit XML as most readers take it: a suite a lab, a case a scene. The format knows no points; they stand in properties, and once more in
 * the messages, because many readers drop properties of cases. No real time of one scene is on record, so cases have none.
 */
export function junitXml(view: View, { at, wallMs }: Graded): string {
  const { course } = view.provenance;
  const all = view.labs.flatMap(({ scenes }) => scenes);
  const document = create({ version: "1.0", encoding: "UTF-8", invalidCharReplacement: "\ufffd" });
  const suites = document.ele("testsuites", {
    name: course.name,
    ...counts(all),
    time: (wallMs / 1000).toFixed(3),
    timestamp: new Date(Math.round(at)).toISOString(),
  });
  for (const lab of view.labs) addLab(suites, lab, view);
  return `${document.end({ prettyPrint: true })}\n`;
}

function addLab(suites: XMLBuilder, lab: LabView, view: View): void {
  const name = labTitle(lab);
  const suite = suites.ele("testsuite", { name: literally(name), ...counts(lab.scenes) });
  addProperties(suite, {
    ...(lab.points !== undefined && { points: lab.points }),
    max_points: lab.maxPoints,
    hidden_scenes: lab.hidden,
    final: String(view.final),
    ...provenanceFields(view),
  });
  for (const scene of lab.scenes) addScene(suite, name, scene);
  suite.ele("system-out").txt(literally(plain(overview(view).join("\n\n"), 100_000)));
}

function addScene(suite: XMLBuilder, classname: string, scene: SceneView): void {
  const { name, verdict, points, maxPoints, seed } = scene;
  const testcase = suite.ele("testcase", {
    name: literally(oneLine(name)),
    classname: literally(classname),
  });
  addProperties(testcase, {
    ...(points !== undefined && { points }),
    max_points: maxPoints,
    ...(verdict !== undefined && { verdict }),
    ...(seed !== undefined && { seed }),
  });
  const kind = kindOf(scene);
  if (kind === "passed") return;
  const message = `${verdict ?? "not shown"}: ${pointsOf(scene)} points`;
  if (kind === "skipped") testcase.ele("skipped", { message });
  else testcase.ele(kind, { message, type: verdict ?? "" }).txt(literally(sceneText(scene)));
}

function addProperties(parent: XMLBuilder, properties: Readonly<Record<string, string | number>>): void {
  const list = parent.ele("properties");
  for (const [name, value] of Object.entries(properties)) {
    list.ele("property", { name, value: literally(String(value)) });
  }
}

/** The builder takes what looks like an entity for one; in our texts, it is not. */
function literally(text: string): string {
  return text.replace(/&/g, "&amp;");
}

/** A scene whose verdict is not shown counts as skipped. */
function kindOf({ verdict }: SceneView): "passed" | "failure" | "error" | "skipped" {
  return verdict === undefined ? "skipped" : ELSEWHERE[verdict].junit;
}

function counts(scenes: readonly SceneView[]): Record<string, number> {
  const count = (kind: string): number => scenes.filter((scene) => kindOf(scene) === kind).length;
  return {
    tests: scenes.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}
