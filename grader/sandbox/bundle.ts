import { build, buildSync, type BuildOptions, type Plugin } from "esbuild";
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
const suites = new Map<string, Promise<string>>();

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

/** The scenes of a suite as one text, which asks for its harness by name. */
export function suiteCode(folder: string): Promise<string> {
  let code = suites.get(folder);
  if (code === undefined) {
    const contents = sceneFiles(folder)
      .map((file) => `require(${JSON.stringify(`./${file}`)});`)
      .join("\n");
    code = build({ ...COMMON, stdin: { contents, resolveDir: folder }, plugins: [harnesses] }).then(textOf);
    suites.set(folder, code);
  }
  return code;
}

/** `../../../labs/kit/raft` is the sandbox's own `raft`: there is one registry of scenes, and one class of failures. */
const harnesses: Plugin = {
  name: "harnesses",
  setup: (bundling) => {
    bundling.onResolve({ filter: /[/]kit[/][a-z]+$/ }, ({ path: name }) => ({
      path: path.basename(name),
      external: true,
    }));
  },
};

function textOf({ outputFiles = [] }: { outputFiles?: readonly { readonly text: string }[] }): string {
  return outputFiles.map(({ text }) => text).join("");
}
