import { expect } from "chai";
import type { Consistency, PlainData, ProgramClass } from "../program";
import type { Failure, Outcome } from "../scene";
import { inThisProcess, type Subject } from "../subject";
import type { QuorumCluster } from "./cluster";
import type {
  CoordinatorContext,
  QuorumProtocol,
  QuorumRequest,
  ReplicaContext,
  ReplicaState,
  Version,
  Versioned,
} from "./messages";
import { playQuorum, type QuorumSetup } from "./scene";
import { compareVersions } from "./versions";

type Fetch = QuorumProtocol["fetch"];
type Store = QuorumProtocol["store"];

/** A replica that never compares notes. */
class Keeper {
  private entries: { readonly [key: string]: Versioned };

  constructor(
    private readonly ctx: ReplicaContext,
    saved: PlainData | undefined,
  ) {
    this.entries = (saved as ReplicaState | undefined)?.entries ?? {};
  }

  fetch(_from: number, { key }: Fetch["request"]): Fetch["reply"] {
    return { held: this.entries[key] ?? null };
  }

  store(_from: number, { key, entry }: Store["request"]): Store["reply"] {
    const held = this.entries[key];
    if (held === undefined || compareVersions(entry.version, held.version) > 0) {
      this.entries = { ...this.entries, [key]: entry };
      this.ctx.save({ entries: this.entries });
    }
    return { version: this.entries[key]?.version ?? entry.version };
  }

  timer(): void {
    throw new Error("it sets none");
  }
}

/** A coordinator in as few words as possible: no resends, no repair, no write-back. */
class Asker {
  private request: QuorumRequest | undefined;
  private operations = 0;
  private shown = new Map<number, Versioned | null>();
  private holders = new Set<number>();
  private version: Version | undefined;

  constructor(protected readonly ctx: CoordinatorContext) {}

  label(): Consistency {
    const { W = 0, R = 0, promise = "eventual" } = this.ctx.options;
    return W + R > this.ctx.peers.length ? promise : "eventual";
  }

  invoke(request: QuorumRequest): void {
    this.operations += 1;
    this.request = request;
    this.version = undefined;
    this.shown = new Map();
    this.holders = new Set();
    for (const peer of this.ctx.peers) {
      this.ctx.call(peer, "fetch", { key: request.key, hint: this.operations });
    }
    this.ctx.setTimer("timeout", this.ctx.options.timeout ?? 0);
  }

  fetchReply(from: number, { held }: Fetch["reply"], { hint }: Fetch["request"]): void {
    const { request } = this;
    if (request === undefined || this.version !== undefined || hint !== this.operations) return;
    this.shown.set(from, held);
    if (this.shown.size < (this.ctx.options.R ?? 0)) return;
    const newest = [...this.shown.values()].reduce((best, one) =>
      compareVersions(one?.version ?? null, best?.version ?? null) > 0 ? one : best,
    );
    if (request.kind === "read") return this.end(newest ?? { value: null, version: null });
    this.version = { number: (newest?.version.number ?? 0) + 1, writer: this.ctx.id };
    const entry = { version: this.version, value: request.kind === "write" ? request.value : null };
    for (const peer of this.ctx.peers) this.ctx.call(peer, "store", { key: request.key, entry });
  }

  storeReply(from: number, _reply: Store["reply"], { entry }: Store["request"]): void {
    if (this.version === undefined || compareVersions(entry.version, this.version) !== 0) return;
    this.holders.add(from);
    if (this.holders.size >= (this.ctx.options.W ?? 0)) this.end({ version: this.version });
  }

  timer(): void {
    this.end(this.version === undefined ? "failed" : "unknown");
  }

  protected end(result: Parameters<CoordinatorContext["done"]>[0]): void {
    if (this.request === undefined) return;
    this.request = undefined;
    this.ctx.cancelTimer("timeout");
    this.ctx.done(result);
  }
}

class Mute extends Asker {
  override timer(): void {
    this.ctx.note("says nothing");
  }
}

class Boaster extends Asker {
  override label(): Consistency {
    return "atomic";
  }
}

const SETUP: QuorumSetup = { lab: 6, servers: 3, coordinators: 3, promise: "regular" };

function subjectOf(coordinator: ProgramClass): Subject {
  return inThisProcess({
    name: "of a test",
    digest: "",
    programClass: (file) => (file === "quorum/replica.ts" ? Keeper : coordinator),
    exported: () => undefined,
    stackOf: () => [],
    moduleState: () => [],
  });
}

function play(body: (c: QuorumCluster) => void, setup: Partial<QuorumSetup> = {}, program = Asker): Outcome {
  const once = { scene: "a test", subject: subjectOf(program), seed: 7, options: {} };
  return playQuorum({ ...SETUP, ...setup }, once, body);
}

function failureOf({ verdict, failure }: Outcome): Failure & { readonly verdict: string } {
  if (failure === undefined) throw new Error(`it was ${verdict}`);
  return { ...failure, verdict };
}

