import { Pool } from "../runner/pool";

/**
 * Children for one run of `lab`. On two cores the first one plays while the type check has the other core; a second one
 * would take longer to start than most programs take to play.
 */
export function startChildren(): Pool {
  const children = new Pool({ growAfterMs: 500 });
  children.start(1);
  return children;
}
