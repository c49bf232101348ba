import { sizeOfPlain, type Effect, type Input, type PlainData, type ServerId } from "../../labs/kit/program";
import type { AppendEntriesReply, AppendEntriesRequest, LogEntry } from "../../labs/kit/raft";
import type { Observer, WorldView } from "../../labs/kit/trace";

/** An entry that was handed to a service. */
export interface Applied {
  /** Virtual ms. */
  readonly at: number;
  readonly server: ServerId;
  readonly index: number;
  readonly entry: LogEntry;
}

/** AppendEntries, as it left its leader. */
export interface Sent {
  readonly at: number;
  readonly from: ServerId;
  readonly to: ServerId;
  readonly request: AppendEntriesRequest;
}

/** Its answer, as it reached the leader. */
export interface Answered extends Sent {
  readonly reply: AppendEntriesReply;
}

/** A service handed down its state, or was handed one. */
export interface Handed {
  readonly at: number;
  readonly server: ServerId;
  readonly index: number;
  /** Size of the state. */
  readonly bytes: number;
}

/** Writes down what servers apply, and what they say to each other about their logs. It judges nothing. */
export class Witness implements Observer {
  readonly applied: Applied[] = [];
  readonly sent: Sent[] = [];
  readonly answered: Answered[] = [];
  /** Snapshots that services took. */
  readonly taken: Handed[] = [];
  /** Snapshots that services were given. */
  readonly restored: Handed[] = [];

  onInput({ now: at }: WorldView, server: ServerId, input: Input): void {
    if (input.kind === "invoke" && input.verb === "snapshot") {
      this.taken.push(handed(at, server, input.args[0], input.args[1]));
    }
    if (input.kind !== "reply" || input.method !== "appendEntries") return;
    const request = input.request as AppendEntriesRequest;
    const reply = input.reply as AppendEntriesReply;
    this.answered.push({ at, from: server, to: input.from, request, reply });
  }

  onEffect({ now: at }: WorldView, server: ServerId, effect: Effect): void {
    if (effect.kind === "call" && effect.method === "appendEntries") {
      this.sent.push({ at, from: server, to: effect.to, request: effect.request as AppendEntriesRequest });
    } else if (effect.kind === "up" && effect.verb === "apply") {
      const [index = 0, term = 0, command = null] = effect.args as [number?, number?, PlainData?];
      this.applied.push({ at, server, index, entry: { term, command } });
    } else if (effect.kind === "up" && effect.verb === "restore") {
      this.restored.push(handed(at, server, effect.args[0], effect.args[2]));
    }
  }

  /** What was applied as entry `index`, by command: who did it first. */
  firstOf(index: number): Applied[] {
    const known = new Map<string, Applied>();
    for (const one of this.applied) {
      const command = JSON.stringify(one.entry.command);
      if (one.index === index && !known.has(command)) known.set(command, one);
    }
    return [...known.values()];
  }

  /** No experiment goes back in time. */
  capture(): undefined {
    return undefined;
  }

  restore(): void {
    throw new Error("a witness cannot be taken back");
  }
}

function handed(at: number, server: ServerId, index?: PlainData, data: PlainData = null): Handed {
  return { at, server, index: Number(index), bytes: sizeOfPlain(data) };
}
