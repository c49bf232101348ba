import { expect } from "chai";
import { existsSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../kit/program/errors";
import { loadSubject } from "../kit/subject";
import { measureHere } from "./comparison";
import { sendCrew } from "./crew";
import type { Errand } from "./errand";

const ROOT = path.resolve(__dirname, "../..");
const ORDER = { seed: 5, seeds: 1, servers: 1 };

describe("a crew of child processes", function () {
  this.timeout(60_000);

  it("finds what one process finds", async function () {
    const subject = path.join(ROOT, "solutions");
    if (!existsSync(subject)) this.skip();
    const done: Errand[] = [];
    const found = await sendCrew({ subject, order: ORDER, parts: ["costs"] }, (errand) => done.push(errand));
    const rows = measureHere(loadSubject(subject), ORDER, ["costs"]);
    expect([...found.rows]).to.deep.equal([...rows]);
    expect(found.problems).to.be.empty;
    expect(done).to.have.lengthOf(rows.get("costs")?.length ?? 0);
  });

  it("goes on where a program cannot be measured, and says why", async () => {
    const subject = path.join(ROOT, "skeleton");
    const found = await sendCrew({ subject, order: ORDER, parts: ["costs"] }, () => undefined);
    if (found.problems.length === 0) return; // in a handout it may be finished
    expect(found.problems[0]).to.match(/1 server, seed 5: .*\n/);
  });

  it("says that there is no such program", async () => {
    const work = { subject: path.join(ROOT, "nowhere"), order: ORDER, parts: ["costs"] };
    const error: unknown = await sendCrew(work, () => undefined).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UsageError);
    expect(String(error)).to.include("there is no folder");
  });
});
