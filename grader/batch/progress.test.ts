import { expect } from "chai";
import { Writable } from "node:stream";
import type { BatchEvent } from "./events";
import { Count, showBatch } from "./progress";

const judged = (name: string, identical: readonly string[] = []): BatchEvent => {
  return { event: "judged", name, points: 5, maxPoints: 12, wallMs: 2500, judgeErrors: 0, identical };
};

describe("the progress of a batch", () => {
  let text: string;
  let now: number;

  function stream(isTTY: boolean): Writable & { isTTY: boolean; columns: number } {
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    return Object.assign(sink, { isTTY, columns: 120 });
  }

  beforeEach(() => {
    text = "";
    now = 1000;
  });

  it("is a line for each submission where nobody looks", () => {
    const { tell } = showBatch(stream(false), () => now);
    tell({ event: "begun", submissions: 100, done: 40, lanes: 2 });
    tell({ event: "judging", name: "alice" });
    now += 30_000;
    tell(judged("alice", ["bob"]));
    tell({ event: "judging", name: "eve\u001b[2J" });
    now += 30_000;
    tell({ event: "ungraded", name: "eve\u001b[2J", message: "it\u0007died" });
    tell(judged("carol"));
    tell({ event: "draining", names: ["dan"] });
    tell({ event: "ended", whole: false });
    expect(text.split("\n")).to.deep.equal([
      "100 submissions, 40 of them done; 2 at a time",
      "42/100 alice: 5 of 12 points, 2.5 s; also for 1 identical one (4.0 a minute, 15 min left)",
      "42/100 eve?[2J could not be judged, by our own fault: it?died (2.0 a minute, 29 min left, 1 judge error)",
      "43/100 carol: 5 of 12 points, 2.5 s (3.0 a minute, 19 min left, 1 judge error)",
      "stopping; dan will be ended first. Ctrl-C once more ends at once; the same command goes on later",
      "",
    ]);
  });

  it("says on a terminal how fast things go, what went wrong, and what is being judged", () => {
    const count = new Count(() => now);
    const events: BatchEvent[] = [
      { event: "begun", submissions: 10, done: 0, lanes: 2 },
      { event: "judging", name: "alice" },
      { event: "judging", name: "bob" },
      { event: "judging", name: "eve\u001b[2J" },
    ];
    for (const event of events) count.hear(event);
    now += 30_000;
    count.hear({ event: "ungraded", name: "bob", message: "it died" });
    count.hear(judged("alice"));
    expect([count.done, count.total, count.rest]).to.deep.equal([
      1,
      10,
      ", 2.0 a minute, 5 min left, 1 judge error  eve?[2J",
    ]);
  });

  it("is a bar on a terminal", () => {
    const progress = showBatch(stream(true), () => now);
    progress.tell({ event: "begun", submissions: 10, done: 0, lanes: 2 });
    progress.tell({ event: "draining", names: ["eve\u001b[2J"] });
    progress.end();
    expect(text).to.include("stopping; eve?[2J will be ended first").and.not.include("\u001b[2J");
  });
});
