import Ajv from "ajv/dist/2020";
import { expect } from "chai";
import { validate as validateCtrf } from "ctrf";
import { convert } from "xmlbuilder2";
import { UsageError } from "../../labs/kit/program/errors";
import { VERDICTS } from "../../labs/kit/scene/outcome";
import { ctrfReport } from "./ctrf";
import { PRAIRIELEARN } from "./fixtures/schemas";
import { HOSTILE, hostileView, labView, sceneView, viewOfLabs, withoutScenes } from "./fixtures/view";
import { junitXml } from "./junit";
import { prairieLearnResults } from "./prairielearn";
import { ELSEWHERE } from "./verdicts";

const GRADED = { at: Date.UTC(2026, 9, 1, 12), wallMs: 12_345.6 };

const EVERY = viewOfLabs([
  labView(
    1,
    VERDICTS.slice(0, 6).map((verdict) => sceneView(verdict, verdict)),
  ),
  labView(
    2,
    VERDICTS.slice(6).map((verdict) => sceneView(verdict, verdict)),
  ),
]);

const VIEWS = { every: EVERY, hostile: hostileView(), hidden: withoutScenes(EVERY, 2) };

describe("a CTRF report", () => {
  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is valid by CTRF's own validator: ${name}`, () => {
      const { valid, errors } = validateCtrf(ctrfReport(view, GRADED));
      expect(valid, JSON.stringify(errors)).to.equal(true);
    });
  }

  it("maps every verdict, and counts them", () => {
    const { tests, summary } = ctrfReport(EVERY, GRADED).results;
    expect(tests.map(({ rawStatus }) => rawStatus)).to.deep.equal(VERDICTS);
    expect(tests.map(({ status }) => status)).to.deep.equal(
      VERDICTS.map((verdict) => ELSEWHERE[verdict].ctrf),
    );
    expect(summary).to.include({ tests: 13, passed: 1, failed: 9, other: 3, suites: 2 });
    expect(summary).to.include({ stop: GRADED.at, start: GRADED.at - 12_346 });
  });

  it("keeps points, seeds and provenance in its extra fields", () => {
    const { tests, extra } = ctrfReport(EVERY, GRADED).results;
    expect(tests[1]?.labels).to.deep.equal({ lab: 1, points: 0, maxPoints: 10, seeds: 10, failed: 3 });
    expect(tests[1]?.parameters).to.deep.equal({ seed: 7 });
    expect(extra).to.deep.include({ points: 10, maxPoints: 130, final: true });
    expect(extra.provenance).to.include({ digest: "d".repeat(64) });
  });
});

