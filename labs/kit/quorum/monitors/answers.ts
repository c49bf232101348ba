import type { Consistency, Effect, Input, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import { tellEntry, type Entry, type Journal } from "../journal";
import type { ReadAnswer, Version, WriteAnswer } from "../messages";
import { compareVersions, tellValue, tellVersion } from "../versions";
import type { EvidenceMonitor } from "./evidence";
import { ONE_VALUE, type Ledger } from "./ledger";

/** How many replicas there are, how many a write and a read need, and what is promised. */
export interface Quorum {
  readonly N: number;
  readonly W: number;
  readonly R: number;
  readonly promise: Consistency;
}

/** A version that somebody was told of. */
interface Known {
  readonly version: Version;
  readonly entry: Entry;
}

interface Floor {
  /** The newest that was acknowledged as written. */
  readonly written: Known | undefined;
  /** The newest that a read has shown. */
  readonly shown: Known | undefined;
}

interface State {
  readonly floors: Map<string, Floor>;
  /** By coordinator: the floor when its open operation was called. */
  readonly before: Map<ServerId, Floor>;
}

const FEW_ACKS = "A write is acknowledged once W different replicas hold it (Gifford 1979; notes 000)";
const FEW_ANSWERS =
  "A read asks until R different replicas have answered, and takes the newest (Gifford 1979; notes 000)";
const HAPPENED = "A write that has left may surface later: it ends as “unknown”, not as “failed” (handout)";
const REGULAR = "W + R > N: a read shows the last acknowledged write, or a newer one (regular; Lamport 1986)";
const LATER =
  "W + R > N: a write gets a newer version than all that were acknowledged before it (ABD, the query phase)";
const ATOMIC =
  "No read shows something older than a read that ended before it began: write back what you read (atomic; ABD 1995)";

/** Looks at each answer as it comes: what it is based on, and whether it keeps what was promised. */
export class AnswerMonitor extends Monitor<State> {
  override readonly inputs = ["invoke"] as const;
  override readonly effects = ["up"] as const;
  protected state: State = { floors: new Map(), before: new Map() };

  /** @param journal, ledger, evidence - are told of everything before */
  constructor(
    private readonly quorum: Quorum,
    private readonly journal: Journal,
    private readonly ledger: Ledger,
    private readonly evidence: EvidenceMonitor,
  ) {
    super();
  }

  /** The newest version of a key that was acknowledged as written. */
  acknowledged(key: string): Version | null {
    return this.floor(key).written?.version ?? null;
  }

  onInput(_world: WorldView, server: ServerId, input: Input): void {
    const open = this.journal.open(server);
    if (input.kind !== "invoke" || input.verb !== "invoke" || open === undefined) return;
    this.state.before.set(server, this.floor(open.request.key));
  }

  onEffect(_world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind !== "up" || effect.verb !== "done") return;
    const entry = this.journal.last(server);
    if (entry?.result === undefined) return;
    const { result, request } = entry;
    if (result === "unknown") return;
    if (result === "failed") return this.onFailed(entry);
    if (request.kind === "read") this.onRead(entry, result as ReadAnswer);
    else this.onWritten(entry, result as WriteAnswer);
  }

  private onFailed(entry: Entry): void {
    const issue = this.ledger.issuedBy(entry);
    if (entry.request.kind === "read" || issue === undefined) return;
    const message = `${told(entry)} "failed", but ${tellVersion(issue.version)} left for it at ${at(issue.at)}`;
    throw wrong(HAPPENED, message, entry);
  }

  private onWritten(entry: Entry, { version }: WriteAnswer): void {
    const { key } = entry.request;
    const issue = this.ledger.issuedBy(entry);
    const other = this.ledger.issue(key, version)?.entry;
    if (issue === undefined && other !== undefined && other !== entry) {
      const message = `${told(entry)} ${tellVersion(version)}, but that version is ${tellEntry(other)}, called at ${at(other.calledAt)}`;
      throw wrong(ONE_VALUE, message, entry);
    }
    if (issue === undefined || compareVersions(issue.version, version) !== 0) {
      const instead =
        issue === undefined ? "no version has left for it" : `it was issued as ${tellVersion(issue.version)}`;
      throw wrong(FEW_ACKS, `${told(entry)} ${tellVersion(version)}, but ${instead}`, entry);
    }
    const { W, N } = this.quorum;
    const holders = this.evidence.holders(entry.client, key, version);
    if (holders.length < W) {
      const message = `${told(entry)} ${tellVersion(version)}, but only ${list(holders)} of ${N} have told C${entry.client} that they hold it; W is ${W}`;
      throw wrong(FEW_ACKS, message, entry);
    }
    const known = { version, entry };
    this.demand(entry, version, true);
    const floor = this.floor(key);
    this.state.floors.set(key, { ...floor, written: newer(floor.written, known) });
  }

  private onRead(entry: Entry, { version, value }: ReadAnswer): void {
    const { key } = entry.request;
    if (version !== null) {
      const issue = this.ledger.issue(key, version);
      if (issue?.value !== value) {
        const instead = issue === undefined ? "nobody has issued" : `is ${tellValue(issue.value)}`;
        throw wrong(
          "A read shows what was written (validity; handout)",
          `${told(entry)} ${tellValue(value)} as ${tellVersion(version)}, which ${instead}`,
          entry,
        );
      }
    }
    const { N, R } = this.quorum;
    const answers = [...this.evidence.answers(entry.client)];
    const covered = answers.filter(([, held]) => compareVersions(held, version) <= 0);
    if (covered.length < R) {
      const heard = answers.map(([replica, held]) => `server ${replica} ${tellVersion(held)}`).join(", ");
      const message =
        `${told(entry)} ${tellVersion(version)}, but of the ${N} replicas only ${list(covered.map(([replica]) => replica))} ` +
        `had shown it that or something older since it was called, and R is ${R} (${heard === "" ? "nobody has answered" : heard})`;
      throw wrong(FEW_ANSWERS, message, entry);
    }
    this.demand(entry, version, false);
    if (version === null) return;
    const floor = this.floor(key);
    this.state.floors.set(key, { ...floor, shown: newer(floor.shown, { version, entry }) });
  }

  /** What is promised: nothing older than what was known when the operation was called; a write makes something newer. */
  private demand(entry: Entry, version: Version | null, isWrite: boolean): void {
    const { promise } = this.quorum;
    const before = this.state.before.get(entry.client);
    if (promise === "eventual" || before === undefined) return;
    const isBelow = ({ version: floor }: Known): boolean =>
      compareVersions(version, floor) < (isWrite ? 1 : 0);
    const { written, shown } = before;
    if (written !== undefined && isBelow(written))
      throw tooOld(isWrite ? LATER : REGULAR, entry, version, written);
    if (promise === "atomic" && shown !== undefined && isBelow(shown))
      throw tooOld(ATOMIC, entry, version, shown);
  }

  private floor(key: string): Floor {
    return this.state.floors.get(key) ?? { written: undefined, shown: undefined };
  }
}

function newer(a: Known | undefined, b: Known): Known {
  return a !== undefined && compareVersions(a.version, b.version) >= 0 ? a : b;
}

function tooOld(rule: string, entry: Entry, version: Version | null, known: Known): SceneFailure {
  const verb = known.entry.request.kind === "read" ? "had shown" : "had been acknowledged as";
  const message =
    `${told(entry)} ${tellVersion(version)}, but ${tellEntry(known.entry)} ${verb} ${tellVersion(known.version)} ` +
    `at ${at(known.entry.returnedAt ?? 0)}, before it was called at ${at(entry.calledAt)}`;
  return wrong(rule, message, entry);
}

function told(entry: Entry): string {
  return `${tellEntry(entry)} was answered at ${at(entry.returnedAt ?? 0)} with`;
}

function list(replicas: readonly ServerId[]): string {
  const who = replicas.length === 0 ? "" : ` (${replicas.map((id) => `server ${id}`).join(", ")})`;
  return `${replicas.length}${who}`;
}

function wrong(rule: string, message: string, { client }: Entry): SceneFailure {
  return new SceneFailure("wrong", rule, message, client);
}
