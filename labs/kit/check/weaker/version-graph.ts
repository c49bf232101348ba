import { INITIAL } from "./accesses";

/**
 * That one version of a cell is not above another. Versions are named by their change; lower numbers are mere
 * posts.
 */
export interface Arc {
  readonly from: number;
  readonly to: number;
  /** The operation from which it follows; absent from what needs none. */
  readonly by?: number;
}

/**
 * Whether some order of the versions suits all arcs. It does unless two versions reach each other.
 *
 * @returns a closed way through two such versions; undefined if there are none
 */
export function knotIn(arcs: readonly Arc[]): Arc[] | undefined {
  const out = new Map<number, Arc[]>();
  for (const arc of arcs) {
    const list = out.get(arc.from);
    if (list) list.push(arc);
    else out.set(arc.from, [arc]);
  }
  for (const members of components(out)) {
    const versions = members.filter(isVersion);
    const [one] = versions;
    if (one === undefined || versions.length < 2) continue;
    const among = new Set(members);
    const there = walk(out, among, one, (to) => to !== one && isVersion(to));
    const other = there.at(-1)?.to ?? one;
    return [...there, ...walk(out, among, other, (to) => to === one)];
  }
  return undefined;
}

/** Whether a node is a version, not a post. */
export function isVersion(node: number): boolean {
  return node >= INITIAL;
}

/** The shortest walk to a node that will do. */
function walk(
  out: ReadonlyMap<number, readonly Arc[]>,
  among: ReadonlySet<number>,
  from: number,
  goal: (node: number) => boolean,
): Arc[] {
  const by = new Map<number, Arc>();
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    for (const arc of out.get(queue[at] ?? from) ?? []) {
      if (!among.has(arc.to) || by.has(arc.to)) continue;
      by.set(arc.to, arc);
      if (goal(arc.to)) return back(by, from, arc);
      queue.push(arc.to);
    }
  }
  return [];
}

function back(by: ReadonlyMap<number, Arc>, from: number, last: Arc): Arc[] {
  const arcs = [last];
  for (let arc: Arc | undefined = last; arc !== undefined && arc.from !== from;) {
    arc = by.get(arc.from);
    if (arc !== undefined) arcs.unshift(arc);
  }
  return arcs;
}

/** The strongly connected components (Tarjan, 1972), without recursion: histories are long. */
function* components(out: ReadonlyMap<number, readonly Arc[]>): Iterable<number[]> {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const stack: number[] = [];
  const onStack = new Set<number>();
  const enter = (node: number): { node: number; at: number } => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    onStack.add(node);
    return { node, at: 0 };
  };
  const lower = (node: number, to: number | undefined): void => {
    if (to !== undefined && to < (low.get(node) ?? 0)) low.set(node, to);
  };
  for (const root of out.keys()) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const arc = out.get(node)?.[top.at++];
      if (arc !== undefined) {
        if (!index.has(arc.to)) path.push(enter(arc.to));
        else if (onStack.has(arc.to)) lower(node, index.get(arc.to));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.node, low.get(node));
      if (low.get(node) !== index.get(node)) continue;
      const members = stack.splice(stack.lastIndexOf(node));
      for (const member of members) onStack.delete(member);
      yield members;
    }
  }
}