describe("JUnit XML", () => {
  /** Attributes by name with `@` before it, as {@link convert} gives them. */
  type Element = { readonly [name: string]: unknown };
  const list = (value: unknown): Element[] => [value ?? []].flat() as Element[];
  const ENTITIES: { readonly [name: string]: string } = { lt: "<", gt: ">", amp: "&", quot: '"' };
  const decoded = (text: string): string =>
    text.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
  const read = (xml: string): Element =>
    (convert(xml, { format: "object" }) as Element).testsuites as Element;

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is well formed: ${name}`, () => {
      const suites = list(read(junitXml(view, GRADED)).testsuite);
      expect(suites).to.have.length(view.labs.length);
    });
  }

  it("keeps hostile texts as texts", () => {
    const xml = junitXml(hostileView(), GRADED);
    const [, name = ""] = /<testcase name="([^"]*)"/.exec(xml) ?? [];
    expect(decoded(name)).to.include("<script>alert(1)</script>").and.to.include("::error::forged");
    const [, failure = ""] = /<failure [^>]*>([^<]*)<\/failure>/.exec(xml) ?? [];
    expect(failure).not.to.match(/>|&(?!lt;|gt;|amp;)/);
    expect(decoded(failure)).to.include("]]> &amp; &lt; <!-- --> <?xml?>");
    expect(xml).not.to.match(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    expect(HOSTILE).to.match(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  });

  it("maps every verdict, and counts them", () => {
    const root = read(junitXml(EVERY, GRADED));
    expect(root).to.include({ "@tests": "13", "@failures": "9", "@errors": "3", "@skipped": "0" });
    const cases = list(root.testsuite).flatMap((suite) => list(suite.testcase));
    for (const [i, verdict] of VERDICTS.entries()) {
      const { junit } = ELSEWHERE[verdict];
      const kinds = ["failure", "error", "skipped"].filter((kind) => cases[i]?.[kind] !== undefined);
      expect(kinds, verdict).to.deep.equal(junit === "passed" ? [] : [junit]);
      if (junit === "passed") continue;
      expect(cases[i]?.[junit]).to.include({ "@type": verdict, "@message": `${verdict}: 0 of 10 points` });
    }
  });

  it("has points, seed and verdict as properties", () => {
    const [suite] = list(read(junitXml(EVERY, GRADED)).testsuite);
    const { property } = list(suite?.testcase)[1]?.properties as Element;
    expect(property).to.deep.equal([
      { "@name": "points", "@value": "0" },
      { "@name": "max_points", "@value": "10" },
      { "@name": "verdict", "@value": "wrong" },
      { "@name": "seed", "@value": "7" },
    ]);
  });
});

describe("results.json of PrairieLearn", () => {
  const validate = new Ajv({ strictRequired: false }).compile(PRAIRIELEARN);
  const results = (now: typeof EVERY, staff = now) => prairieLearnResults(now, staff);
  const unreadable = viewOfLabs(
    [labView(1, [sceneView("a", "does-not-compile"), sceneView("b", "not-gradable")])],
    {
      problems: ["raft/raft.ts:1:1: what?"],
    },
  );

  it("has what its fields list asks for, whatever the texts", () => {
    for (const view of [EVERY, hostileView(), unreadable, viewOfLabs(EVERY.labs, { final: false })]) {
      expect(validate(results(view)), JSON.stringify(validate.errors)).to.equal(true);
    }
    expect(JSON.stringify(results(hostileView()))).not.to.include("\\u001b");
  });

  it("has a score from 0 to 1, even with a bonus", () => {
    expect(results(EVERY)).to.include({ gradable: true, score: 10 / 130 });
    expect(results(viewOfLabs(EVERY.labs, { points: 150 }))).to.include({ score: 1 });
  });

  it("costs no attempt if nothing can be played, or the grader failed", () => {
    expect(results(unreadable)).to.deep.include({
      gradable: false,
      format_errors: ["raft/raft.ts:1:1: what?"],
    });
    expect(results(withoutScenes(unreadable, 1), unreadable)).to.include({ gradable: false });
    expect(results(viewOfLabs(EVERY.labs, { final: false }))).to.include({ gradable: false });
  });

  it("counts an attempt for every verdict that judges a program", () => {
    for (const verdict of VERDICTS.filter((each) => each !== "judge-error")) {
      const view = viewOfLabs([labView(1, [sceneView("it", verdict)])]);
      expect(results(view).gradable, verdict).to.equal(
        !["does-not-compile", "not-gradable"].includes(verdict),
      );
    }
  });

  it("is not made of points that are hidden", () => {
    const hidden = withoutScenes(withoutScenes(EVERY, 1), 2);
    for (const now of [hidden, withoutScenes(EVERY, 1)]) {
      expect(() => results(now, EVERY)).to.throw(UsageError, "PrairieLearn shows points");
    }
  });

  it("stays below 1 MB by leaving out messages", () => {
    const scenes = Array.from({ length: 500 }, (_, i) =>
      sceneView(`s${i}`, "wrong", { message: "é".repeat(4000) }),
    );
    const made = results(viewOfLabs([labView(1, scenes)]));
    expect(Buffer.byteLength(JSON.stringify(made))).to.be.within(700_000, 1_000_000);
    expect(made.gradable && made.tests.length).to.equal(500);
  });
});
