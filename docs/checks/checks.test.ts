import { expect } from "chai";
import { changesOf, withChange } from "./changes";
import { commandsOf, parseCommand } from "./commands";
import { anchorsOf, linksOf } from "./links";
import { outputOf, shownBy, withoutTimes } from "./outputs";
import { parsePage, type Block } from "./pages";
import { isQuoted, literalsIn } from "./rules";

const FENCE = "```";

/** A page of these lines. */
const page = (...lines: string[]) => parsePage("docs/page.md", lines.join("\n"));

/** The one block of a page. */
function block(info: string, ...lines: string[]): Block {
  const [only] = page(`${FENCE}${info}`, ...lines, FENCE).blocks;
  if (only === undefined) throw new Error("no block was found");
  return only;
}

describe("the checks of the pages", () => {
  it("find blocks, and refuse one that is not closed", () => {
    expect(block("console slow change=x", "$ npm test")).to.deep.equal({
      language: "console",
      words: ["slow", "change=x"],
      from: 1,
      to: 2,
      lines: ["$ npm test"],
    });
    expect(() => page(`${FENCE}sh`, "npm test")).to.throw("docs/page.md:1: this block is not closed");
  });

  it("find commands in blocks and in the text", () => {
    const found = commandsOf(page(`${FENCE}sh`, "npm ci && npm run lab -- 1", FENCE, "Try `npm run deps`."));
    expect(found.map(({ place, script }) => `${place} ${script}`)).to.deep.equal([
      "docs/page.md:2 lab",
      "docs/page.md:4 deps",
    ]);
  });

  it("split a command into words", () => {
    const line = 'npm run --silent lab -- 1 --only "split vote"  # a remark';
    expect(parseCommand(line)).to.deep.equal({ script: "lab", args: ["1", "--only", "split vote"] });
    expect(parseCommand("npm test")).to.deep.equal({ script: "test", args: [] });
    expect(parseCommand("npm ci")).to.equal(undefined);
  });

  it("compare what is shown, but not what differs from run to run", () => {
    expect(shownBy(block("console", "$ npm run lab -- 1", "output"))?.output).to.equal("output");
    expect(shownBy(block("console seen", "$ npm run lab -- 1", "output"))).to.equal(undefined);
    expect(shownBy(block("console", "$ npm run lab -- 1"))).to.equal(undefined);
    expect(withoutTimes("✓ a  5/5  1.0 s virtual     45 ms")).to.equal(
      withoutTimes("✓ a  5/5  1.0 s virtual  45678 ms"),
    );
    expect(withoutTimes("1.0 s virtual  45 ms")).to.not.equal(withoutTimes("1.1 s virtual  45 ms"));
  });

  it("say which change does not fit, or is shown nowhere", async () => {
    const lines = [`${FENCE}diff name=odd file=raft/raft.ts`, "-nowhere to be found", "+anything", FENCE];
    const odd = changesOf([page(...lines)]).get("odd");
    if (odd === undefined) throw new Error("the change was not found");
    expect(odd).to.include({ find: "nowhere to be found\n", replace: "anything\n" });
    const shown = shownBy(block("console change=none", "$ npm run experiment", "output"));
    const failures = [
      withChange(odd, "skeleton", () => Promise.resolve()),
      shown === undefined ? Promise.resolve() : outputOf(shown, new Map()),
    ].map((promise) => promise.catch((error: unknown) => (error as Error).message));
    expect(await Promise.all(failures)).to.deep.equal([
      "the change “odd” fits 0 places of skeleton/raft/raft.ts",
      "no page shows a change that is called “none”",
    ]);
  });

  it("follow links inside the course only", () => {
    const found = linksOf(page("[a](b.md#c-d), [e](https://example.org), [f](#g)"));
    expect(found).to.deep.equal([
      { line: 1, target: "b.md", anchor: "c-d" },
      { line: 1, target: "", anchor: "g" },
    ]);
    expect(anchorsOf("# Why drawn anew each time?")).to.deep.equal(["why-drawn-anew-each-time"]);
  });

  it("know a rule by its words, whatever a template fills in", () => {
    const literals = literalsIn(["labs/kit/raft"]);
    const rule = "A majority that can talk elects a leader within 5 seconds (MIT 6.5840, lab page; §5.2)";
    expect(isQuoted(rule, literals)).to.equal(true);
    expect(isQuoted(rule.replace("majority", "minority"), literals)).to.equal(false);
  });
});
