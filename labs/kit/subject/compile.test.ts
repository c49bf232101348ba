import { Session } from "node:inspector";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { build, raft, refusal, subject } from "./fixture";

const refusedIn = (text: string): string[] => refusal(() => raft(text));

/** One line of a submission, at line 2, and what is said about it. */
const says = (line: string, message: string): void => {
  const [verdict, ...lines] = refusedIn(`export const before = 1;\n${line}\n`);
  expect(verdict).to.equal("does-not-compile");
  expect(lines.map((one) => one.slice(0, `raft/raft.ts:2: ${message}`.length))).to.eql([
    `raft/raft.ts:2: ${message}`,
  ]);
};

describe("compiling", () => {
  it("lists all syntax errors of all files, sorted, with line and column", () => {
    const files = {
      "raft/z.ts": "let = ;",
      "raft/raft.ts": "export class Raft {\n  term = ;\n  vote( { }\n}\n",
    };
    const [verdict, ...lines] = refusal(() => subject(files));
    expect(verdict).to.equal("does-not-compile");
    expect(lines[0]).to.equal("raft/raft.ts:2:10: Expression expected.");
    expect(lines.at(-1)).to.match(/^raft\/z\.ts:1:\d+: /);
    expect(lines.length).to.be.greaterThan(2);
  });

  it("reports what only the engine finds, at its line", () => {
    expect(refusedIn("export const a = 1;\n\nlet twice = 1;\nlet twice = 2;\n")).to.eql([
      "does-not-compile",
      "raft/raft.ts:4:5: Identifier 'twice' has already been declared",
    ]);
    expect(refusedIn("export class Raft {\n  a() { return this.#none; }\n}\n")[1]).to.equal(
      "raft/raft.ts:2:20: Private field '#none' must be declared in an enclosing class",
    );
  });

  it("gives up on what is nested too deeply", () => {
    const deep = (open: string, inner: string, close: string): string =>
      `export class Raft {}\nconst deep: any = ${open.repeat(100_000)}${inner}${close.repeat(100_000)};\n`;
    for (const text of [
      deep("(", "1", ")"),
      deep("[", "", "]"),
      deep("1+", "1", ""),
      deep("() => {", "", "}"),
    ]) {
      expect(refusedIn(text)).to.deep.equal([
        "does-not-compile",
        "raft/raft.ts:1: is nested too deeply; no compiler can follow",
      ]);
    }
  });

  it("does not look at types", () => {
    expect(build(raft("export class Raft { n() { const n: number = 'text'; return n; } }")).n?.()).to.equal(
      "text",
    );
  });

  it("lets any declaration shadow a global, strictly and without a this", () => {
    const shadows = raft(`#!/usr/bin/env node
      const process = "mine", name = "n", module = 1, it = 2;
      class Event {}
      function fetch() { return [process, name, module, it, typeof Event, typeof top].join(); }
      const top = this;
      export class Raft {
        all() { return fetch(); }
        strict() { try { undeclared = 1; } catch (e) { return e instanceof ReferenceError; } }
      }`);
    const made = build(shadows);
    expect(made.all?.()).to.equal("mine,n,1,2,function,undefined");
    expect(made.strict?.()).to.equal(true);
  });

  it("offers debuggers an inline source map with the absolute place of the .ts file", () => {
    const scripts: { url: string; sourceMapURL?: string | undefined }[] = [];
    const session = new Session();
    session.connect();
    session.on("Debugger.scriptParsed", ({ params }) => scripts.push(params));
    session.post("Debugger.enable");
    raft("export class Raft { toBeDebugged() {} }");
    session.disconnect();
    const file = pathToFileURL(join(tmpdir(), "submission", "raft", "raft.ts")).href;
    const script = scripts.filter(({ url }) => url === `${file}.js`).at(-1);
    const [head, data = ""] = (script?.sourceMapURL ?? "").split(",");
    expect(head).to.equal("data:application/json;charset=utf-8;base64");
    const map = JSON.parse(Buffer.from(data, "base64").toString()) as Record<string, unknown>;
    expect(map.sources).to.eql([file]);
    expect(map.sourcesContent).to.eql(["export class Raft { toBeDebugged() {} }"]);
  });
});

