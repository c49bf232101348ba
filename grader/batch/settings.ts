import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { UsageError } from "../../labs/kit/program/errors";
import { BORDERS, ISOLATIONS } from "../schema/grade";

/** All on which the facts of a grading rest, besides the submission: what is begun with some is not ended with others. */
export const settingsSchema = z.object({
  course: z.string(),
  judge: z.string(),
  node: z.string(),
  labs: z.array(z.int()),
  only: z.string().optional(),
  seeds: z.int(),
  seedBase: z.int().optional(),
  seedCommitment: z.string().optional(),
  isolation: z.enum(ISOLATIONS),
  border: z.enum(BORDERS),
});

/** The settings of a batch. */
export type Settings = z.infer<typeof settingsSchema>;

const NAMES: { readonly [key in keyof Settings]-?: string } = {
  course: "the course",
  judge: "the scenes or the kit",
  node: "Node",
  labs: "--labs",
  only: "--only",
  seeds: "--seeds",
  seedBase: "--seed",
  seedCommitment: "--secret",
  isolation: "the isolation",
  border: "the border",
};

/**
 * Results of different settings are never mixed.
 *
 * @param out - the folder that was begun with `earlier`
 * @throws UsageError that names what differs
 */
export function refuseOther(earlier: Settings, now: Settings, out: string): void {
  const keys = Object.keys(NAMES) as (keyof Settings)[];
  const differing = keys.filter((key) => JSON.stringify(earlier[key]) !== JSON.stringify(now[key]));
  if (differing.length === 0) return;
  const all = differing.map((key) => `${NAMES[key]} (then ${say(key, earlier)}, now ${say(key, now)})`);
  throw new UsageError(
    `“${out}” was begun with other settings: ${all.join(", ")}; use the same ones, or another folder with --out`,
  );
}

function say(key: keyof Settings, settings: Settings): string {
  const value = settings[key];
  if (value === undefined) return "none";
  const text = String(value);
  return key === "judge" || key === "seedCommitment" ? text.slice(0, 12) : text;
}

/** SHA-256 over what judges: all files of the hidden suites, the sandbox and the kit, apart from their tests. */
export function digestOfJudge(root: string): string {
  const hash = createHash("sha256");
  for (const folder of ["grader/suites", "grader/sandbox", "labs/kit"]) {
    const below = path.join(root, folder);
    const names = existsSync(below) ? readdirSync(below, { recursive: true, encoding: "utf8" }) : [];
    const files = names.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    for (const name of files.map((each) => each.replaceAll(path.sep, "/")).sort()) {
      const content = readFileSync(path.join(below, name));
      hash.update(`${folder}/${name}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest("hex");
}
