/**
 * A child process of the runner: plays what it is told and says how it went. Started by {@link Worker}.
 *
 * @module
 */
import { loadSubject } from "../kit/subject/load";
import { Player } from "./play";
import type { Order, Word } from "./protocol";

/** Waits until the word has left: a run that never ends must not hold back its own announcement. */
function say(word: Word): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(word, undefined, undefined, () => resolve());
  });
}

const player = new Player(loadSubject, say);
let last = Promise.resolve();

process.on("message", (order) => {
  last = last.then(() => player.obey(order as Order));
});

void say({ kind: "ready" });
