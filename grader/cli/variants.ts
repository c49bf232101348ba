/**
 * The instructor's command: `npm run variants`.
 *
 * @module
 */
import { start } from "./start";
import { runVariants, VARIANTS } from "./variants-command";

void start((args, room) => runVariants(VARIANTS, args, room));
