import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { linksOf } from "../../docs/checks/links";
import { parsePage } from "../../docs/checks/pages";
import { packed, unpacked } from "./archive";
import { type Contents, secretsOf } from "./contents";
import { matches } from "./fingerprints";
import { linkProblem } from "./links";

/** What must hold of a handout before it is written. */
export interface Gate {
  /** Completes “the handout …”. */
  readonly what: string;
  /** What is wrong, a line each. */
  readonly check: (handout: Draft) => readonly string[] | Promise<readonly string[]>;
}

/** A handout that is not given out yet. */
export interface Draft {
  /** The folder of the course. */
  readonly root: string;
  readonly contents: Contents;
  /** Where its files lie for the time being; the libraries of the course lie next to them. */
  readonly folder: string;
}

const HOLE = /^not implemented yet: /;

/** In the order in which they are tried. */
export const GATES: readonly Gate[] = [
  {
    what: "holds nothing that is not for students",
    check: ({ root, contents }) =>
      matches(contents, secretsOf(root)).map(
        ({ file, secret, line }) => `${file} says the same as ${secret}, from “${line}” on`,
      ),
  },
  { what: "has links that lead somewhere", check: deadLinks },
  { what: "type-checks", check: ({ folder }) => typeErrors(folder) },
  { what: "fails only for what is not implemented", check: ({ folder }) => otherFailures(folder) },
  { what: "is the same when it is built again", check: differences },
];

/**
 * Tries all gates on a handout.
 *
 * @returns what is wrong, with the gate that says so
 */
export async function tryGates(
  root: string,
  contents: Contents,
): Promise<{ gate: string; lines: readonly string[] }[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "handout-"));
  try {
    unpacked(contents, folder);
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
    const found: { gate: string; lines: readonly string[] }[] = [];
    for (const { what, check } of GATES) {
      const lines = await check({ root, contents, folder });
      if (lines.length > 0) found.push({ gate: what, lines });
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function deadLinks({ contents }: Draft): string[] {
  return [...contents]
    .filter(([file]) => file.endsWith(".md"))
    .flatMap(([file, bytes]) =>
      linksOf(parsePage(file, bytes.toString("utf8"))).flatMap(({ line, target, anchor }) => {
        const problem = linkProblem(file, target, anchor, contents);
        return problem === undefined ? [] : [`${file}:${line}: ${problem}`];
      }),
    );
}

function typeErrors(folder: string): string[] {
  const compiler = require.resolve("typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "--noEmit"], { cwd: folder, encoding: "utf8" });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .slice(0, 5);
}

/** Run by the handout's own files, in their folder: what each public scene says of the skeleton. */
const PLAY_ALL = `
  const { loadSubject } = require("./labs/kit/subject/load");
  const { listSuites, loadScenes } = require("./labs/runner/suite");
  const skeleton = loadSubject("skeleton");
  const told = listSuites(require("node:path").resolve("labs")).flatMap(({ folder }) =>
    loadScenes(folder).map(({ lab, name, play }) => [lab, name, play(skeleton, 1).failure?.message ?? "it passes"]),
  );
  process.stdout.write(JSON.stringify(told));`;

function otherFailures(folder: string): string[] {
  const args = ["-r", "ts-node/register", "-e", PLAY_ALL];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0)
    return [`its scenes cannot be played: ${stderr.trim().split("\n").slice(0, 5).join(" ")}`];
  const told = JSON.parse(stdout) as readonly (readonly [lab: number, scene: string, message: string])[];
  return told
    .filter(([lab, , message]) => lab !== 0 && !HOLE.test(message)) // Lab 0's exercises begin half done
    .map(([lab, scene, message]) => `Lab ${lab}, “${scene}”: ${message}`);
}

async function differences({ contents }: Draft): Promise<string[]> {
  const [one, two] = [await packed(contents), await packed(contents)];
  return one.equals(two) ? [] : ["two archives of the same files differ"];
}
