import { expect } from "chai";
import { VERDICTS } from "../../labs/kit/scene/outcome";
import { githubLog } from "./annotations";
import { HOSTILE, hostileView, labView, sceneView, viewOfLabs, withoutScenes } from "./fixtures/view";
import { githubSummary } from "./summary";

const TOKEN = "0123456789abcdef";

/** What a runner of GitHub would take for commands: lines that begin with `::`, from where they are switched off on again. */
function commandsIn(log: string): string[] {
  const commands: string[] = [];
  let token: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const text = line.trimStart();
    if (token !== undefined) token = text === `::${token}::` ? undefined : token;
    else if (text.startsWith("::stop-commands::")) token = text.slice("::stop-commands::".length);
    else if (text.startsWith("::") || text.includes("##[")) commands.push(text);
  }
  expect(token, "commands stay switched off").to.equal(undefined);
  return commands;
}

const kindsOf = (log: string): string[] => commandsIn(log).map((text) => /^::(\w+)/.exec(text)?.[1] ?? text);

describe("annotations of GitHub", () => {
  it("are made by us alone, whatever the texts", () => {
    for (const problems of [[], [HOSTILE]]) {
      const log = githubLog(hostileView({ problems }), TOKEN);
      expect(kindsOf(log)).to.deep.equal(["error", "notice"]);
      expect(log).not.to.include("\u001b");
    }
  });

  it("would be forged without the fence", () => {
    const log = githubLog(hostileView(), TOKEN).replace(`::stop-commands::${TOKEN}\n`, "");
    expect(kindsOf(log)).to.include.members(["error", "set", "add"]);
  });

  it("escape what ends a property or a line", () => {
    const scene = sceneView("a, b: 100%", "wrong", { message: "one\ntwo, three: 5%" });
    const [first] = commandsIn(githubLog(viewOfLabs([labView(1, [scene])]), TOKEN));
    expect(first).to.include(
      "::error title=Lab 1%3A Title 1%3A a%2C b%3A 100%25::wrong under 3 of 10 seeds%0A",
    );
    expect(first).to.include("%0Aone%0Atwo, three: 5%25%0A");
  });

  it("are at most ten of a kind, and say how many there are besides", () => {
    const scenes = Array.from({ length: 25 }, (_, i) =>
      sceneView(`scene ${i}`, i < 13 ? "wrong" : "judge-error"),
    );
    const log = githubLog(viewOfLabs([labView(1, scenes)]), TOKEN);
    const count = (kind: string): number => kindsOf(log).filter((each) => each === kind).length;
    expect([count("error"), count("warning"), count("notice")]).to.deep.equal([10, 10, 1]);
    expect(log).to.include("title=4 more::").and.to.include("title=3 more::");
  });

  it("tell each verdict: a failure is an error, an error of ours a warning", () => {
    for (const verdict of VERDICTS) {
      const view = viewOfLabs([labView(1, [sceneView("it", verdict)])], { final: verdict !== "judge-error" });
      const kinds = kindsOf(githubLog(view, TOKEN));
      if (verdict === "accepted") expect(kinds).to.deep.equal(["notice"]);
      else if (verdict === "judge-error") expect(kinds).to.deep.equal(["warning", "warning"]);
      else expect(kinds, verdict).to.deep.equal(["error", "notice"]);
    }
  });

  it("stand at the place of a problem, and then say nothing of each scene", () => {
    const scenes = [sceneView("it", "does-not-compile")];
    const problems = ["raft/raft.ts:12:5: no such thing", "kv/a,b.ts:1: odd name"];
    const [first, second] = commandsIn(githubLog(viewOfLabs([labView(1, scenes)], { problems }), TOKEN));
    expect(first).to.equal(
      "::error file=raft/raft.ts,line=12,col=5,title=This cannot be played::no such thing",
    );
    expect(second).to.equal("::error title=This cannot be played::kv/a,b.ts:1: odd name");
  });

  it("need a token that nobody guesses", () => {
    expect(() => githubLog(hostileView(), "stop")).to.throw(TypeError);
  });
});

describe("the summary of a step", () => {
  it("has nothing of a submission that is read as Markdown or HTML", () => {
    const text = githubSummary(hostileView());
    const outside = text.replace(/<pre>[^]*?<\/pre>/g, "");
    for (const sign of [
      "<script",
      "<img",
      "**b**",
      "`c`",
      "](",
      "![",
      "```",
      "http:",
      "# heading",
      "\u001b",
    ]) {
      expect(outside, sign).not.to.include(sign);
    }
    for (const [, inside = ""] of text.matchAll(/<pre>([^]*?)<\/pre>/g)) expect(inside).not.to.match(/[<>]/);
    expect(text.match(/<(?!\/?(pre|details|summary)>)[^>]*>/g)).to.equal(null);
    expect(text).to.include("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("keeps each row of its tables in one line, with as many cells as titles", () => {
    const rows = githubSummary(hostileView())
      .replace(/<pre>[^]*?<\/pre>/g, "")
      .split("\n")
      .filter((line) => line.startsWith("|"));
    expect(rows).to.have.length(4);
    for (const row of rows) expect(row.split("|"), row).to.have.length(5);
  });

  it("is cut where a part ends", () => {
    const scenes = Array.from({ length: 400 }, (_, i) =>
      sceneView(`s${i}`, "wrong", { message: "é".repeat(4000) }),
    );
    const text = githubSummary(viewOfLabs([labView(1, scenes)]));
    expect(Buffer.byteLength(text)).to.be.within(800 * 1024, 1024 * 1024);
    expect(text).to.match(/<\/details>\n\n_The rest is left out here/);
    expect(text.match(/<details>/g)?.length).to.equal(text.match(/<\/details>/g)?.length);
  });

  it("names no more than the reader may see", () => {
    const text = githubSummary(withoutScenes(viewOfLabs([labView(1, [sceneView("secret", "wrong")])]), 1));
    expect(text).to.include("1 of 1 scenes is not listed").and.not.to.include("secret");
  });
});
