import { proseOf, type Page } from "./pages";

/** A command of this course that a page tells its reader to type. */
export interface Command {
  /** `docs/elections.md:12`. */
  readonly place: string;
  /** The script of package.json. */
  readonly script: string;
  /** What follows `--`. */
  readonly args: readonly string[];
}

/** All `npm run …` of a page: in blocks of commands, and as inline code. */
export function commandsOf(page: Page): Command[] {
  const inBlocks = page.blocks.flatMap(({ language, from, lines }) =>
    ["sh", "console"].includes(language) ? lines.map((text, i) => ({ line: from + i + 1, text })) : [],
  );
  const typed = inBlocks.map(({ line, text }) => ({ line, text: text.replace(/^\$ /, "") }));
  const inline = proseOf(page).flatMap(({ line, text }) =>
    [...text.matchAll(/`(npm [^`]+)`/g)].map(([, code = ""]) => ({ line, text: code })),
  );
  return [...typed, ...inline].flatMap(({ line, text }) =>
    text
      .split("&&")
      .flatMap((part) => parseCommand(part) ?? [])
      .map((command) => ({ place: `${page.path}:${line}`, ...command })),
  );
}

/** `npm run lab -- 1 --only "split vote"   # a remark` in words; undefined for anything but a script of npm. */
export function parseCommand(text: string): Pick<Command, "script" | "args"> | undefined {
  const words = [...text.matchAll(/"([^"]*)"|(#.*)|(\S+)/g)]
    .filter(([, , remark]) => remark === undefined)
    .map(([, quoted, , plain]) => quoted ?? plain ?? "");
  if (words[0] !== "npm") return undefined;
  if (words[1] === "test") return { script: "test", args: [] };
  if (words[1] !== "run") return undefined;
  const [script = "", dashes, ...args] = words.slice(words[2] === "--silent" ? 3 : 2);
  return { script, args: dashes === "--" ? args : [] };
}
