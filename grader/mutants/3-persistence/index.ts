import type { Mutant } from "../mutant";
import { RESTARTS } from "./restarts";
import { SAVES } from "./saves";

/** The mutants of Lab 3. */
export const DURABILITY: readonly Mutant[] = [...SAVES, ...RESTARTS];
