import type { LabMarks, Marks, SceneMarks } from "./marks";

/** At most so many scenes are named in one reason. */
const NAMED = 3;

/** Why marks moved: a sentence a lab whose points or maximum did. Names of scenes and attempts are in it as they came. */
export function reasonsFor(before: Marks, after: Marks): string[] {
  const numbers = [...new Set([...before.labs, ...after.labs].map(({ lab }) => lab))].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const [old, now] = [before, after].map(({ labs }) => labs.find(({ lab }) => lab === number));
    if (old === undefined) return now === undefined ? [] : [`Lab ${number} is new: ${pointsOf(now)} points`];
    if (now === undefined) return [`Lab ${number} counts no more: it gave ${pointsOf(old)} points`];
    if (old.points === now.points && old.maxPoints === now.maxPoints) return [];
    const why = [
      ...attempt(number, before, after),
      ...scenes(old, now),
      ...lateness(old, now),
      ...caps(old, now),
    ];
    const reason = why.length > 0 ? why.join("; ") : "points are rounded otherwise";
    return [`Lab ${number}: ${pointsOf(old)} → ${pointsOf(now)} points: ${reason}`];
  });
}

function pointsOf({ points, maxPoints }: LabMarks): string {
  return `${points} of ${maxPoints}`;
}

function* attempt(lab: number, before: Marks, after: Marks): Generator<string> {
  const [old, now] = [before, after].map(
    ({ chosen, submission }) => chosen?.find((each) => (each.lab ?? lab) === lab)?.submission ?? submission,
  );
  if (old !== now) yield `“${now}” counts instead of “${old}”`;
}

function* scenes(old: LabMarks, now: LabMarks): Generator<string> {
  const pairs = now.scenes.flatMap((scene) => {
    const earlier = old.scenes.find(({ name }) => name === scene.name);
    return earlier === undefined ? [] : [{ old: earlier, now: scene }];
  });
  const added = now.scenes.filter(({ name }) => old.scenes.every((each) => each.name !== name));
  const gone = old.scenes.filter(({ name }) => now.scenes.every((each) => each.name !== name));
  if (added.length > 0) yield `new: ${names(added)}`;
  if (gone.length > 0) yield `no longer there: ${names(gone)}`;
  yield* verdicts(pairs);
  yield* worths(old, now, pairs);
  const same = pairs.filter(
    (pair) => !differ(pair) && isWorth(pair) && isShare(pair.old) !== isShare(pair.now),
  );
  const shares = same.filter((pair) => isShare(pair.now)).map((pair) => pair.now);
  const whole = same.filter((pair) => !isShare(pair.now)).map((pair) => pair.now);
  if (shares.length > 0) yield `points by the share of seeds that passed: ${names(shares)}`;
  if (whole.length > 0) yield `points need all seeds: ${names(whole)}`;
}

interface Pair {
  readonly old: SceneMarks;
  readonly now: SceneMarks;
}

/** Other facts, so that policy is not the reason. */
function differ({ old, now }: Pair): boolean {
  return old.verdict !== now.verdict || old.failed !== now.failed || old.seeds !== now.seeds;
}

function* verdicts(pairs: readonly Pair[]): Generator<string> {
  const changed = pairs.filter(differ);
  const text = ({ verdict, failed, seeds }: SceneMarks): string =>
    failed === 0 ? verdict : `${verdict} under ${failed} of ${seeds}`;
  for (const { old, now } of changed.slice(0, NAMED)) yield `“${now.name}”: ${text(old)} → ${text(now)}`;
  if (changed.length > NAMED) yield `other verdicts in ${changed.length - NAMED} more scenes`;
}

/** Other points for the same. */
function* worths(old: LabMarks, now: LabMarks, pairs: readonly Pair[]): Generator<string> {
  const [then, today] = [challengeIn(old), challengeIn(now)];
  if (then !== today) yield `the challenge ${today}`;
  const others = pairs.filter((pair) => pair.old.maxPoints !== pair.now.maxPoints);
  const changed = then === today ? others : others.filter((pair) => !pair.now.challenge);
  if (changed.length === 0) return;
  if (changed.length > NAMED && old.maxPoints !== now.maxPoints) {
    yield `its scenes are worth ${now.maxPoints} rather than ${old.maxPoints} points`;
    return;
  }
  for (const pair of changed.slice(0, NAMED)) {
    yield `“${pair.now.name}” is worth ${pair.now.maxPoints} rather than ${pair.old.maxPoints}`;
  }
  if (changed.length > NAMED) yield `so are ${changed.length - NAMED} more scenes worth something else`;
}

function challengeIn({ scenes: all, maxPoints }: LabMarks): string {
  const sum = (parts: readonly SceneMarks[]): number =>
    parts.reduce((points, part) => points + part.maxPoints, 0);
  const extra = sum(all.filter(({ challenge }) => challenge));
  if (extra === 0) return "earns nothing";
  // Each scene is rounded; the lab is from exact points.
  return Math.abs(sum(all) - maxPoints) < extra / 2 ? "counts" : "is a bonus";
}

function isWorth({ old, now }: Pair): boolean {
  return old.maxPoints > 0 && now.maxPoints > 0;
}

/** It has earned something although a seed failed. */
function isShare({ points, failed }: SceneMarks): boolean {
  return failed > 0 && points > 0;
}

function* lateness(old: LabMarks, now: LabMarks): Generator<string> {
  if ((old.late?.factor ?? 1) === (now.late?.factor ?? 1)) return;
  yield now.late?.sentence ?? "nothing is late";
}

function* caps(old: LabMarks, now: LabMarks): Generator<string> {
  if (old.cap?.sentence !== now.cap?.sentence) yield now.cap?.sentence ?? "there is no cap";
}

function names(all: readonly SceneMarks[]): string {
  const some = all.slice(0, NAMED).map(({ name }) => `“${name}”`);
  return [some.join(", "), ...(all.length > NAMED ? [`and ${all.length - NAMED} more`] : [])].join(" ");
}
