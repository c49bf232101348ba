import { expect } from "chai";
import { classPage } from "./class-page";
import { type Parsed, parsed } from "./parsed";
import { sampleClass, sampleView } from "./samples";
import { studentPage } from "./student-page";

/** What somebody might write into a name, a note or a message to get out of the text of a page. */
const NASTY: readonly string[] = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)</script>",
  "</style><img src=x onerror=alert(1)>",
  "</title><h1>oops</h1>",
  "</textarea></noscript><svg onload=alert(1)>",
  '"><img src=https://evil.example/x>',
  "'><a href='javascript:alert(1)'>x</a>",
  '" onmouseover="alert(1)',
  "' onfocus='alert(1)' autofocus='",
  "` onclick=alert(1) `",
  "x onclick=alert(1)",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "//evil.example/x",
  "https://evil.example/x",
  "../../../etc/passwd",
  "..\\..\\windows",
  "<!-- a comment",
  "--> out of it",
  "<![CDATA[ x ]]>",
  "<?php echo 1 ?>",
  "&lt;b&gt;&amp;&#x3c;script&#x3e;",
  "&NotAnEntity; &#0; &#xD800;",
  "\u202egnp.exe",
  "\u2066isolated\u2069 \u200fright",
  "a\0b\u0007c\u001b[31md",
  "\ud800 half a pair \udfff",
  "\u{e0001}\u{e0041} tags, \ufeff, \u2028 and \u2029",
  "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a piles",
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
  "<base href=https://evil.example/><meta http-equiv=refresh content=0>",
  "${7*7} {{7*7}} <%= 7*7 %>",
  "w".repeat(300),
];

/** The bones of a page: every element with the names of its attributes. */
function bones({ elements }: Parsed): string {
  return elements.map(({ name, attributes }) => `${name} ${[...attributes.keys()].join(" ")}`).join("\n");
}

const PAGES: Readonly<Record<string, (text: string) => string>> = {
  class: (text) => {
    const judgeErrors = [{ student: `student-000${text}`, scene: `s${text}`, seed: 1, message: `m${text}` }];
    const ungraded = [{ submission: `student-001${text}`, message: `m${text}` }];
    const course = { name: `c${text}`, version: `v${text}` };
    const changes = {
      judgeErrors,
      ungraded,
      ignored: [`i${text}`],
      course,
      node: `v20${text}`,
      createdAt: `t${text}`,
    };
    const { labs, groups, ...made } = sampleClass(3, changes, text);
    return classPage({ ...made, labs: labs.slice(0, 1), groups: groups.slice(0, 2) }); // one of each kind is enough
  },
  staff: (text) => studentPage(sampleView({ stage: "staff", final: false, chosen: chosen(text) }, text)),
  student: (text) => studentPage(sampleView({ submittedAt: `today${text}` }, text)),
};

function chosen(text: string): { submission: string; sentence: string }[] {
  return [{ submission: `s${text}`, sentence: `the best counts${text}` }];
}

/** Where an element leads or loads from. */
const REFERENCES = ["href", "src", "srcset", "action", "xlink:href", "data", "style"];

const UNSEEN = /(?!\n)[\p{C}\u2028\u2029]/u;

describe("hostile text on pages", () => {
  for (const [name, build] of Object.entries(PAGES)) {
    it(`becomes no markup of a ${name} page, leads nowhere, and hides nothing`, () => {
      const tame = bones(parsed(build("plain")));
      for (const text of NASTY) {
        const page = build(text);
        const seen = parsed(page);
        expect(bones(seen), text).to.equal(tame);
        expect(seen.comments, text).to.deep.equal([]);
        expect(seen.errors, text).to.deep.equal([]);
        const led = seen.elements.flatMap(({ attributes }) =>
          REFERENCES.map((each) => attributes.get(each) ?? "#"),
        );
        expect(
          [...new Set(led)].filter((to) => !/^(#[\w-]*|\.\/[\w%.-]+\.html)$/.test(to)),
          text,
        ).to.deep.equal([]);
        expect(UNSEEN.test(page), text).to.be.false;
      }
    }).timeout(30_000);
  }

  it("is still there to be read", () => {
    const { elements } = parsed(studentPage(sampleView({ student: "<b>&amp; \u202egnp.exe" })));
    expect(elements.find(({ name }) => name === "h1")?.text()).to.equal("<b>&amp; ‹U+202E›gnp.exe");
  });

  it("cannot blow a page up", () => {
    const long = "w".repeat(1_000_000);
    const page = studentPage(sampleView({ problems: Array.from({ length: 10_000 }, () => long) }, long));
    expect(page.length).to.be.below(1_500_000);
  });
});
