import { expect } from "chai";
import { compileFile } from "./compile";
import { build, raft, refusal, subject, withFolder } from "./fixture";
import { loadSubject } from "./load";
import { missingMethods } from "./methods";

const COUNTER = `
let lives = 0;
export class Raft { constructor() { lives++; } lives() { return lives; } }
`;

describe("a subject", () => {
  it("is loaded from a folder and named as the user named it", () => {
    withFolder({ "raft/raft.ts": "export class Raft { hello() { return 'hello'; } }" }, (dir) => {
      const loaded = loadSubject(dir);
      expect(loaded.name).to.equal(dir);
      expect(loaded.digest).to.match(/^[0-9a-f]{64}$/);
      expect(build(loaded).hello?.()).to.equal("hello");
    });
  });

  it("evaluates its modules anew for each fresh class, and once for shared ones", () => {
    const counter = raft(COUNTER);
    expect(build(counter, "fresh").lives?.()).to.equal(1);
    expect(build(counter, "fresh").lives?.()).to.equal(1);
    expect(build(counter, "shared").lives?.()).to.equal(1);
    expect(build(counter, "shared").lives?.()).to.equal(2);
    const fresh = (): unknown => counter.programClass("raft/raft.ts", "Raft", "fresh");
    const shared = (): unknown => counter.programClass("raft/raft.ts", "Raft", "shared");
    expect(fresh()).not.to.equal(fresh());
    expect(shared()).to.equal(shared());
  });

  it("takes fresh copies of all modules that its class imports", () => {
    const files = {
      "raft/raft.ts": `
        import { next } from "./count";
        export class Raft { next() { return next(); } }`,
      "raft/count.ts": "let n = 0; export const next = () => ++n;",
    };
    const counting = subject(files);
    for (let i = 0; i < 2; i++) expect(build(counting).next?.()).to.equal(1);
  });

  it("resolves imports inside the folder, with or without extension, folders and cycles", () => {
    const files = {
      "raft/raft.ts": `
        import { Log } from "./log";
        import { first } from "./log.js";
        import { second } from "./log.ts";
        import * as up from "../util";
        import top, { here } from "..";
        export * from "./more/deep";
        export class Raft {
          all() { return [new Log().size(), first, second, up.util, top, here()].join(" "); }
        }`,
      "raft/log.ts": `
        import { Raft } from "./raft";
        export class Log { size() { return typeof Raft; } }
        export const first = 1, second = 2;`,
      "raft/more/deep.ts": `import { util } from "../../util/index"; export const deep = util + "!";`,
      "util/index.ts": `export const util = "util";`,
      "index.ts": `import { util } from "./util/"; export default "top"; export const here = () => util;`,
    };
    const loaded = subject(files);
    expect(build(loaded).all?.()).to.equal("function 1 2 util top util");
  });

  it("is compiled once, however often the same text is loaded", () => {
    const file = { path: "raft/raft.ts", text: "export class Raft { once() {} }" };
    expect(compileFile("/program", file)).to.equal(compileFile("/program", { ...file }));
    expect(compileFile("/program", file)).not.to.equal(compileFile("/other", file));
    expect(compileFile("/program", file)).not.to.equal(compileFile("/program", { ...file, text: "" }));
  });

  it("says which file, export or class is missing", () => {
    const get = (files: Record<string, string>): string[] =>
      refusal(() => subject(files).programClass("raft/raft.ts", "Raft", "fresh"));
    expect(get({ "kv/server.ts": "" })).to.eql([
      "not-gradable",
      "submission has no raft/raft.ts: a program of this lab exports class Raft from it",
    ]);
    expect(get({ "raft/Raft.ts": "" })[1]).to.equal(
      "submission has no raft/raft.ts (there is raft/Raft.ts: upper and lower case count): " +
        "a program of this lab exports class Raft from it",
    );
    const inRaft = (text: string): string[] => get({ "raft/raft.ts": text });
    expect(inRaft("class Raft {}")).to.eql([
      "not-gradable",
      "raft/raft.ts: there is no export Raft; write `export class Raft …`",
    ]);
    expect(inRaft("export default class Raft {} export const x = 1;")[1]).to.equal(
      "raft/raft.ts: there is no export Raft (only x, default); write `export class Raft …`",
    );
    const notClass = "raft/raft.ts: Raft is not a class; write `export class Raft …`";
    for (const text of [
      "const Raft = 1",
      "function Raft() {}",
      "const Raft = () => 1",
      "const Raft = Date",
    ]) {
      expect(inRaft(`export ${text};`)).to.eql(["not-gradable", notClass]);
    }
  });

  it("that throws while it is loaded does not compile, and shows the student's own lines", () => {
    const files = {
      "raft/raft.ts": `import { start } from "./start";\nstart();\nexport class Raft {}`,
      "raft/start.ts": `export function start(): void {\n  throw new TypeError("no\\nway");\n}`,
    };
    const broken = subject(files);
    const lines = [
      "does-not-compile",
      "raft/start.ts:2:9: throws while it is loaded: TypeError: no way",
      "  called from raft/raft.ts:2:6",
    ];
    for (const instance of ["fresh", "shared", "shared"] as const) {
      expect(refusal(() => broken.programClass("raft/raft.ts", "Raft", instance))).to.eql(lines);
    }
    const other = raft("throw 'a text';");
    expect(refusal(() => build(other))[1]).to.equal(
      "raft/raft.ts: throws while it is loaded: a text (not an Error)",
    );
    const nasty = raft("throw { toString() { throw 1; } };");
    expect(refusal(() => build(nasty))[1]).to.contain("something that cannot be shown");
    const clock = raft("const start = Date.now();\nexport class Raft { start = start; }");
    expect(refusal(() => build(clock))[1]).to.equal(
      "raft/raft.ts:1:20: throws while it is loaded: ForbiddenError: " +
        "Date.now is not available in a simulated world; ctx.now() is this server's clock, in ms",
    );
  });

  it("must leave the built-in objects alone, and they are put back", () => {
    const files = {
      "raft/raft.ts": `import "./patch"; export class Raft {}`,
      "raft/patch.ts": `
        const list = Array.prototype as any;
        list.last = function () { return this[this.length - 1]; };
        (Map as any).cache = [];
        JSON.stringify = () => "mine";`,
    };
    const stringify = Reflect.get(JSON, "stringify") as unknown;
    const patching = subject(files);
    for (let i = 0; i < 2; i++) {
      expect(refusal(() => build(patching))).to.eql([
        "does-not-compile",
        "raft/patch.ts: changes Array.prototype.last, Map.cache, JSON.stringify; " +
          "built-in objects belong to all, write a function of your own",
      ]);
    }
    expect("last" in [] || "cache" in Map).to.equal(false);
    expect(JSON.stringify).to.equal(stringify);
  });

  it("gives a fresh class of a 300-line file in well under 100 µs", () => {
    const method = (i: number): string =>
      `  method${i}(from: number, request: { term: number }): number {\n` +
      `    if (request.term > this.term) {\n      this.term = request.term;\n    }\n` +
      `    return this.log.length + from + ${i};\n  }\n`;
    const methods = Array.from({ length: 50 }, (_, i) => method(i)).join("");
    const big = raft(`export class Raft {\n  #term = 0;\n  term = 0;\n  log: number[] = [];\n${methods}}\n`);
    const make = (): unknown => big.programClass("raft/raft.ts", "Raft", "fresh");
    for (let i = 0; i < 100; i++) make();
    const runs = Array.from({ length: 20 }, () => {
      const start = process.hrtime.bigint();
      for (let i = 0; i < 20; i++) make();
      return Number(process.hrtime.bigint() - start) / 20_000;
    });
    // The quickest run: the machine may be busy with something else during the others.
    expect(Math.min(...runs)).to.be.lessThan(100);
  });
});

describe("missing methods", () => {
  it("are those that neither the class nor its bases declare as methods", () => {
    const loaded = raft(`
      class Base { inherited() {} }
      export class Raft extends Base {
        field = () => 1;
        static atClass() {}
        get getter() { return () => 1; }
        own() {}
      }`);
    const Raft = loaded.programClass("raft/raft.ts", "Raft", "fresh");
    const names = ["own", "inherited", "field", "getter", "atClass", "toString", "nothing"];
    expect(missingMethods(Raft, names)).to.eql(["field", "getter", "atClass", "toString", "nothing"]);
  });
});
