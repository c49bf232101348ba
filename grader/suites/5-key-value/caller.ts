import type { KvAnswer, KvCluster, KvProtocol, KvWrite, ReadMode } from "../../../labs/kit/kv";
import { shown } from "../1-election/script";

// What a client without a program says to real servers, and what it demands of the answers.

type Answer = KvProtocol["clientRequest"]["reply"] | KvProtocol["clientQuery"]["reply"];

/** A request that is on its way, or was answered. */
export interface Asked {
  /** When it was sent, in virtual ms. */
  readonly at: number;
  /** The answer, as soon as there is one; with copies on the way there may be more. */
  readonly answers: () => readonly Answer[];
}

const ANSWERS = "The leader answers its clients (§8)";

/** A client that the scene plays, so that it says what it likes to whom it likes; nobody judges it. */
export class Caller {
  constructor(
    private readonly c: KvCluster,
    readonly id: number,
  ) {}

  /** Opens a session at a server that leads. @returns its number */
  open(server: number): number {
    const reply = this.puppet.ask(server, "openSession", {}) as
      KvProtocol["openSession"]["reply"] | undefined;
    const session = reply?.status === "ok" ? reply.session : undefined;
    this.c.expect(
      session !== undefined,
      ANSWERS,
      `server ${server} leads, and answers ${shown(reply)} to openSession`,
      server,
    );
    return session ?? 0;
  }

  /** Sends a write and waits for its answer, at most a virtual second. */
  write(server: number, session: number, sequence: number, write: KvWrite): Answer | undefined {
    const request = { session, sequence, write };
    return this.puppet.ask(server, "clientRequest", request) as Answer | undefined;
  }

  /** A write that must be answered as done. @returns what was answered */
  writes(server: number, session: number, sequence: number, write: KvWrite): KvAnswer {
    return this.done(
      server,
      this.write(server, session, sequence, write),
      `request ${sequence} of session ${session}`,
    );
  }

  /** A get that must be answered. */
  reads(server: number, key: string, read?: ReadMode): KvAnswer {
    const request = { key, ...(read === undefined ? {} : { read }) };
    const reply = this.puppet.ask(server, "clientQuery", request) as Answer | undefined;
    return this.done(server, reply, `a get in mode ${read ?? "of its choice"}`);
  }

  /** Sends a write and does not wait. */
  sendWrite(server: number, session: number, sequence: number, write: KvWrite): Asked {
    return this.send(server, "clientRequest", { session, sequence, write });
  }

  /** Sends a get and does not wait. */
  sendRead(server: number, key: string, read?: ReadMode): Asked {
    return this.send(server, "clientQuery", { key, ...(read === undefined ? {} : { read }) });
  }

  private send(server: number, method: string, request: object): Asked {
    const sent = this.puppet.send(server, method, request);
    return { at: this.c.now, answers: () => this.puppet.replies(sent) as Answer[] };
  }

  private done(server: number, reply: Answer | undefined, what: string): KvAnswer {
    const answer = reply?.status === "ok" ? reply.answer : undefined;
    this.c.expect(
      answer !== undefined,
      ANSWERS,
      `server ${server} answers ${shown(reply)} to ${what}`,
      server,
    );
    return answer ?? { version: -1 };
  }

  private get puppet(): ReturnType<KvCluster["puppet"]> {
    return this.c.puppet(this.id);
  }
}

/** The answer to a get that was given, if one was. */
export function answered({ answers }: Asked): KvAnswer | undefined {
  for (const reply of answers()) if (reply.status === "ok") return reply.answer;
  return undefined;
}
