import { replayCommand } from "../../labs/desk/report";
import type { Grade } from "../schema/grade";

/**
 * The grade of a submission whose files are those of another one, which was judged. The facts are the same; the folder and the remarks are
 * its own. It does not say whose result this is: students read it.
 */
export function shareGrade(grade: Grade, subject: string, remarks: readonly string[]): Grade {
  const labs = grade.labs.map((lab) => ({
    ...lab,
    scenes: lab.scenes.map((scene) => {
      if (scene.firstFailure === undefined) return scene;
      const { seed } = scene.firstFailure;
      const replay = replayCommand({ lab: lab.lab, scene: scene.name, seed, subject, hidden: true });
      return { ...scene, firstFailure: { ...scene.firstFailure, replay } };
    }),
  }));
  return { ...grade, subject, remarks: [...remarks], labs, wallMs: 0, cpuMs: 0 };
}
