/**
 * The instructor's command: `npm run soak`.
 *
 * @module
 */
import { start } from "./start";
import { runVariants, SOAK } from "./variants-command";

void start((args, room) => runVariants(SOAK, args, room));
