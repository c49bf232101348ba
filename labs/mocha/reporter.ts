import { reporters } from "mocha";

/** A dot a test where nobody watches, the tree of names where somebody does. */
const Base = process.env["CI"] ? reporters.Dot : reporters.Spec;

/** mocha's own reporter with one plain last line: `12 passed, 0 failed`, and `, 1 skipped` if some were. */
export default class Reporter extends Base {
  override epilogue(): void {
    super.epilogue();
    const { passes = 0, failures = 0, pending = 0 } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : "";
    process.stdout.write(`${passes} passed, ${failures} failed${skipped}\n`);
  }
}
