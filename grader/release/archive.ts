import { packed } from "../handout/archive";
import type { Contents } from "../handout/contents";
import type { Part } from "./part";

/** Who gets a part from whom, and what it costs. */
export interface Terms {
  /** `*` is everybody. */
  readonly student: string;
  readonly by: string;
  /** Share of the points that can still be had for the labs of the part, 0 to 1. */
  readonly cap: number;
}

/** The files of a part as they are given out, in a folder of their own. */
export function contentsOf({ lab, tree }: Part, terms: Terms): Contents {
  const files = tree.map(({ path, text }) => [`lab-${lab}/${path}`, Buffer.from(text)] as const);
  const readme = [
    `lab-${lab}/README.md`,
    Buffer.from(
      readmeFor(
        lab,
        tree.map(({ path }) => path),
        terms,
      ),
    ),
  ] as const;
  return new Map([readme, ...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same part under the same terms gives the same bytes. */
export function archiveOf(part: Part, terms: Terms): Promise<Buffer> {
  return packed(contentsOf(part, terms));
}

function readmeFor(lab: number, files: readonly string[], { student, by, cap }: Terms): string {
  const labs = lab === 1 ? "Lab 1" : `Labs 1 ${lab === 2 ? "and" : "to"} ${lab}`;
  const percent = `${Math.round(cap * 10_000) / 100} %`;
  const cost =
    cap === 1
      ? `It costs nothing: ${labs} ${lab === 1 ? "is" : "are"} marked as before.`
      : `What you hand in after you got it can earn at most ${percent} of the points of ${labs}. Nothing is taken from what you handed
in before, and nothing from Lab ${lab + 1} and later ones.`;
  return `# The reference's Raft, up to Lab ${lab}

${by} released it to ${student === "*" ? "the whole class" : student}, so that you can begin Lab ${lab + 1} although Lab ${lab} is not done.
${cost}
${student === "*" ? "" : "It is meant for you alone: please do not pass it on.\n"}
## How to use it

1. Keep what you have: move your \`skeleton/raft\` to a place outside of \`skeleton\`.
2. Copy the folder \`raft\` from here into \`skeleton\`:

${files.map((file) => `   - \`${file}\``).join("\n")}

3. \`npm run lab -- ${lab}\`: all scenes pass, but for challenges, which are left to you.
4. \`npm run lab -- ${lab + 1}\`: the first hole is named. Where Lab ${lab + 1} and later ones have work for you, the part
   has what your skeleton had.

Read it before you go on: you extend it, and it does some things in another way than you did. Its files belong to you
from now on; change them as you like.
`;
}
