import { expect } from "chai";
import path from "node:path";
import picocolors from "picocolors";
import { loadSubject } from "../../labs/kit/subject";
import { Trace } from "../../labs/kit/trace";
import { listen } from "../fixtures/room";
import { runBench } from "./bench-command";
import { checkerReport, type CheckerDocument } from "./checker-report";
import { costOf, least, median } from "./measure";
import { quietCluster, raftOf } from "./quiet";
import { Recorder, Replayer } from "./replay";
import { benchReport, type BenchDocument } from "./report";

const SOLUTIONS = path.join(__dirname, "..", "..", "solutions");

// Nothing here is timed: whether a number is good is for a reader to say.

describe("a world of recorded answers", () => {
  it("does what the programs did, event by event", () => {
    const subject = loadSubject(SOLUTIONS);
    const recorder = new Recorder(raftOf(subject));
    const traces = [new Trace(), new Trace()];
    const [one, other] = [recorder, new Replayer(recorder.answers)].map((driver, i) => {
      const world = quietCluster(driver, traces.slice(i, i + 1));
      world.runUntil(3000);
      return world;
    });
    expect(one?.inputCount).to.be.greaterThan(100).and.to.equal(other?.inputCount);
    expect(traces[1]?.digest()).to.equal(traces[0]?.digest());
    recorder.copyAgain();
  });

  it("ends where the recording ends", () => {
    expect(() => quietCluster(new Replayer([]), [])).to.throw("more than was recorded");
  });
});

describe("measuring", () => {
  it("gives processor time and wall time", () => {
    const { cpuMs, wallMs } = costOf(() => undefined);
    expect([cpuMs >= 0, wallMs >= 0]).to.deep.equal([true, true]);
  });

  it("lets variants take turns, each prepared anew", () => {
    const told: string[] = [];
    const variant = (name: string) => () => {
      told.push(`prepare ${name}`);
      return (): void => void told.push(name);
    };
    const cost = least({ a: variant("a"), b: variant("b") }, 2);
    expect(told).to.deep.equal(["prepare a", "a", "prepare b", "b", "prepare a", "a", "prepare b", "b"]);
    expect(Object.keys(cost)).to.deep.equal(["a", "b"]);
  });

  it("knows the one in the middle", () => {
    expect([median([3, 1, 2]), median([5]), median([])]).to.deep.equal([2, 5, 0]);
  });
});

describe("the report of bench", () => {
  const found: BenchDocument = {
    schema: "replication-labs/bench/1",
    node: "v20.20.0",
    subject: "solutions",
    hour: { events: 323_968, wallMs: 1500, cpuMs: 1000 },
    event: {
      events: 1000,
      parts: [{ name: "queue", us: 0.1, ratio: 0.1 }],
      sums: [{ name: "all", us: 2, ratio: 2 }],
    },
    instances: { scenes: 20, freshMs: 3000, sharedMs: 2000, ratio: 1.5, usEach: 40 },
    startup: [{ command: "npm run lab -- 1", wallMs: 1234 }],
    mit: {
      raft: {
        scenes: 28,
        failed: ["count"],
        events: 50_000,
        cpuMs: 900,
        wallMs: 950,
        startUpMs: 600,
        peakMb: 150,
        slowest: [{ name: "churn", cpuMs: 160 }],
      },
      kv: {
        scenes: 23,
        failed: [],
        events: 600_000,
        cpuMs: 8000,
        wallMs: 7000,
        startUpMs: 700,
        peakMb: 280,
        slowest: [{ name: "concurrent", cpuMs: 700 }],
      },
    },
    commits: {
      byServers: [{ servers: 3, entries: 0, us: 100, events: 12 }],
      byEntries: [{ servers: 3, entries: 100_000, us: 250, events: 12 }],
    },
  };

  it("shows events a second, shares of the whole, and ratios", () => {
    const text = benchReport(found, picocolors.createColors(false));
    expect(text).to.include("323,968 events in 1.50 s (1.00 s of processor time): 323,968 events a second");
    expect(text).to.match(/│ queue +│ +0\.10 │ +10,000,000 │ +5 % │ +0\.10 │/);
    expect(text).to.include(
      "20 hidden scenes of Lab 1: 3.00 s fresh, 2.00 s shared, 1.50 : 1; one evaluation 40 µs",
    );
    expect(text).to.match(/^npm run lab -- 1 +1\.23 s$/m);
    expect(text).to.include("28 scenes, 27 passed, 50,000 events: 0.90 s of processor time");
    expect(text).to.match(/^churn +0\.16 s$/m);
    expect(text).to.include("23 scenes, 23 passed, 600,000 events: 8.00 s of processor time");
    expect(text).to.include("to start; 280 MB");
    expect(text).to.match(/│ +3 │ +100,000 │ +250 │ +12\.0 │ +2\.50 │/);
  });
});

describe("the report of bench checker", () => {
  const found: CheckerDocument = {
    schema: "replication-labs/bench-checker/1",
    node: "v20.20.0",
    files: [
      {
        file: "jepsen/etcd_000.log",
        operations: 85,
        plainUs: 69,
        cellsUs: 138,
        fullUs: 900,
        porcupineUs: 138,
      },
      { file: "jepsen/etcd_002.log", operations: 77, plainUs: 50, cellsUs: 80, fullUs: 90, porcupineUs: 400 },
      { file: "jepsen/etcd_003.log", operations: 87, plainUs: 30, cellsUs: 60, fullUs: 70 },
    ],
    made: [{ name: "1000 operations", verdict: "linearizable", firstMs: 3, ms: 0.5, mb: 0.25 }],
    levels: [{ level: "causal", verdict: "yes", ms: 21 }],
    cold: { cpuMs: 2.5 },
  };

  it("compares with what is on record, file by file, and sums up", () => {
    const text = checkerReport(found, picocolors.createColors(false));
    expect(text).to.match(
      /│ jepsen\/etcd_000.log │ +138 µs │ +69 µs │ +2\.0 × │ +138 µs │ +1\.0 × │ +900 µs │/,
    );
    expect(text).to.match(/│ geometric mean +│ +│ +│ +4\.0 × │ +│ +2\.2 × │/);
    expect(text).to.include("plain engine: 149 µs, the one in the middle 50 µs, the worst 69 µs");
    expect(text).to.match(/│ 1000 operations +│ linearizable │ 3\.0 ms │ 500 µs │ +0\.3 MB │/);
    expect(text).to.match(/│ causal │ +yes │ 21\.0 ms │/);
  });
});

describe("bench, used wrongly", () => {
  for (const [args, says] of [
    [["nowhere"], /nowhere/],
    [["--colour"], /^error: unknown option '--colour'/],
    [["checker"], /^error: required option '--histories <dir>' not specified/],
    [
      ["checker", "--histories", "nowhere"],
      /^nowhere has no logs: expected jepsen\/\*\.log and kv\/\*\.txt in it/,
    ],
    [[path.join(__dirname, "..", "..", "skeleton")], /skeleton cannot be measured: not implemented yet/],
  ] as const) {
    it(`says what is wrong with ${path.basename(args.join(" "))}`, async () => {
      const { code, out, error } = await listen((room) => runBench(args, room));
      expect([code, out]).to.deep.equal([2, ""]);
      expect(error)
        .to.match(says)
        .and.not.match(/^ +at /m);
    });
  }

  it("explains itself", async () => {
    const { code, out } = await listen((room) => runBench(["--help"], room));
    expect(code).to.equal(0);
    expect(out).to.include("npm run bench").and.to.include("the ratios of one run hold");
  });
});
