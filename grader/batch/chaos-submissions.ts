import path from "node:path";
import { collectFiles } from "../../labs/kit/subject/files";
import { MUTANTS } from "../mutants";
import { mutate } from "../mutation/tree";

const program = (answer: string): string =>
  `export class Raft {
  answer(scene: string, seed: number): string {
    let work = 0;
    for (let i = 0; i < 10_000_000; i++) work = (work * 31 + i) | 0;
    return ${answer} && work !== 1 ? "yes" : "no";
  }
}
`;

/** Submissions of the course in miniature, of different quality; two of them alike. */
export const ANSWERS: Readonly<Record<string, string>> = {
  "all/raft/raft.ts": program("true"),
  "broken/raft/raft.ts": "export class Raft {\n",
  "easy/raft/raft.ts": program(`scene === "an easy question"`),
  "even/raft/raft.ts": program("seed % 2 === 0"),
  "refused.zip": "this is no archive",
  "twin/raft/raft.ts": program("seed % 2 === 0"),
};

/** Submissions of the course in `root`: the reference, itself with a mistake, and the skeleton. */
export function programs(root: string): Record<string, string> {
  const reference = collectFiles(path.join(root, "solutions"));
  const mutants = MUTANTS.filter(({ name }) => name === "fixed-timeout");
  const [mistaken = []] = mutate(mutants, reference).values();
  const skeleton = collectFiles(path.join(root, "skeleton"));
  const all = Object.entries({ reference, mistaken, skeleton });
  return Object.fromEntries(
    all.flatMap(([name, files]) => files.map((file) => [`${name}/${file.path}`, file.text] as const)),
  );
}
