import { alone, type Attack, raft } from "./attack";
import { THIEF } from "./thief";

const IMPORTS =
  /a program may import only files of its own folder|lies outside the folder|there is no such \.ts file/;

/** Reads of files, environment, arguments, hidden scenes and other modules. */
export const FILES: readonly Attack[] = [
  {
    name: "import-of-a-file-system",
    tries: "imports node:fs and reads a file",
    tree: raft({
      load: `import { readFileSync } from "node:fs";\nthrow new Error("LOOT: " + readFileSync("@file@", "utf8"));`,
    }),
    expect: { verdicts: ["does-not-compile"], says: IMPORTS },
  },
  {
    name: "import-of-hidden-scenes",
    tries: "imports a hidden scene, by a path that leads out of its folder",
    tree: raft({
      load: `import * as hidden from "../../../../@course@/grader/suites/1-election/script";\nthrow new Error("LOOT: " + Object.keys(hidden));`,
    }),
    expect: { verdicts: ["does-not-compile"], says: IMPORTS },
  },
  {
    name: "import-by-address",
    tries: "imports by absolute path, file:, data: and node: addresses",
    tree: raft({
      load: `import a from "@file@";\nimport b from "file://@file@";\nimport c from "data:text/javascript,export default 1";\nimport d from "node:process";
        throw new Error("LOOT: " + [a, b, c, d]);`,
    }),
    expect: { verdicts: ["does-not-compile"], says: IMPORTS },
  },
  {
    name: "import-of-text",
    tries: "imports a file as JSON or text, with attributes",
    tree: raft({
      load: `import text from "./../@file@" with { type: "json" };\nthrow new Error("LOOT: " + JSON.stringify(text));`,
    }),
    expect: { verdicts: ["does-not-compile"], says: IMPORTS },
  },
  {
    name: "import-of-the-kit",
    tries: "imports values from the kit, which holds the monitors",
    tree: raft({ load: `import * as kit from "@labs/kit";\nthrow new Error("LOOT: " + Object.keys(kit));` }),
    expect: { verdicts: ["does-not-compile"], says: /has only types/ },
  },
  {
    name: "import-later",
    tries: "imports when it runs, and with a name that is computed",
    tree: raft({ vote: `void import("node:" + "fs").then((fs) => fs.readFileSync("@file@", "utf8"));` }),
    expect: { verdicts: ["does-not-compile"], says: /import\(…\)/ },
  },
  {
    name: "import-meta",
    tries: "asks where it lies",
    tree: raft({ load: "throw new Error('LOOT: ' + import.meta.url);" }),
    expect: { verdicts: ["does-not-compile"], says: /import\.meta/ },
  },
  {
    name: "require-called",
    tries: "requires node:fs",
    tree: raft({
      load: `declare const require: any;\nthrow new Error("LOOT: " + require("node:fs").readFileSync("@file@", "utf8"));`,
    }),
    expect: { verdicts: ["does-not-compile"], says: /require\(…\)/ },
  },
  {
    name: "require-in-disguise",
    tries: "takes require and module under other names, with its cache and all that hangs on it",
    tree: raft({
      load: `${THIEF}\n
        const ways: (() => any)[] = [() => require, () => module, () => exports, () => require.cache, () => require.main, () => exports.require, () => (globalThis as any).require,
          () => module.constructor._load, () => module.children, () => require.resolve.paths("fs")];
        const held: any[] = [];
        for (const way of ways) try { held.push(way()); } catch {}
        for (const each of held) for (const name of ["fs", "node:fs", "child_process", "@file@"]) {
          let got: any; try { got = each(name); } catch { continue; }
          if (got !== undefined) loot("require gave " + name);
        }
        seek(held);`,
    }),
    expect: "harmless",
    sandboxOnly: true,
  },
  {
    name: "arguments-of-the-module",
    tries: "looks at what its own module function was called with, and by whom",
    tree: raft({
      load: `${THIEF}\ndeclare const arguments: any;
        const args: any[] = []; try { for (let i = 0; i < 200; i++) if (arguments[i] !== undefined) args.push(arguments[i]); } catch {}
        try { args.push(arguments.callee.caller); } catch {}
        try { args.push((seek as any).caller, (seek as any).arguments); } catch {}
        seek(args);`,
    }),
    expect: { either: ["accepted", "does-not-compile"] },
    sandboxOnly: true,
  },
  {
    name: "environment",
    tries: "reads environment and arguments of its process",
    tree: raft({
      vote: `throw new Error("LOOT: " + JSON.stringify([(process as any).env, (process as any).argv]));`,
    }),
    expect: { verdicts: ["run-error"], says: /process\.env is not available/ },
  },
  {
    name: "names-of-the-machine",
    tries: "asks for __filename, module.filename, navigator, performance and locale",
    tree: raft({
      construct: `const said: string[] = [];
        for (const way of [() => (__filename as any).length && __filename, () => (__dirname as any).length && __dirname, () => (navigator as any).userAgent, () => performance.now(), () => Date.now(), () => new Date().toString(),
          () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => (globalThis as any).Date.now(), () => Math.random(), () => (crypto as any).randomUUID(), () => (module as any).filename,
          () => new (globalThis as any)["Da" + "te"]().toISOString(), () => Reflect.get(globalThis, "performance").now(), () => structuredClone(new Date())])
          try { const got = way(); if (got !== undefined) said.push(String(got)); } catch {}
        if (said.length > 0) throw new Error("LOOT: " + said.join(" "));`,
    }),
    expect: "harmless",
  },
  {
    name: "reference-to-a-file",
    tries: "has the compiler show other files: reference paths, source maps, a shebang",
    tree: raft({
      load: `/// <reference path="@file@" />\n/// <reference types="node" />\n/// <amd-module name="@file@" />
        //# sourceMappingURL=file://@file@\n//# sourceURL=@course@/grader/grading/grade.ts\n/** @jsx @file@ */`,
    }),
    expect: "harmless",
  },
  {
    name: "settings-of-its-own",
    tries: "brings package.json, tsconfig, .swcrc, .npmrc, node_modules, .mocharc and scenes of its own",
    tree: raft({
      files: {
        "package.json": `{"name":"x","type":"module","main":"@file@","scripts":{"postinstall":"touch @folder@/touched"}}`,
        "tsconfig.json": `{"extends":"@file@","compilerOptions":{"plugins":[{"name":"./evil"}],"paths":{"@labs/kit":["./evil.ts"]}},"ts-node":{"require":["./evil.ts"]}}`,
        ".swcrc": `{"jsc":{"experimental":{"plugins":[["./evil.wasm",{}]]}}}`,
        ".npmrc": "ignore-scripts=false\nscript-shell=/bin/sh",
        ".mocharc.json": `{"require":"./evil.ts"}`,
        ".node_repl_history": "x",
        "node_modules/@labs/kit/index.js": `require("fs").writeFileSync("@folder@/touched", "");`,
        "node_modules/typescript/index.js": `require("fs").writeFileSync("@folder@/touched", "");`,
        "evil.ts": "export const never = 1;\n",
        "raft/raft.d.ts": "export declare class Raft { verdict: 'accepted' }",
        "raft/raft.js": `require("fs").writeFileSync("@folder@/touched", "");`,
        "raft/raft.mts": "export class Raft {}",
        "raft/raft.cts": "export class Raft {}",
        "01-mine.scene.ts": "export {};\n",
        "grader/suites/1-election/01-initial-election.scene.ts": "export {};\n",
      },
    }),
    expect: "harmless",
  },
  {
    name: "type-only-import-of-a-file",
    tries: "imports types from a file of ours, so that the compiler reads it",
    tree: alone(
      `import type secret from "@file@";\nimport type { x } from "../../../grader/suites/1-election/script";\nexport class Raft { x?: typeof secret; y?: typeof x }`,
    ),
    expect: { verdicts: ["not-gradable", "run-error"] },
  },
];
