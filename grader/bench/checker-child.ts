import process from "node:process";
import { checkLinearizable, kv } from "../../labs/kit/check";
import { generate } from "../../labs/kit/check/cells/generate";
import { costOf } from "./measure";

// A process of its own, so that nothing is warm: it loads all there is, then checks once.

const history = generate({ operations: 100, keys: 2, clients: 5, crashed: 0.05, seed: 1, appends: 0.3 });
const { cpuMs } = costOf(() => void checkLinearizable(history, kv));
process.stdout.write(String(cpuMs));
