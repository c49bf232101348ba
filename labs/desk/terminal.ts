import type { WriteStream } from "node:tty";
import picocolors from "picocolors";
import type { Screen } from "./watch";

/** Standard output as a screen: coloured and wiped only where somebody looks at it (and NO_COLOR is respected). */
export function terminal(stream: WriteStream): Screen {
  return {
    line: (text = "") => stream.write(`${text}\n`),
    clear: () => stream.write(stream.isTTY ? "\x1b[2J\x1b[3J\x1b[H" : "\n"),
    colors: picocolors.createColors(stream.isTTY && picocolors.isColorSupported),
  };
}
