import type { Mutant } from "../mutant";
import { CLIENT_BUGS } from "./client";
import { CORNER_BUGS } from "./more";
import { RAFT_READ_BUGS } from "./raft";
import { READ_BUGS } from "./reads";
import { SERVER_BUGS } from "./server";
import { SESSION_BUGS } from "./sessions";
import { STORE_BUGS } from "./store";

/** The mutants of Lab 5. */
export const KEY_VALUE: readonly Mutant[] = [
  ...STORE_BUGS,
  ...SESSION_BUGS,
  ...SERVER_BUGS,
  ...READ_BUGS,
  ...RAFT_READ_BUGS,
  ...CLIENT_BUGS,
  ...CORNER_BUGS,
];