describe("what a simulated world cannot run", () => {
  const synchronous = "handlers are synchronous: ctx.call(…)";

  it("async functions of every form, one line each", () => {
    says("async function f() { await 1; await 2; }", `an async function; ${synchronous}`);
    says("const f = async () => { for await (const x of []) x; };", `an async function; ${synchronous}`);
    says("class A { async f() { } }", `an async function; ${synchronous}`);
    says("const o = { async *f() { } };", `an async function; ${synchronous}`);
  });

  it("await at top level", () => {
    says("await 1;", `await at top level; ${synchronous}`);
    says("for await (const x of []) x;", `await at top level; ${synchronous}`);
  });

  it("code made from text", () => {
    const advice = "code made from text cannot be examined; write a function";
    says("eval('1');", `eval(…); ${advice}`);
    says("const f = new Function('return 1');", `new Function(…); ${advice}`);
    says("const f = Function('return 1');", `new Function(…); ${advice}`);
  });

  it("other ways to load modules than import", () => {
    says("const fs = require('fs');", "require(…); write `import");
    says("import fs = require('fs');", "import … = require(…); write `import");
    says("const later = () => import('./log');", "import(…); write `import");
    says("class R {} export = R;", "export =; write `export class …`");
    says("const here = import.meta;", "import.meta; a program knows nothing of the machine");
    says("const exports = 1;", "the name exports is taken by the module system; choose another");
    says("function require() {}", "the name require is taken by the module system; choose another");
  });

  it("while generators, and fields and types of those names, are fine", () => {
    const fine = raft(`
      type T = Function | typeof import("./raft");
      import type fs = require("fs");
      interface I { eval(): void; async: boolean }
      export class Raft {
        async = 1;
        *numbers() { yield 1; yield 2; }
        eval() { return [...this.numbers(), this.async].join(); }
        require(x: I | T | fs.Stats) { return x; }
        all() { return this.eval() + this.require(1 as never); }
      }`);
    expect(build(fine).all?.()).to.equal("1,2,11");
  });
});

describe("imports", () => {
  it("of types vanish, whether or not they say type", () => {
    const typed = raft(`
      import type { RaftContext } from "@labs/kit";
      import { RaftState, type RaftStatus } from "@labs/kit";
      import { Socket } from "node:net";
      export type { RaftProgram } from "@labs/kit";
      export class Raft {
        constructor(private ctx: RaftContext, saved?: RaftState, s?: Socket) {}
        status(): RaftStatus { return { term: 1, isLeader: false }; }
      }`);
    expect(build(typed).status?.()).to.eql({ term: 1, isLeader: false });
  });

  it("of values come from the own folder only", () => {
    const rule = "a program may import only files of its own folder, and types from @labs/kit";
    says("import fs from 'fs'; fs.readFileSync('x');", `imports fs; ${rule}`);
    says("import 'node:fs';", `imports node:fs; ${rule}`);
    says("export * from 'lodash';", `imports lodash; ${rule}`);
    says("import { x } from '/etc/passwd'; x();", `imports /etc/passwd; ${rule}`);
    says("import { x } from '../../up'; x();", `imports ../../up, which lies outside the folder; ${rule}`);
    says(
      "import { x } from '../raft/../..'; x();",
      `imports ../raft/../.., which lies outside the folder; ${rule}`,
    );
    says(
      "import { World } from '@labs/kit'; new World();",
      "imports a value from @labs/kit, which has only types",
    );
    says("export { x } from '@labs/kit/sim';", "imports a value from @labs/kit/sim, which has only types");
  });

  it("must name a file that is there, in upper and lower case", () => {
    const files = {
      "raft/raft.ts": `import { Log } from "./log";\nimport x from "./data.json";\nexport const log = [Log, x];`,
      "raft/Log.ts": "export class Log {}",
    };
    expect(refusal(() => subject(files))).to.eql([
      "does-not-compile",
      "raft/raft.ts:1: imports ./log, but the file is called raft/Log.ts",
      "raft/raft.ts:2: imports ./data.json, but there is no such .ts file in the folder",
    ]);
  });
});

describe("#private members", () => {
  it("become ordinary fields, so that a captured world holds them", () => {
    const hidden = raft(`
      export class Raft {
        #term = 1;
        #bump(by = 1) { return (this.#term += by); }
        get #twice() { return 2 * this.#term; }
        set #twice(n: number) { this.#term = n / 2; }
        static #made = 0;
        constructor() { Raft.#made++; }
        run() {
          this.#bump(); this.#twice = 10; this.#bump(2);
          return [this.#term, this.#twice, Raft.#made].join();
        }
        has(o: object) { return #term in o; }
      }`);
    const made = build(hidden);
    expect(made.run?.()).to.equal("7,14,1");
    expect(Object.keys(made)).to.eql(["_private_Raft_term"]);
    expect(made.has?.(made)).to.equal(true);
    expect(made.has?.({})).to.equal(false);
  });

  it("of several classes stay apart, within one chain and across files", () => {
    const files = {
      "raft/raft.ts": `
        import { Node as Base } from "./node";
        class Node extends Base { #id = "derived"; derived() { return this.#id; } }
        export class Raft extends Node {
          #id = "raft";
          inner = new (class { #id = "inner"; both(r: Raft) { return this.#id + r.#mine; } })();
          #mine = "mine";
          all() { return [this.base(), this.derived(), this.#id, this.inner.both(this)].join(); }
        }`,
      "raft/node.ts": `export class Node { #id = "base"; base() { return this.#id; } }`,
    };
    expect(build(subject(files)).all?.()).to.equal("base,derived,raft,innermine");
  });

  it("keep their places in stacks", () => {
    const failing = raft("export class Raft {\n  #term = 1;\n  run() { return this.#term.toFixed(101); }\n}");
    try {
      build(failing).run?.();
      expect.fail("it threw nothing");
    } catch (error) {
      expect(failing.stackOf(error)).to.eql(["raft/raft.ts:3:29"]);
    }
  });
});
