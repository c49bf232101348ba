import type { History } from "../kit/check";
import type { KvOperation, KvSeen } from "../kit/check/models/kv";
import { playQuorum, type Coordinator, type Entry, type QuorumCluster } from "../kit/quorum";
import { SceneFailure, type Outcome } from "../kit/scene";
import type { Subject } from "../kit/subject/subject";
import type { Conjecture } from "./claim";
import type { Step } from "./script";

/** Virtual ms of its own clock within which a coordinator ends an operation. */
const TIMEOUT = 500;

/** How long replicas may take to agree, in rounds of their anti-entropy; without any they have so many virtual ms. */
const CONVERGENCE = { rounds: 20, without: 1000 };

/** One step that was done; what cannot be done, such as the crash of who is down, is passed over. */
export interface Happening {
  readonly step: Step;
  /** The operation that it began or finished. */
  readonly entry?: Entry | undefined;
  /** What replicas have shown to that operation. */
  readonly shown: readonly { readonly replica: number; readonly value: string | null }[];
  /** What the disks held of its key afterwards, by replica. */
  readonly held: readonly (string | null)[];
  /** When the step was over, in virtual ms. */
  readonly doneAt: number;
}

/** What came of one script. */
export interface Played {
  readonly outcome: Outcome;
  readonly happened: readonly Happening[];
  /** All operations, in the order in which they were called. */
  readonly entries: readonly Entry[];
  /** What clients saw, of plain values: each write writes another. */
  readonly history: History<KvOperation, KvSeen>;
  /** Why the replicas did not come to agree, if that was claimed. */
  readonly apart?: string;
}

/** Plays a script once, in a world of its own. */
export function playScript(
  conjecture: Conjecture,
  script: readonly Step[],
  {
    subject,
    seed,
    history = false,
  }: { readonly subject: Subject; readonly seed: number; readonly history?: boolean },
): Played {
  const { N: servers, W, R, promise, coordinators, repairEvery, claim } = conjecture;
  const setup = { lab: 6, servers, W, R, promise, coordinators, repairEvery, timeout: TIMEOUT } as const;
  const once = { scene: "conjecture", subject, seed, options: { history } } as const;
  let stage: Stage | undefined;
  let apart: string | undefined;
  const outcome = playQuorum(setup, once, (c) => {
    stage = new Stage(c, coordinators);
    for (const step of script) stage.do(step);
    const { rounds, without } = CONVERGENCE;
    if (claim === "converges") apart = stage.end(rounds * repairEvery || without);
  });
  return {
    outcome,
    happened: stage?.happened ?? [],
    entries: stage?.entries ?? [],
    history: stage?.history() ?? [],
    ...(apart === undefined ? {} : { apart }),
  };
}

/** The players of one script. */
class Stage {
  readonly happened: Happening[] = [];
  readonly entries: Entry[] = [];
  private readonly coordinators: ReadonlyMap<number, Coordinator>;
  private writes = 0;

  constructor(
    private readonly c: QuorumCluster,
    count: number,
  ) {
    this.coordinators = new Map(c.coordinators(count).map((one) => [one.id, one]));
  }

  do(step: Step): void {
    const before = this.entries.length;
    const entry = this.open(step);
    let passedOver = false;
    try {
      if (this.carryOut(step) === false) passedOver = true;
    } finally {
      // Noted even if the program breaks a rule on the way: this is how far the story goes.
      const told = this.entries.length > before ? this.entries.at(-1) : entry;
      const held = told === undefined ? [] : this.c.values(told.request.key);
      const shown = told === undefined ? [] : this.c.shown(told).sort((a, b) => a.replica - b.replica);
      if (!passedOver) this.happened.push({ step, entry: told, shown, held, doneAt: this.c.now });
    }
  }

  /**
   * Ends all faults and all operations, and waits until the replicas agree.
   *
   * @param within - virtual ms
   * @returns why they do not; undefined if they do
   */
  end(within: number): string | undefined {
    const { c } = this;
    c.heal();
    c.restart(...c.servers, ...this.coordinators.keys());
    for (const one of this.coordinators.values()) c.reach(one);
    c.settle(this.entries);
    try {
      c.converge(within);
    } catch (error) {
      if (error instanceof SceneFailure && error.verdict === "wrong") return error.message;
      throw error;
    }
    return undefined;
  }

  /** The values as they were written, without their versions. */
  history(): History<KvOperation, KvSeen> {
    const plain = (value: string): string => value.replace(/ \(\d+ of C\d+\)$/, "");
    return this.c.history().map((operation) => {
      const { input, output } = operation;
      return {
        ...operation,
        input: input.kind === "put" ? { ...input, value: plain(input.value) } : input,
        ...(output?.value === undefined ? {} : { output: { value: plain(output.value) } }),
      };
    });
  }

  /** @returns false if it cannot be done now */
  private carryOut(step: Step): false | void {
    const { c } = this;
    switch (step.do) {
      case "write":
      case "read":
        return this.ask(step);
      case "finish":
        return this.finish(step.by);
      case "crash":
        return c.isUp(step.server) && this.exists(step.server) ? c.crash(step.server) : false;
      case "restart":
        return !c.isUp(step.server) && this.exists(step.server) ? c.restart(step.server) : false;
      case "part":
        return c.partition(step.servers, c.others(...step.servers));
      case "heal":
        return c.heal();
      case "wait":
        return c.watch(step.ms);
    }
  }

  private ask(step: Step & { readonly do: "write" | "read" }): false | void {
    const { c } = this;
    const { by, key, reach, then, leave } = step;
    const coordinator = this.coordinators.get(by);
    if (coordinator === undefined || !c.isUp(by) || this.open(step) !== undefined) return false;
    this.reaches(coordinator, reach ?? c.servers);
    const entry = coordinator.start(
      step.do === "read" ? { kind: "read", key } : { kind: "write", key, value: valueOf(this.writes++) },
    );
    this.entries.push(entry);
    if (leave === undefined || then !== undefined) {
      c.until(
        "its second phase",
        () => !c.pending(entry) || (then !== undefined && c.issued(entry)),
        2 * TIMEOUT,
      );
    }
    if (then !== undefined) this.reaches(coordinator, then);
    if (leave === undefined) c.settle([entry]);
    else c.watch(leave);
  }

  private finish(by: number): false | void {
    const coordinator = this.coordinators.get(by);
    const entry = this.open({ do: "finish", by });
    if (coordinator === undefined || entry === undefined) return false;
    this.c.reach(coordinator);
    this.c.settle([entry]);
  }

  /** The operation that is open at the coordinator of which a step speaks. */
  private open(step: Step): Entry | undefined {
    if (!("by" in step)) return undefined;
    const last = this.entries.findLast(({ client }) => client === step.by);
    return last !== undefined && this.c.pending(last) ? last : undefined;
  }

  private exists(id: number): boolean {
    return this.c.servers.includes(id) || this.coordinators.has(id);
  }

  private reaches({ id }: Coordinator, replicas: readonly number[]): void {
    for (const replica of this.c.servers) {
      if (replicas.includes(replica)) this.c.mend(id, replica);
      else this.c.cut(id, replica);
    }
  }
}

/** a, b, …, z, a1, b1, … */
function valueOf(n: number): string {
  const round = Math.floor(n / 26);
  return `${String.fromCharCode(97 + (n % 26))}${round === 0 ? "" : round}`;
}
