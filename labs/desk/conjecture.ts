/**
 * Tries a claim about quorums: `npm run conjecture -- --N 3 --W 2 --R 2 --promise regular --claim linearizable`.
 *
 * @module
 */
import process from "node:process";
import { runConjecture } from "./conjecture-command";

/** Runs between two looks at the counter. */
const OFTEN = 250;

process.exitCode = runConjecture(
  process.argv.slice(2),
  {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  },
  (runs) => {
    if (process.stderr.isTTY && runs % OFTEN === 0) process.stderr.write(`\r${runs} runs\r`);
  },
);
