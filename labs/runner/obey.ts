import { Player } from "./play";
import type { Perform } from "./perform";
import type { Order, Word } from "./protocol";

/** Makes this process a child of a pool: it obeys the orders that come over the channel to its parent, one after the other. */
export function obeyParent(perform: Perform): void {
  const player = new Player(perform, say);
  let last = Promise.resolve();
  process.on("message", (order) => {
    last = last.then(() => player.obey(order as Order));
  });
  process.on("disconnect", () => process.exit()); // nobody is left to tell
  void say({ kind: "ready" });
}

/** Waits until the word has left: a run that never ends must not hold back its own announcement. */
function say(word: Word): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(word, undefined, undefined, () => resolve());
    else resolve();
  });
}
