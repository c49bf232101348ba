import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { fileBeside } from "./frame";
import { html, visible } from "./html";
import { hrefOf, linksOf } from "./link";
import { sampleClass } from "./samples";

describe("templates of pages", () => {
  it("escape text, in attributes too, and leave HTML alone", () => {
    const inner = html`<b>${"<i>"}</b>`;
    expect(String(html`<p title="${`"'<>&`}">${inner}${["a", inner]}${undefined}${0}</p>`)).to.equal(
      '<p title="&quot;&#39;&lt;&gt;&amp;"><b>&lt;i&gt;</b>a<b>&lt;i&gt;</b>0</p>',
    );
  });

  it("show what nobody sees, and leave what belongs to a script or an emoji", () => {
    expect(visible("a\u202eb\0c\u00add\ud800")).to.equal("a‹U+202E›b‹U+0000›c‹U+00AD›d‹U+D800›");
    const fine = "Zoë, 王小明, نامه‌ای, 👩‍💻, two\n\tlines";
    expect(visible(fine)).to.equal(fine);
    expect(visible("one\r\ntwo")).to.equal("one\ntwo");
  });

  it("take down piles of accents and cut long texts", () => {
    expect(visible(`e${"\u0301".repeat(100)}x`)).to.equal(`e${"\u0301".repeat(4)}x`);
    expect(visible("w".repeat(5000))).to.match(/^w{4000} … \(1000 more characters\)$/);
  });

  it("have double quotes around every attribute that holds a text, and one place that escapes", () => {
    const sources = readdirSync(__dirname).filter((file) => /^[^.]+\.ts$/.test(file));
    expect(sources.length).to.be.above(10);
    for (const file of sources) {
      const text = fileBeside(file);
      expect(text.match(/<[^<>`]*=\$\{/g), file).to.equal(null);
      const raw = text.match(/@remix-run\/html-template/g);
      if (!["html.ts", "frame.ts", "charts.ts"].includes(file)) expect(raw, file).to.equal(null);
    }
  });
});

describe("links of pages", () => {
  it("stay in their folder, whatever the name says", () => {
    for (const file of [
      "javascript:alert(1)",
      "../../etc/passwd",
      "//evil.example/",
      'a"b',
      "a?b#c",
      "\ud800",
      "..",
    ]) {
      const { pathname, hash, search } = new URL(hrefOf(file), "file:///class/report/index.html");
      expect(path.posix.dirname(pathname), file).to.equal("/class/report");
      expect(hash + search, file).to.equal("");
    }
    expect(hrefOf("student-001")).to.equal("./student-001.html");
  });

  it("lead to pages that there are", () => {
    const made = sampleClass(2);
    const [first, second] = made.students;
    const ungraded = {
      ...made,
      submissions: [],
      students: [first, { ...second, flags: [{ kind: "ungraded", text: "" }] }],
    };
    const links = linksOf(ungraded as typeof made);
    expect(String(links("student-000"))).to.equal('<a href="./student-000.html"><bdi>student-000</bdi></a>');
    expect(String(links("student-001"))).to.equal("<bdi>student-001</bdi>");
    expect(String(links("nobody"))).to.equal("<bdi>nobody</bdi>");
  });
});
