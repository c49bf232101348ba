import type { Colors } from "picocolors/types";
import { oneLine } from "../outputs/plain";
import { falls, type Move, type Regrade } from "../policy/regrade";

/** Widest text of a reason, in characters: names in it are as long as they like. */
const WIDTH = 500;

/**
 * Whose marks move, by how much and why.
 *
 * @param lower - marks that fall are not kept
 */
export function regradeReport({ moves, same }: Regrade, lower: boolean, colors: Colors): string {
  const blocks = moves.flatMap((move) => [head(move, lower, colors), ...move.reasons.map(reason), ""]);
  return [...blocks, summary(moves, same, lower), ""].join("\n");
}

function head(move: Move, lower: boolean, colors: Colors): string {
  const { student, before, after } = move;
  const kept =
    falls(move) && !lower ? colors.yellow(`  kept at ${before.points} of ${before.maxPoints}`) : "";
  const scale = before.maxPoints === after.maxPoints ? "" : ` of ${before.maxPoints}`;
  const points = `${before.points}${scale} → ${after.points} of ${after.maxPoints}`;
  return `${colors.bold(oneLine(student))}  ${points}  ${step(move, colors)}${kept}`;
}

/** In points, or where the scale is another, in percent of the whole. */
function step({ before, after, by }: Move, colors: Colors): string {
  if (by === 0) return "the same share";
  const rescaled = before.maxPoints !== after.maxPoints;
  const difference = rescaled ? 100 * by : after.points - before.points;
  const size = Math.round(Math.abs(difference) * 100) / 100;
  const text = `${by > 0 ? "+" : "−"}${size}${rescaled ? " % of the whole" : ""}`;
  return by > 0 ? colors.green(text) : colors.red(text);
}

function reason(text: string): string {
  return `  ${oneLine(text, WIDTH)}`;
}

function summary(moves: readonly Move[], same: number, lower: boolean): string {
  const falling = moves.filter(falls).length;
  const rising = moves.filter(({ by }) => by > 0).length;
  const others = moves.length - falling - rising;
  const kept = falling > 0 && !lower ? (falling === 1 ? " and is kept" : " and are kept") : "";
  const parts = [`${rising} rise`, `${falling} fall${kept}`, `${same} stay`];
  if (others > 0) parts.splice(2, 0, `${others} keep their share of the points`);
  return `Marks of ${moves.length + same} students: ${parts.join(", ")}.`;
}
