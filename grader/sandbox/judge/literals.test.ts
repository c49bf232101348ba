import { expect } from "chai";
import { Script } from "node:vm";
import { harmless } from "./literals";

/** What a compartment refuses: its own words, in short. */
const REFUSED = /<!--|-->|(^|[^.])\bimport\s*(\(|\/[/*])|(^|[^.])\beval\s*\(/;

const evaluate = (code: string): unknown => new Script(`(() => {${code}\n})()`).runInThisContext();

describe("texts that a compartment would take for an attack", () => {
  const programs: readonly (readonly [what: string, code: string])[] = [
    ["an arrow in a string", 'return "a --> b";'],
    ["the beginning of a comment of HTML", "return '<!-- x -->';"],
    ["behind a backslash", 'return "\\<!-- \\--> \\\\<!-- \\\\-->";'],
    ["an import in a string", 'return "call import(x), import/*, or import.meta";'],
    ["an eval in a string", 'return "never eval (x), evaluate(x) or x.eval(y)";'],
    ["an escape that runs into it", 'return "\\x3eval(1) \\x3import(1)";'.replace("\\x3i", "\\x3fi")],
    ["a template", "const x = 1; return `import(${x}) --> eval(${`<!-- ${x}`}) -->`;"],
    ["a raw template", "const x = 1; return String.raw`import(${x}) --> \\n eval(${x}) <!--`;"],
    [
      "a regular expression",
      'return "a --> b <!-- import (x) eval (y)".replace(/-->|<!--|import (.x)|eval (.y)/g, "!");',
    ],
    ["one that looks behind", 'return "--a a".replace(/(?<!--)a/g, "!");'],
    ["one with classes", 'return "-> <! =".replace(/[<!--]|[-->]/g, "*");'],
    ["one with all flags", 'return "-->".replace(/-->/giu, "!");'],
    ["a comment", "// import(x) --> eval(y)\nreturn 1; // <!--"],
    ["a comment within", "return [1, /* --> */ 2 /* eval( */, `${/* <!-- */ 3}` /* import( */];"],
    ["a comment before the end", "if (true) { /* --> */ }\nreturn 2\n/* <!-- */"],
    ["strings that continue on the next line", 'return "a \\\n --> b";\n// -->'],
    ["the name of a property", 'return { "import(x)": 1, "-->": 2 };'],
    ["nothing of the kind", "return 1;"],
  ];
  for (const [what, code] of programs) {
    it(`are written otherwise and mean the same: ${what}`, () => {
      const made = harmless(code);
      expect(made).to.not.match(REFUSED);
      expect(evaluate(made)).to.deep.equal(evaluate(code));
      expect(made.split("\n")).to.have.length(code.split("\n").length);
    });
  }

  it("leaves code that is meant so as it is, to be refused", () => {
    for (const code of ["import(x)", "eval(x)"]) expect(harmless(code)).to.equal(code);
  });
});
