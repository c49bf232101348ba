import type { Effect, Input, PlainData, ReplyInput, RequestInput, ServerId } from "../../program";
import { at, Monitor, SceneFailure } from "../../scene";
import type { WorldView } from "../../sim";
import { callKey } from "../form";
import { tellEntry, tellRequest, type Entry, type Journal } from "../journal";
import type { KeyEntry, Version, Versioned } from "../messages";
import { asReplicaState } from "../state";
import { tellValue, tellVersion } from "../versions";

/** A version that a scene has made up in a puppet's name. */
export interface Forged {
  readonly key: string;
  readonly version: Version;
  readonly value: string | null;
  /** When somebody first heard of it: the number of the event, and virtual ms. */
  readonly call: number;
  readonly at: number;
}

/** A version that a coordinator has issued. */
export interface Issue {
  readonly version: Version;
  readonly value: string | null;
  /** The operation that it stands for; absent if a scene has made it up in a puppet's name. */
  readonly entry: Entry | undefined;
  /** Virtual ms. */
  readonly at: number;
}

interface State {
  /** By key and version. */
  readonly issues: Map<string, Issue>;
  /** By operation: what it issued. */
  readonly byEntry: Map<number, Issue>;
  /** By server and call: the key of each open request. */
  readonly keys: Map<string, string>;
  readonly forged: Forged[];
}

const OWN_VERSION =
  "A coordinator issues versions in its own name, one for each write (ABD; contract, Version)";
/** Quoted wherever a version turns up a second time. */
export const ONE_VALUE =
  "One version has one value: a version that was used is never issued again, not even after a restart (handout)";
const INVENTED = "What replicas hold and show was written by somebody (validity; handout)";

/**
 * Knows every version that was ever issued, for whom, and with which value. A version is issued when it first leaves its coordinator;
 * whoever else speaks of it must give it the same value.
 */
export class Ledger extends Monitor<State> {
  override readonly inputs = ["request", "reply"] as const;
  override readonly effects = ["call", "reply", "save"] as const;
  protected state: State = { issues: new Map(), byEntry: new Map(), keys: new Map(), forged: [] };

  constructor(private readonly journal: Journal) {
    super();
  }

  /** What was issued as this version of this key. */
  issue(key: string, version: Version): Issue | undefined {
    return this.state.issues.get(nameOf(key, version));
  }

  /** The version that a write has come to. */
  issuedBy(entry: Entry): Issue | undefined {
    return this.state.byEntry.get(entry.id);
  }

  /** What puppets have sent, and nobody has issued; in the order in which it became known. */
  get forged(): readonly Forged[] {
    return this.state.forged;
  }

  onInput(world: WorldView, server: ServerId, input: Input, n: number): void {
    if (input.kind === "request") {
      const { key } = input.request as { key?: string };
      if (key !== undefined) this.state.keys.set(callKey(world, server, input.call), key);
    }
    if ((input.kind === "request" || input.kind === "reply") && world.isPuppet(input.from)) {
      this.adopt(world, input, n);
    }
  }

  /** A puppet's word is law: what it sends was issued, unless somebody has issued it before. */
  private adopt(world: WorldView, input: RequestInput | ReplyInput, n: number): void {
    const { key = "", entry } = input.request as { key?: string; entry?: Versioned };
    const said = (input.kind === "request" ? input.request : input.reply) as {
      held?: Versioned | null;
      entries?: readonly KeyEntry[];
    };
    const own = input.kind === "request" ? entry : said.held;
    const all = [...(own === undefined || own === null ? [] : [{ key, ...own }]), ...(said.entries ?? [])];
    for (const { key: of, version, value } of all) {
      if (this.issue(of, version) !== undefined) continue;
      this.state.issues.set(nameOf(of, version), { version, value, entry: undefined, at: world.now });
      this.state.forged.push({ key: of, version, value, call: n, at: world.now });
    }
  }