describe("a cluster of replicas", () => {
  it("lets coordinators write, read and delete, and shows the disks", () => {
    const outcome = play((c) => {
      const [one, two] = c.coordinators(2);
      if (one === undefined || two === undefined) throw new Error("there are two");
      expect([one.id, two.id, one.label]).to.eql([3, 4, "regular"]);
      expect(one.write("x", "1")).to.eql({ version: { number: 1, writer: 3 } });
      c.converge();
      expect(c.values("x")).to.eql(["1", "1", "1"]);
      expect(two.read("x")).to.eql({ value: "1", version: { number: 1, writer: 3 } });
      expect(two.delete("x").version.number).to.equal(2);
      expect(c.disk(0, "nothing")).to.equal(null);
      expect(c.changes(c.servers)).to.be.at.least(5);
      expect(c.history()).to.have.lengthOf(3);
    });
    expect(outcome.verdict, outcome.failure?.message).to.equal("accepted");
    expect(outcome.rules).to.include("tombstone");
  });

  it("lets a coordinator reach some replicas only, whatever happens between replicas", () => {
    const outcome = play((c) => {
      const one = c.coordinator(0, 1);
      c.partition([0], [1], [2]);
      one.write("x", "1");
      c.watch(10);
      expect(c.values("x")).to.eql(["1", "1", null]);
      expect(c.coordinator(2).ask({ kind: "read", key: "x" })).to.equal("failed");
      c.reach(one, 0);
      expect(one.ask({ kind: "read", key: "x" })).to.equal("failed");
      c.reach(one);
      expect(one.read("x").value).to.equal("1");
    });
    expect(outcome.verdict, outcome.failure?.message).to.equal("accepted");
  });

  it("keeps coordinators busy, one operation after the other, and waits for the last", () => {
    const outcome = play((c) => {
      const all = c.coordinators(3);
      const begun = c.underLoad(all, c.mixed(["x", "y"]), () => c.watch(100));
      expect(begun.length).to.be.above(20);
      expect(begun.filter((entry) => c.pending(entry))).to.eql([]);
      expect(
        c.underLoad(
          all,
          (_, n) => (n === 0 ? { kind: "read", key: "x" } : undefined),
          () => c.watch(5),
        ),
      ).to.have.lengthOf(3);
    });
    expect(outcome.verdict, outcome.failure?.message).to.equal("accepted");
  });

  it("accuses a label that says more than W and R allow", () => {
    const { verdict, rule, message } = failureOf(
      play((c) => void c.coordinator(), { W: 1, promise: "atomic" }, Boaster),
    );
    expect([verdict, message]).to.eql([
      "wrong",
      'C3 labels its reads "atomic"; with N=3 W=1 R=2 they are “eventual”',
    ]);
    expect(rule).to.match(/^W \+ R > N, or a read may miss the last write/);
  });

  it("accuses an operation that does not end", () => {
    const story = (c: QuorumCluster): void => void c.coordinator(0).ask({ kind: "read", key: "x" });
    const { verdict, message } = failureOf(play(story, { timeout: 200 }, Mute));
    expect(verdict).to.equal("stalled");
    expect(message).to.equal(
      `C3's read("x"), called at 0.000 ms, has not ended at 300.000 ms; the timeout is 200 ms`,
    );
  });

  it("accuses an operation without success, and says what could be reached", () => {
    const story = (c: QuorumCluster): void => {
      c.crash(2);
      c.coordinator(0, 2).write("x", "1");
    };
    const { verdict, rule, message } = failureOf(play(story));
    expect([verdict, message]).to.eql([
      "stalled",
      `C3's write("x", "1"), called at 0.000 ms, ended as "failed" at 1000.000 ms; it reaches 1 of 3 replicas, and N=3 W=2 R=2`,
    ]);
    expect(rule).to.match(/^An operation succeeds while the replicas that it needs can be reached/);
  });

  it("accuses replicas that do not come to agree, and lets those rest that are down", () => {
    const story = (c: QuorumCluster): void => {
      c.coordinator(0, 1).write("x", "1");
      c.crash(2);
      c.converge();
      c.restart(2);
      c.converge();
    };
    const { verdict, message } = failureOf(play(story, { repairEvery: 50 }));
    expect([verdict, message]).to.eql([
      "wrong",
      'of "x" server 0 holds version 1 of C3, server 1 holds version 1 of C3, server 2 holds nothing; ' +
        "acknowledged was version 1 of C3, 1000 ms after the faults have stopped",
    ]);
  });

  it("judges the whole history where reads are atomic", () => {
    const story = (c: QuorumCluster): void => {
      c.coordinator().write("x", "old");
      const writer = c.coordinator();
      for (const to of [1, 2]) c.hold({ from: writer.id, method: "store", to });
      writer.start({ kind: "write", key: "x", value: "new" });
      c.until("it is on one disk", () => c.disk(0, "x")?.value === "new");
      const reader = c.coordinator(0, 1);
      reader.read("x");
      c.reach(reader, 1, 2);
      reader.read("x");
    };
    expect(failureOf(play(story, { promise: "atomic" })).rule).to.match(/^No read shows something older/);
    expect(play(story).verdict).to.equal("accepted");
  });

  it("tells whoever writes a scene what is wrong with it", () => {
    const more = play((c) => void c.coordinators(4));
    expect(failureOf(more).message).to.match(/no more coordinators; raise `coordinators` in its setup/);
    const busy = play((c) => {
      const one = c.coordinator();
      one.start({ kind: "read", key: "x" });
      one.start({ kind: "read", key: "x" });
    });
    expect(failureOf(busy))
      .to.include({ verdict: "judge-error" })
      .and.to.have.property("message")
      .that.matches(/coordinator 3 is busy/);
  });
});
