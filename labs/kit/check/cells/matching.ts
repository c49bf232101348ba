/**
 * Gives each place a candidate of its own, by augmenting paths (Kuhn, 1955): a place that finds its candidates taken
 * asks those that took them to move on to another. Candidates are tried in the order given.
 *
 * @returns for each place the candidate that fills it, or undefined if they are too few
 */
export function matching(candidates: readonly (readonly number[])[]): number[] | undefined {
  const partners: number[] = [];
  const takenBy = new Map<number, number>();
  for (let place = 0; place < candidates.length; place++) {
    const asked = new Map<number, number>(); // a candidate, and the place that asked for it
    const places = [place];
    let free: number | undefined;
    for (let next = 0; next < places.length && free === undefined; next++) {
      const asker = places[next] as number;
      for (const candidate of candidates[asker] ?? []) {
        if (asked.has(candidate)) continue;
        asked.set(candidate, asker);
        const holder = takenBy.get(candidate);
        if (holder === undefined) {
          free = candidate;
          break;
        }
        places.push(holder);
      }
    }
    if (free === undefined) return undefined;
    // Back along the path: each asker takes what it asked for, and frees what it held.
    for (let candidate: number | undefined = free; candidate !== undefined;) {
      const asker: number = asked.get(candidate) as number;
      const held: number | undefined = partners[asker];
      partners[asker] = candidate;
      takenBy.set(candidate, asker);
      candidate = asker === place ? undefined : held;
    }
  }
  return partners;
}
