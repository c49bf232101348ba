import path from "node:path";
import { anchorsOf } from "../../docs/checks/links";
import type { Contents } from "./contents";

/**
 * What is wrong with a link within a handout; nothing if it leads somewhere.
 *
 * @param file - the page that it stands on
 * @param target - relative to that page; `""` is the page itself
 */
export function linkProblem(
  file: string,
  target: string,
  anchor: string | undefined,
  contents: Contents,
): string | undefined {
  const place = target === "" ? file : path.posix.join(path.posix.dirname(file), target);
  const page = contents.get(place);
  const below = `${place.replace(/\/$/, "")}/`;
  if (page === undefined) {
    return [...contents.keys()].some((one) => one.startsWith(below)) ? undefined : `there is no ${place}`;
  }
  const isReached = anchor === undefined || anchorsOf(page.toString("utf8")).includes(anchor);
  return isReached ? undefined : `${place} has no “${anchor}”`;
}
