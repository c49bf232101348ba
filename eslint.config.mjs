// What prettier and tsc do not see. The house rules stand first; the plumbing follows.
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** Code that runs inside a simulated world: same seed, same trace, byte for byte, on every machine. */
const simulated = {
  files: [
    "labs/kit/{program,check,trace,sim,driver,scene,raft,warmup,kv,quorum}/**/*.ts",
    "{skeleton,solutions}/**/*.ts",
    "grader/variants/*/**/*.ts",
  ],
  ignores: ["**/*.test.ts"],
};

/** The stories that students and examiners are told. */
const scenes = {
  files: ["labs/[0-9]*-*/**/*.ts", "grader/suites/**/*.ts"],
  ignores: ["**/*.test.ts"],
};

const kitBehindHarnesses = ["program", "check", "trace", "sim", "driver", "scene", "subject"];

const tests = { files: ["**/*.test.ts"] };

const waiting = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"].map((name) => ({
  name,
  message: "Nothing sleeps or polls: let virtual time pass instead.",
}));

const machine = ["Date", "performance", "process", "crypto", "Intl", "Promise"].map((name) => ({
  name,
  message: "Nothing in a simulated world touches the real clock, real randomness, the machine or promises.",
}));

// IEEE 754 fixes + - * / and sqrt to the last bit; these are left to each engine, or to the locale.
const inexact =
  "sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh pow exp expm1 log log1p log2 log10 cbrt hypot";
const properties = [
  { object: "Math", property: "random", message: "Draw from a seeded stream." },
  ...inexact.split(" ").map((property) => ({
    object: "Math",
    property,
    message: "Its last bits differ between machines; the kit computes with + - * / and sqrt.",
  })),
  ...["localeCompare", "toLocaleString", "toLocaleUpperCase", "toLocaleLowerCase"].map((property) => ({
    property,
    message: "Its result depends on the machine's language.",
  })),
];

const syntax = [
  { selector: ":function[async=true]", message: "A handler runs to its end at one instant: no async." },
  { selector: "AwaitExpression", message: "A handler runs to its end at one instant: no await." },
  { selector: "BinaryExpression[operator='**']", message: "Like Math.pow, ** differs between machines." },
  {
    selector: "AssignmentExpression[operator='**=']",
    message: "Like Math.pow, ** differs between machines.",
  },
];

const globals = (names) => ["error", { globals: names, checkGlobalObject: true }];

/** `// eslint-disable-next-line some-rule -- why this place is different` */
const reasonGiven = {
  meta: { type: "suggestion", schema: [], messages: { why: "Say why after the rule's name: -- reason." } },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value)) {
          context.report({ loc: comment.loc, messageId: "why" });
        }
      }
    },
  }),
};

/** Whatever a file exports says what it is. */
const exportDocumented = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: { missing: "Say in a /** comment */ what {{name}} is." },
  },
  create: (context) => ({
    "ExportNamedDeclaration[declaration], ExportDefaultDeclaration"(node) {
      const { declaration, parent } = node;
      const name = (declaration.id ?? declaration.declarations?.[0]?.id)?.name ?? "this";
      const before = parent.body?.[parent.body.indexOf(node) - 1]?.declaration;
      const overload = before?.type === "TSDeclareFunction" && before.id.name === name;
      const documented = context.sourceCode
        .getCommentsBefore(node)
        .some(({ value }) => value.startsWith("*"));
      if (!documented && !overload) context.report({ node, messageId: "missing", data: { name } });
    },
  }),
};

export default defineConfig(
  { ignores: ["site/", "grade-out/", "class-out/", "coverage/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
    plugins: { house: { rules: { "reason-given": reasonGiven, "export-documented": exportDocumented } } },
    rules: {
      "house/reason-given": "error",
      eqeqeq: "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "max-lines": ["error", { max: 350, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/ban-ts-comment": ["error", { minimumDescriptionLength: 10 }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    ...simulated,
    rules: {
      "no-restricted-globals": globals([...waiting, ...machine]),
      "no-restricted-properties": ["error", ...properties],
      "no-restricted-syntax": ["error", ...syntax],
    },
  },
  {
    ...scenes,
    rules: {
      "no-restricted-globals": globals([...waiting, ...machine]),
      "no-restricted-properties": ["error", ...properties],
      "no-restricted-syntax": ["error", ...syntax],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["**/kit/*/*", ...kitBehindHarnesses.map((room) => `**/kit/${room}`)],
              message:
                "A scene speaks the vocabulary of its harness: import it from labs/kit/raft or the like.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["{labs,grader,skeleton,solutions}/**/*.ts"],
    ignores: tests.files,
    rules: { "house/export-documented": "error" },
  },
  {
    ...tests,
    rules: {
      "@typescript-eslint/no-unused-expressions": "off", // chai's `expect(x).to.be.true`
      "no-restricted-globals": globals(waiting),
      "no-restricted-properties": [
        "error",
        ...["describe", "it", "context"].map((object) => ({
          object,
          property: "only",
          message: "Left over?",
        })),
      ],
    },
  },
  {
    files: ["**/*.{js,cjs}"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { process: "readonly", console: "readonly", __dirname: "readonly" },
    },
  },
  { files: ["**/*.mjs"], languageOptions: { globals: { process: "readonly", console: "readonly" } } },
);
