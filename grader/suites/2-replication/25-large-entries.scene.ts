import { scene } from "../../../labs/kit/raft";
import { agreeOnce } from "./mit";

const COMMANDS = 10;
const SIZE = 100_000;
/** As with MIT's budget for small ones: twice what two followers need. */
const BUDGET = 2 * 2 * COMMANDS * SIZE;

scene("large commands travel to each follower once", { lab: 2, servers: 3, points: 1 }, (c) => {
  agreeOnce(c, 3);
  const commands = Array.from({ length: COMMANDS }, (_, i) => `${i}`.repeat(SIZE));
  const { bytes } = c.used(() => commands.forEach((command) => agreeOnce(c, 3, command)));
  c.budget("bytes", bytes, BUDGET, `for ten commands of ${SIZE} characters on three servers`);
});
