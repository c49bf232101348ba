// Who may import whom. `npm run deps` checks it, type-only imports included; labs/mocha/imports.test.ts proves
// that each rule bites.

/** The rooms of labs/kit and what each rests on. A room that is not named here may not exist. */
const rooms = {
  program: [],
  check: [],
  trace: ["program"],
  sim: ["program", "trace"],
  driver: ["program"],
  subject: ["program", "driver"],
  border: ["program", "driver", "subject"],
  scene: ["program", "check", "trace", "sim", "driver", "subject"],
};

/** A harness stands on all rooms, and knows no other harness; but the service of Lab 5 runs on top of Raft. */
const harnesses = ["raft", "warmup", "kv", "quorum"];
for (const harness of harnesses)
  rooms[harness] = Object.keys(rooms).filter((room) => !harnesses.includes(room));
rooms.kv.push("raft");

const anyOf = (names) => `(${names.join("|")})`;
const test = "[.]test[.]ts$";

/** Folders of scenes: the public ones of a lab, the hidden ones of the grader. */
const sceneFolders = ["^labs/[0-9]+-[^/]+/", "^grader/suites/"];

/** Folders that hold a program under test: anything that `lab` and `grade` may be pointed at. */
const subject = "^(skeleton|solutions|grader/variants/[^/]+)/";

const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** One rule a room: whatever is in the kit, but neither in the room itself nor in those it rests on. */
const roomRules = Object.entries(rooms).map(([room, below]) =>
  forbid(
    `kit-${room}`,
    `labs/kit/${room} rests on ${below.length > 0 ? below.join(", ") : "nothing else"}.`,
    { path: `^labs/kit/${room}/`, pathNot: test },
    { path: "^labs/kit/", pathNot: `^labs/kit/${anyOf([room, ...below])}/` },
  ),
);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...roomRules,
    forbid(
      "kit-rooms-are-known",
      "A new room of labs/kit gets its line in .dependency-cruiser.cjs.",
      { path: "^labs/kit/[^/]+/", pathNot: `^labs/kit/${anyOf(Object.keys(rooms))}/` },
      {},
    ),
    forbid(
      "kit-stands-alone",
      "labs/kit imports nothing of the rest of the repository.",
      { path: "^labs/kit/" },
      { path: "^(labs|skeleton|solutions|grader|docs)/", pathNot: "^labs/kit/" },
    ),
    forbid(
      "kit-front-door",
      "labs/kit/index.ts is what students import: contract and messages.",
      { path: "^labs/kit/index[.]ts$" },
      { pathNot: ["^labs/kit/program/", `^labs/kit/${anyOf(harnesses)}/messages[.]ts$`] },
    ),
    forbid(
      "kit-no-machine",
      "What runs in a simulated world reaches no file, socket, process or clock.",
      {
        path: `^labs/kit/${anyOf(["program", "check", "trace", "sim", "border", "scene", ...harnesses])}/`,
        pathNot: test,
      },
      { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    ),
    forbid(
      "grader-is-the-top",
      "Nothing imports grader; a handout has none.",
      { pathNot: "^grader/" },
      { path: "^grader/" },
    ),
    forbid(
      "subject-at-run-time",
      "Nothing imports skeleton, solutions or a variant by name: the subject under test is chosen at run time.",
      { pathNot: subject },
      { path: subject },
    ),
    forbid(
      "subject-own-tree",
      "A program under test imports files of its own tree and @labs/kit, nothing else.",
      { path: subject },
      { pathNot: ["^$1/", "^labs/kit/index[.]ts$"] },
    ),
    forbid(
      "subject-types-only",
      "A program under test imports types of @labs/kit, never values.",
      { path: subject },
      { path: "^labs/kit/", dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "scene-vocabulary",
      "A scene speaks the vocabulary of its harness and reaches for nothing behind it.",
      { path: sceneFolders, pathNot: test },
      { pathNot: [...sceneFolders, `^labs/kit/${anyOf(harnesses)}/index[.]ts$`] },
    ),
    forbid(
      "scene-is-a-leaf",
      "Scenes are found by their folder and loaded at run time.",
      { pathNot: sceneFolders },
      { path: sceneFolders },
    ),
    forbid(
      "runner-below-desk",
      "labs/runner serves desk, mocha and grader alike.",
      { path: "^labs/runner/" },
      { path: "^labs/(desk|mocha)/" },
    ),
    forbid(
      "conjecture-on-kit",
      "labs/conjecture rests on the kit alone; the desk gives it a command line.",
      { path: "^labs/conjecture/", pathNot: test },
      { path: "^labs/", pathNot: "^labs/(conjecture|kit)/" },
    ),
    forbid(
      "compare-below-desk",
      "labs/compare measures; the command and the pages show it.",
      { path: "^labs/compare/" },
      { path: "^labs/(desk|mocha)/" },
    ),
    forbid("test-is-a-leaf", "Nothing imports a test.", {}, { path: test }),
    forbid("no-cycles", "A cycle of imports has no beginning to read from.", {}, { circular: true }),
    forbid(
      "resolvable",
      "An import leads to a file or to an installed package.",
      {},
      { couldNotResolve: true },
    ),
    forbid(
      "in-package-json",
      "What is imported is named in package.json.",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    exclude: "^(site|grade-out|coverage)/|^[.]git/",
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "types"],
    },
  },
};
