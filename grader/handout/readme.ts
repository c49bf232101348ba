import type { Suite } from "../../labs/runner/suite";
import path from "node:path";

/** The first page of a handout. */
export function readmeFor(suites: readonly Suite[]): string {
  const rows = suites.map(
    ({ lab, title, folder }) => `- [Lab ${lab}: ${title}](labs/${path.basename(folder)}/README.md)`,
  );
  const last = suites.at(-1)?.lab ?? 0;
  return `# Replication labs

Node 20.19 or later (20.x), or 22.13 and up, and nothing else:

\`\`\`sh
npm ci
npm run lab -- ${last}                       # plays the public scenes on skeleton/
\`\`\`

${rows.join("\n")}

You write in \`skeleton/\`. Each handout says what to read, what to build, in which order, and what the marks are
for. Next to them: [how programs are written](docs/contract.md), [the world they run in](docs/simulated-world.md),
[how to read a failure](docs/reading-a-failure.md), [the words](docs/glossary.md).

| command                      | what it does                                                       |
| ---------------------------- | ------------------------------------------------------------------ |
| \`npm run lab -- N\`           | the public scenes of Lab N; \`-- --help\` tells the rest             |
| \`npm run lab -- N --watch\`   | again whenever you save a file                                     |
| \`npm test\`                   | the public scenes of all labs, as mocha tests                      |
| \`npm run typecheck\`          | \`tsc\`, strict                                                      |
| \`npm run handin\`             | packs what is to be handed in; type errors are told, and cost nothing |

A newer handout is unpacked over this folder by \`npm run handin -- --update FILE\`: it replaces everything but your
\`skeleton/\`.
`;
}
