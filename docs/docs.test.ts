import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseLab } from "../labs/desk/options";
import { checkLinearizable, type Model } from "../labs/kit/check";
import { MODELS } from "../labs/kit/check/models";
import { readHistory } from "../labs/kit/check/readers";
import { listSuites, loadScenes, selectScenes } from "../labs/runner/suite";
import { changesOf } from "./checks/changes";
import { commandsOf, type Command } from "./checks/commands";
import { anchorsOf, linksOf } from "./checks/links";
import { hiddenScenes, markedScenes, withMarks } from "./checks/marks";
import { outputOf, printed, scriptOf, shownBy, withoutTimes } from "./checks/outputs";
import { readPages, ROOT } from "./checks/pages";
import { isQuoted, literalsIn, rulesOf } from "./checks/rules";
import { EXPERIMENTS } from "./experiments";

const pages = readPages();

/** A command that starts node, on a busy machine. */
const PATIENCE = 60_000;

describe("the pages", () => {
  for (const page of pages) {
    describe(page.path, () => {
      it("links to what exists", () => {
        for (const { line, target, anchor } of linksOf(page)) {
          const file = target === "" ? page.path : path.posix.join(path.posix.dirname(page.path), target);
          expect(existsSync(path.join(ROOT, file)), `line ${line}: ${file}`).to.equal(true);
          if (anchor === undefined) continue;
          expect(anchorsOf(readFileSync(path.join(ROOT, file), "utf8")), `line ${line}`).to.include(anchor);
        }
      });

      it("names commands that exist", async function () {
        this.timeout(3 * PATIENCE); // the instructor's page names a dozen
        for (const command of commandsOf(page)) await mustExist(command);
      });

      for (const block of page.blocks) {
        const shown = shownBy(block);
        if (shown === undefined || shown.slow) continue;
        it(`shows what is printed (line ${block.from + 1})`, async function () {
          this.timeout(PATIENCE);
          const output = await outputOf(shown, changesOf(pages));
          expect(withoutTimes(output), "npm run docs:refresh writes what is printed now").to.equal(
            withoutTimes(shown.output),
          );
        });
      }

      const scenes = hiddenScenes(page);
      if (scenes.length > 0) {
        it("gives the marks of each hidden scene", () => {
          expect(withMarks(page), "npm run docs:refresh brings them up to date").to.deep.equal([
            ...page.lines,
          ]);
          expect(markedScenes(page)).to.have.lengthOf(scenes.length);
        });

        it("quotes rules that the examiner states", () => {
          const known = literalsIn(["labs", "grader/suites"]);
          const rules = rulesOf(page);
          expect(rules).to.not.be.empty;
          expect(rules.filter((rule) => !isQuoted(rule, known))).to.be.empty;
        });
      }
    });
  }

  it("show histories as the command reads them", () => {
    const shown = pages
      .flatMap(({ blocks }) => blocks)
      .filter(({ lines }) => lines[0]?.includes("replication-labs/history/"));
    expect(shown).to.not.be.empty;
    for (const { lines } of shown) {
      const { history, model: name } = readHistory(lines.join("\n"));
      const model: Model = MODELS[name];
      expect(checkLinearizable(history, model).verdict).to.equal("not linearizable");
    }
  });

  it("name attacks and tests that exist", () => {
    const lines = pages.find((page) => page.path === "docs/threat-model.md")?.lines ?? [];
    const folder = path.join(ROOT, "grader", "hostile");
    const sources = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
    const shown = lines
      .filter((line) => line.startsWith("|"))
      .flatMap((line) => [...(line.split("|")[3] ?? "").matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code));
    const known = (code: string): boolean =>
      code.includes("/")
        ? existsSync(path.join(ROOT, code))
        : sources.some((source) => source.includes(`"${code}"`));
    expect(shown).to.not.be.empty;
    expect(shown.filter((code) => !code.startsWith("npm ") && !known(code))).to.be.empty;
  });

  it("are all in the reading order", () => {
    const index = pages.find((page) => page.path === "docs/README.md");
    const linked = index === undefined ? [] : linksOf(index).map(({ target }) => target);
    const guides = readdirSync(__dirname).filter((name) => name.endsWith(".md") && name !== "README.md");
    expect(guides.filter((name) => !linked.includes(name))).to.be.empty;
  });
});

const helps = new Map<string, Promise<string>>();

/** Script, flags, and the lab, scene or experiment that a command names. */
async function mustExist({ place, script, args }: Command): Promise<void> {
  const text = scriptOf(script);
  const flags = args.filter((arg) => arg.startsWith("--"));
  if (flags.length > 0) {
    const [first = ""] = args;
    // `grade batch` has flags of its own; where the word is no command, its help is that of `grade`.
    const words = [
      ...text.split(" ").slice(1),
      ...(script === "grade" && /^[a-z]+$/.test(first) ? [first] : []),
    ];
    const help = helps.get(words.join(" ")) ?? printed([...words, "--help"]);
    helps.set(words.join(" "), help);
    for (const flag of flags) expect(await help, `${place}: ${script}`).to.match(new RegExp(`${flag}\\b`));
  }
  const only = args[args.indexOf("--only") + 1];
  const hidden = listSuites(path.join(ROOT, "grader", "suites"));
  if (script === "experiment" && args[0] !== undefined) {
    expect(
      EXPERIMENTS.map(({ name }) => name),
      place,
    ).to.include(args[0]);
  } else if (script === "lab" && args.length > 0 && !args.includes("--help")) {
    const options = parseLab(args, ROOT, { out: () => undefined, error: () => undefined });
    if (typeof options === "number") throw new Error(`${place}: wrong usage`);
    selectScenes(loadScenes(options.suite.folder), options.only);
  } else if (script === "grade" && args.includes("--only")) {
    selectScenes(
      hidden.flatMap(({ folder }) => loadScenes(folder)),
      only,
    );
  }
}
