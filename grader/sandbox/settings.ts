import path from "node:path";
import type { PlayerModule } from "../../labs/runner/worker";
import type { Border, Isolation } from "../schema/grade";
import type { Limits } from "./isolation/node";

/** How submissions are to be kept apart from the judge. */
export interface SandboxSettings {
  /** Not `process`: then there is no sandbox. */
  readonly isolation: Isolation;
  /** Not `none`. */
  readonly border: Border;
  /** Other limits than the usual ones. */
  readonly limits?: Partial<Limits>;
}

/** What makes the children of a pool judges of sandboxed programs. */
export function sandboxed(settings: SandboxSettings): PlayerModule {
  return { module: path.join(__dirname, "judge", "child.ts"), settings: JSON.stringify(settings) };
}
