import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { COURSE } from "../fixtures/room";
import type { BatchEvent } from "./events";
import { descendantsOf, whoIsLeft } from "./processes";

const ROOT = path.resolve(__dirname, "../..");

/** Takes about a second for each scene: whoever interrupts it has time to do so. */
const SLOW = `export class Raft {
  answer() {
    let work = 0;
    for (let i = 0; i < 100_000_000; i++) work = (work * 31 + i) | 0;
    return work === 1 ? "no" : "yes";
  }
}
`;

/** As a terminal does it: Ctrl-C reaches the whole group of processes. */
describe("a batch in a terminal", function () {
  this.timeout(60_000);
  let out: string;

  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  beforeEach(() => {
    out = folderOf({});
  });

  afterEach(removeFolders);

  interface Ended {
    readonly code: number | null;
    readonly error: string;
    readonly events: readonly BatchEvent[];
  }

  /** @param react - hears of each event, and what interrupts the batch */
  async function run(
    react: (event: BatchEvent, batch: ChildProcess, interrupt: () => void) => void,
  ): Promise<Ended> {
    const submissions = folderOf({ "a/raft/raft.ts": SLOW, "b/raft/raft.ts": `${SLOW}//` });
    const script = path.join(__dirname, "chaos-child.ts");
    const options = [
      "--labs",
      "1",
      "--seeds",
      "1",
      "--isolation",
      "process",
      "--workers",
      "1",
      "--out",
      out,
      "--json-events",
    ];
    const args = ["-r", "ts-node/register", script, COURSE, submissions, ...options];
    const batch = spawn(process.execPath, args, { cwd: ROOT, detached: true });
    const interrupt = (): void => void process.kill(-(batch.pid ?? NaN), "SIGINT");
    const events: BatchEvent[] = [];
    let error = "";
    let rest = "";
    batch.stderr.setEncoding("utf8").on("data", (text: string) => (error += text));
    batch.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const event = JSON.parse(line) as BatchEvent;
        events.push(event);
        react(event, batch, interrupt);
      }
    });
    const [code] = (await once(batch, "close")) as [number | null];
    return { code, error, events };
  }

  it("ends what it judges after a first Ctrl-C", async () => {
    const { code, events, error } = await run(({ event }, _batch, interrupt) => {
      if (event === "judging") interrupt();
    });
    expect(
      events.map(({ event }) => event),
      error,
    ).to.deep.equal(["begun", "judging", "draining", "judged", "ended"]);
    expect(events[3]).to.deep.include({ name: "a", points: 12, judgeErrors: 0 });
    expect([code, error]).to.deep.equal([130, "stopped; the same command goes on with what is left\n"]);
    expect(readdirSync(path.join(out, "grades"))).to.deep.equal(["a.json"]);
  });

  it("ends at once after a second one, with all its processes, and leaves no lock", async () => {
    let below: number[] = [];
    const { code, events } = await run(({ event }, { pid = NaN }, interrupt) => {
      if (event === "judging") interrupt();
      if (event !== "draining") return;
      below = descendantsOf(pid).map((each) => each.pid);
      interrupt();
    });
    expect(code).to.equal(130);
    expect(events.map(({ event }) => event)).to.deep.equal(["begun", "judging", "draining"]);
    expect(below).not.to.deep.equal([]);
    expect(await whoIsLeft(below, 10_000)).to.deep.equal([]);
    expect(readdirSync(out).filter((name) => name.startsWith("lock."))).to.deep.equal([]);
  });
});
