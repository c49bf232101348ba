import type { Colors } from "picocolors/types";
import { oneLine } from "../outputs/plain";
import type { Place, Similarity } from "../similarity/document";
import { counted } from "./progress";

/** Terminals are this wide. */
const WIDTH = 80;

/** The page has more. */
const MOST_PAIRS = 40;

/** So many names of one group. */
const MOST_TWINS = 8;

/** The comparison for a terminal: at most 80 columns, and no character of a submission that a terminal would obey. */
export function similarReport(similarity: Similarity, colors: Colors): string {
  const { programs, unread, identical, usual, pairs, threshold } = similarity;
  const earlier = programs.filter(({ group }) => group === "earlier").length;
  const head = [
    `${counted(programs.length, "program")}${earlier > 0 ? `, ${earlier} of them earlier ones` : ""}; ${counted(usual.pairs, "pair")}`,
    `half of them share ${percent(usual.half)} or less, 95 of 100 share ${percent(usual.most)} or less`,
  ];
  const twins = identical.flatMap((names) => [
    ...wrapped(
      `the same files: ${names
        .slice(0, MOST_TWINS)
        .map((name) => oneLine(name))
        .join(", ")}${more(names.length - MOST_TWINS)}`,
    ),
  ]);
  const listed = pairs.slice(0, MOST_PAIRS).flatMap(({ left, right, share, fragments }, i) => {
    const [longest] = fragments;
    const names = `${String(i + 1).padStart(3)}. ${percent(share).padStart(5)}  ${pairOf(oneLine(left), oneLine(right), WIDTH - 14)}`;
    if (longest === undefined) return [colors.bold(names)];
    const lines = longest.left.to - longest.left.from + 1;
    const label = `            ${counted(lines, "line")} in one piece: `;
    const and = "and ".padStart(label.length);
    const room = WIDTH - label.length;
    return [
      colors.bold(names),
      colors.dim(label + tail(placeOf(longest.left), room)),
      colors.dim(and + tail(placeOf(longest.right), room)),
    ];
  });
  const none = `nothing shares ${percent(threshold.share)}, or ${threshold.tokens} tokens in one piece`;
  const others = pairs.length - MOST_PAIRS;
  const rest = [
    ...(others > 0
      ? [`${counted(others, "more pair")} in similar.json, the next of them in similar.html`]
      : []),
    ...(similarity.more > 0
      ? [`up to ${counted(similarity.more, "pair")} beyond that; a higher --threshold shows fewer`]
      : []),
  ];
  const remarks = programs.flatMap(({ name, remarks: all }) =>
    all.map((text) => `${oneLine(name)}: ${text}`),
  );
  const leftOut = [...remarks, ...unread];
  const blocks = [head, twins, listed.length > 0 ? [...listed, ...rest] : [none], leftOut.flatMap(wrapped)];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : "";
}

function placeOf({ file, from, to }: Place): string {
  return `${oneLine(file)}:${from}-${to}`;
}

/** Both get half of the room, unless one needs less. */
function pairOf(left: string, right: string, width: number): string {
  const room = width - " and ".length;
  const half = Math.floor(room / 2);
  const forLeft = Math.max(half, room - [...right].length);
  const one = cut(left, forLeft);
  return `${one} and ${cut(right, room - [...one].length)}`;
}

function cut(text: string, width = WIDTH): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, width - 1).join("")}…`;
}

/** Cut in front: the lines of a place matter more than its folder. */
function tail(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `…${letters.slice(1 - width).join("")}`;
}

/** At blanks, where there are some. */
function wrapped(text: string): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ").map((each) => cut(each, WIDTH - 2))) {
    const line = lines.at(-1) ?? "";
    if ([...line].length + 1 + [...word].length > WIDTH) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
