import { expect } from "chai";
import { registered, type Outcome } from "../scene";
import { inThisProcess } from "../subject";
import { everySave } from "./every-save";
import type { CoordinatorContext, QuorumProtocol, QuorumRequest, ReplicaContext } from "./messages";

type Fetch = QuorumProtocol["fetch"];
type Store = QuorumProtocol["store"];

/** A replica that saves what it is handed, and shows nothing. */
class Slot {
  constructor(private readonly ctx: ReplicaContext) {}

  fetch(): Fetch["reply"] {
    return { held: null };
  }

  store(_from: number, { key, entry }: Store["request"]): Store["reply"] {
    this.ctx.save({ entries: { [key]: entry } });
    return { version: entry.version };
  }

  timer(): void {
    throw new Error("it sets none");
  }
}

/** A coordinator that writes once, to one replica, and saves before it does; a restarted one does nothing. */
class Once {
  constructor(
    private readonly ctx: CoordinatorContext,
    private readonly saved: unknown,
  ) {}

  label(): "eventual" {
    return "eventual";
  }

  invoke(request: QuorumRequest): void {
    this.ctx.setTimer("timeout", 500);
    if (this.saved !== undefined || request.kind !== "write") return;
    this.ctx.save(true);
    const entry = { version: { number: 1, writer: this.ctx.id }, value: request.value };
    this.ctx.call(0, "store", { key: request.key, entry });
  }

  fetchReply(): void {
    throw new Error("it asks nobody");
  }

  storeReply(_from: number, { version }: Store["reply"]): void {
    this.ctx.cancelTimer("timeout");
    this.ctx.done({ version });
  }

  timer(): void {
    this.ctx.done("unknown");
  }
}

const SUBJECT = inThisProcess({
  name: "of a test",
  digest: "",
  programClass: (file) => (file === "quorum/replica.ts" ? Slot : Once),
  exported: () => undefined,
  stackOf: () => [],
  moduleState: () => [],
});

const SETUP = { lab: 6, servers: 1, W: 1, R: 1, promise: "eventual" } as const;

/** Plays a story at every save, and says how the write ended each time. */
function play(when: "before" | "after", fails = -1): { readonly ends: unknown[]; readonly outcome: Outcome } {
  const ends: unknown[] = [];
  const name = `a test ${when} ${fails}`;
  everySave(name, { ...SETUP, when }, (c) => {
    const entry = c.coordinator().start({ kind: "write", key: "x", value: "1" });
    c.settle([entry]);
    ends.push(entry.result);
    c.expect(ends.length !== fails, "A test fails where it is told to", "it does");
  });
  const scene = registered().find((each) => each.name === name);
  if (scene === undefined) throw new Error("the scene is not registered");
  return { ends, outcome: scene.play(SUBJECT, 7) };
}

describe("a scene with a crash at every save", () => {
  it("is played once without a crash, and once for each save, of coordinators too", () => {
    const { ends, outcome } = play("before");
    const answer = { version: { number: 1, writer: 1 } };
    expect(ends).to.deep.equal([answer, undefined, "unknown"]);
    expect(outcome.verdict).to.equal("accepted");
  });

  it("crashes after the save, and before what follows it", () => {
    const { ends } = play("after");
    expect(ends.slice(1)).to.deep.equal([undefined, "unknown"]);
  });

  it("ends with the first run that fails, and says which", () => {
    const { ends, outcome } = play("after", 2);
    expect(ends).to.have.lengthOf(2);
    expect(outcome.verdict).to.equal("wrong");
    expect(outcome.failure?.message).to.match(/^with a crash after save 1 of the run: /);
  });
});
