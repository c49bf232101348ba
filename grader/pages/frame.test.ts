import { createHash } from "node:crypto";
import { expect } from "chai";
import { classPage } from "./class-page";
import { fileBeside, page } from "./frame";
import { html } from "./html";
import { parsed } from "./parsed";
import { sampleClass, sampleView } from "./samples";
import { studentPage } from "./student-page";

const PAGES: Readonly<Record<string, string>> = {
  class: classPage(sampleClass(8)),
  student: studentPage(sampleView()),
};

describe("every page", () => {
  for (const [name, text] of Object.entries(PAGES)) {
    const { elements, errors } = parsed(text);
    const all = (tag: string): string[] =>
      elements.filter((each) => each.name === tag).map((each) => each.text());

    it(`has a policy that allows its own style and script alone (${name})`, () => {
      const policy = elements.find(
        ({ attributes }) => attributes.get("http-equiv") === "Content-Security-Policy",
      );
      const rules = (policy?.attributes.get("content") ?? "").split("; ");
      const hashes = (what: string): string[] =>
        all(what).map((content) => `${what}-src 'sha256-${sha256(content)}'`);
      expect(rules).to.deep.equal([
        "default-src 'none'",
        ...hashes("style"),
        ...hashes("script"),
        "base-uri 'none'",
        "form-action 'none'",
      ]);
      expect(all("script")).to.have.lengthOf(name === "class" ? 1 : 0);
      expect(text.indexOf("Content-Security-Policy")).to.be.below(text.indexOf("<style"));
    });

    it(`says nothing that its policy forbids (${name})`, () => {
      const names = elements.flatMap(({ attributes }) => [...attributes.keys()]);
      expect(names.filter((attribute) => attribute === "style" || attribute.startsWith("on"))).to.deep.equal(
        [],
      );
      expect(text).not.to.match(/@import|url\(|<link|<img|<iframe|<object/);
    });

    it(`is in a language, has one heading, and parts whose labels are there (${name})`, () => {
      expect(errors).to.deep.equal([]);
      expect(elements.find((each) => each.name === "html")?.attributes.get("lang")).to.equal("en");
      expect(all("h1")).to.have.lengthOf(1);
      const ids = elements.flatMap(({ attributes }) => attributes.get("id") ?? []);
      expect(new Set(ids).size).to.equal(ids.length);
      const named = elements.flatMap(({ attributes }) => attributes.get("aria-labelledby") ?? []);
      const anchors = elements.flatMap(({ attributes }) => attributes.get("href") ?? []);
      const local = anchors.filter((href) => href.startsWith("#")).map((href) => href.slice(1));
      expect([...named, ...local].filter((id) => !ids.includes(id))).to.deep.equal([]);
    });
  }

  it("is the same, byte for byte, when it is built again", () => {
    expect(classPage(sampleClass(8))).to.equal(PAGES["class"]);
    expect(studentPage(sampleView())).to.equal(PAGES["student"]);
  });

  it("names no script in its policy if it has none", () => {
    expect(page({ title: "t", body: html`<p>x</p>` })).not.to.contain("script-src");
    expect(page({ title: "t", body: html`<p>x</p>`, script: "1" })).to.contain(
      `script-src &#39;sha256-${sha256("1")}&#39;`,
    );
  });
});

describe("the colours of pages", () => {
  // Text, and the grounds that it may stand on.
  const INKS = ["ink", "quiet", "accent", "good", "bad", "warn"];
  const GROUNDS = ["paper", "raised", "good-ground", "bad-ground", "warn-ground"];

  const roots = [
    ...`${fileBeside("style/base.css")}${fileBeside("style/media.css")}`.matchAll(/:root \{([^}]*)\}/g),
  ];
  const modes = roots.map(
    ([, body = ""]) =>
      new Map([...body.matchAll(/--([\w-]+): (#\w{6});/g)].map(([, k = "", v = ""]) => [k, v])),
  );

  it("are those of light, dark and paper", () => {
    expect(modes.map(({ size }) => size)).to.deep.equal([12, 12, 12]);
  });

  for (const [i, mode] of ["light", "dark", "paper"].entries()) {
    it(`can be read on every ground (${mode}; WCAG 2, level AA)`, () => {
      for (const ink of INKS)
        for (const ground of GROUNDS)
          expect(contrast(modes[i]?.get(ink), modes[i]?.get(ground)), `${ink} on ${ground}`).to.be.at.least(
            4.5,
          );
    });
  }
});

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** WCAG 2.2, “contrast ratio”. */
function contrast(a = "#000000", b = "#000000"): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