  onEffect(world: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "save") return this.onSave(world, server, effect.state);
    if (effect.kind === "call") {
      const {
        key,
        entry,
        entries = [],
      } = effect.request as {
        key: string;
        entry?: Versioned;
        entries?: readonly KeyEntry[];
      };
      if (effect.method === "store" && entry !== undefined) this.onStore(world, server, key, entry);
      for (const one of entries) this.known(world, server, one.key, one, `sends server ${effect.to}`);
    } else if (effect.kind === "reply") {
      this.onReply(world, server, effect.call, effect.reply);
    }
  }

  private onStore(world: WorldView, server: ServerId, key: string, entry: Versioned): void {
    const known = this.issue(key, entry.version);
    if (known !== undefined || world.servers.includes(server)) {
      return this.known(world, server, key, entry, "sends");
    }
    const open = this.journal.open(server);
    const said = `C${server} sends ${tellVersion(entry.version)} of ${JSON.stringify(key)} at ${at(world.now)}`;
    if (entry.version.writer !== server) {
      throw wrong(OWN_VERSION, `${said}, which C${entry.version.writer} has never issued`, server);
    }
    if (open === undefined || open.request.kind === "read" || open.request.key !== key) {
      const busy = open === undefined ? "nothing" : tellRequest(open.request);
      throw wrong(OWN_VERSION, `${said}: a new version, but what it was asked to do is ${busy}`, server);
    }
    const before = this.issuedBy(open);
    if (before !== undefined) {
      const message = `${said}, for ${tellRequest(open.request)}, which is ${tellVersion(before.version)} since ${at(before.at)}`;
      throw wrong(OWN_VERSION, message, server);
    }
    const value = open.request.kind === "write" ? open.request.value : null;
    if (entry.value !== value) {
      throw wrong(
        OWN_VERSION,
        `${said} with ${tellValue(entry.value)}, for ${tellRequest(open.request)}`,
        server,
      );
    }
    const issue = { version: entry.version, value, entry: open, at: world.now };
    this.state.issues.set(nameOf(key, entry.version), issue);
    this.state.byEntry.set(open.id, issue);
  }

  private onReply(world: WorldView, server: ServerId, call: number, reply: PlainData): void {
    const { held, entries = [] } = reply as { held?: Versioned | null; entries?: readonly KeyEntry[] };
    const name = callKey(world, server, call);
    const key = this.state.keys.get(name);
    this.state.keys.delete(name);
    if (held !== undefined && held !== null && key !== undefined)
      this.known(world, server, key, held, "shows");
    for (const one of entries) this.known(world, server, one.key, one, "answers with");
  }

  private onSave(world: WorldView, server: ServerId, state: PlainData): void {
    if (!world.servers.includes(server)) return;
    for (const [key, entry] of Object.entries(asReplicaState(state)?.entries ?? {})) {
      if (this.isFine(key, entry)) continue;
      this.known(world, server, key, entry, "saves");
    }
  }

  private isFine(key: string, { version, value }: Versioned): boolean {
    return this.issue(key, version)?.value === value;
  }

  /** Demands that a version was issued, with this value. */
  private known(world: WorldView, server: ServerId, key: string, entry: Versioned, verb: string): void {
    const issue = this.issue(key, entry.version);
    if (issue !== undefined && issue.value === entry.value) return;
    const who = world.servers.includes(server) ? `server ${server}` : `C${server}`;
    const said = `${who} ${verb} ${tellValue(entry.value)} as ${tellVersion(entry.version)} of ${JSON.stringify(key)} at ${at(world.now)}`;
    if (issue === undefined) throw wrong(INVENTED, `${said}, which nobody has issued`, server);
    const message = `${said}, but that version is ${tellValue(issue.value)}, by ${issue.entry === undefined ? `the scene` : tellEntry(issue.entry)} at ${at(issue.at)}`;
    throw wrong(ONE_VALUE, message, server);
  }
}

function nameOf(key: string, { number, writer }: Version): string {
  return `${number} ${writer} ${key}`;
}

function wrong(rule: string, message: string, server: ServerId): SceneFailure {
  return new SceneFailure("wrong", rule, message, server);
}
