import { buildSync, type BuildOptions } from "esbuild";
import path from "node:path";
import { sceneFiles } from "../../labs/runner/suite";

const COMMON = {
  bundle: true,
  write: false,
  platform: "node",
  format: "cjs",
  target: "es2022",
  legalComments: "none",
  logLevel: "silent",
  // Loaded when a submission is compiled, which no sandbox does.
  external: ["typescript"],
  banner: { js: '"use strict";' },
} as const satisfies BuildOptions;

let child: string | undefined;
let keeper: string | undefined;
const suites = new Map<string, string>();

/** What runs inside a sandbox, as one text. */
export function childCode(): string {
  child ??= textOf(buildSync({ ...COMMON, entryPoints: [path.join(__dirname, "child", "main.ts")] }));
  return child;
}

/** The thread that looks after a sandbox, as one text. */
export function keeperCode(): string {
  keeper ??= textOf(buildSync({ ...COMMON, entryPoints: [path.join(__dirname, "cell", "keeper.ts")] }));
  return keeper;
}

/**
 * The scenes of a suite as one text, which asks for its harness: that is the sandbox's own, so that there is one registry of scenes and
 * one class of failures.
 */
export function suiteCode(folder: string): string {
  let code = suites.get(folder);
  if (code === undefined) {
    const contents = sceneFiles(folder)
      .map((file) => `require(${JSON.stringify(`./${file}`)});`)
      .join("\n");
    const harnesses = ["raft", "kv", "quorum", "warmup"].map((name) => `*/kit/${name}`);
    code = textOf(buildSync({ ...COMMON, stdin: { contents, resolveDir: folder }, external: harnesses }));
    suites.set(folder, code);
  }
  return code;
}

function textOf({ outputFiles = [] }: { outputFiles?: readonly { readonly text: string }[] }): string {
  return outputFiles.map(({ text }) => text).join("");
}
