import type { Verdict } from "../../labs/kit/scene/outcome";
import type { Grade } from "../schema/grade";
import type { LabMarks } from "./marks";

/** Who looks, and when: a student before or after the deadline, or staff. */
export type Stage = "before" | "after" | "staff";

/** What a reader may see of the marks, and nothing else. Texts of the submission in it are as hostile as they came. */
export interface View {
  readonly student: string;
  readonly submission: string;
  readonly submittedAt?: string;
  readonly stage: Stage;
  readonly final: boolean;
  /** Absent if it is hidden, because it would tell of what is hidden. */
  readonly points?: number;
  readonly maxPoints: number;
  readonly labs: readonly LabView[];
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
  readonly typeErrors: readonly string[];
  readonly provenance: Provenance;
}

/** Of one lab. */
export interface LabView {
  readonly lab: number;
  readonly title: string;
  /** Absent if it is hidden. */
  readonly points?: number;
  readonly maxPoints: number;
  readonly late?: NonNullable<LabMarks["late"]>;
  readonly cap?: NonNullable<LabMarks["cap"]>;
  readonly scenes: readonly SceneView[];
  /** How many scenes are not listed. */
  readonly hidden: number;
  /** How many of all its scenes passed; absent if that is hidden. */
  readonly passed?: number;
}

/** Of one scene. From `rule` on, only what the level of feedback shows. */
export interface SceneView {
  readonly name: string;
  readonly points?: number;
  readonly maxPoints: number;
  readonly verdict?: Verdict;
  readonly failed?: number;
  readonly seeds: number;
  readonly challenge: boolean;
  readonly rule?: string;
  readonly message?: string;
  /** Of the failure, in ms of virtual time. */
  readonly virtualMs?: number;
  readonly server?: number;
  readonly seed?: number;
  readonly replay?: string;
}

/** Where the marks come from. */
export interface Provenance {
  readonly course: Grade["course"];
  readonly node: string;
  readonly isolation: Grade["isolation"];
  readonly border: Grade["border"];
  readonly seedCommitment?: string;
  /** Only where seeds are shown, and not if it is a secret. */
  readonly seedBase?: number;
  readonly digest: string | null;
}
