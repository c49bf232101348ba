import {
  kv,
  type KvAnswer,
  type KvCell,
  type KvCluster,
  type KvOperation,
  type KvProtocol,
} from "../../../labs/kit/kv";

// Servers that the scene plays, so that one client with a program can be looked at alone.

type Method = keyof KvProtocol;

/** What a server does with the requests of clients. */
type Part =
  /** It leads: it executes them, and answers. */
  | { readonly kind: "leads" }
  /** It does not answer, as if it were down. */
  | { readonly kind: "silent" }
  /** It does not lead, and says so. */
  | { readonly kind: "refuses"; readonly leader: number | undefined };

/** A request that a server has received. */
export interface Heard {
  /** In virtual ms. */
  readonly at: number;
  readonly server: number;
  readonly method: Method;
  readonly request: object;
  /** Sends the answer that was given, or withheld, when it came; nothing if there was none. */
  send(): void;
}

interface Session {
  readonly sequence: number;
  readonly answer: KvAnswer;
}

const METHODS: readonly Method[] = ["openSession", "clientRequest", "clientQuery"];

/** Puppet servers with one state between them, as if whoever leads had a log that all agree on. They play right servers, always. */
export class Stage {
  /** All that the client has sent, in the order in which it came. */
  readonly heard: Heard[] = [];
  private readonly parts = new Map<number, Part>();
  private readonly cells = new Map<string, KvCell>();
  private readonly sessions = new Map<number, Session | undefined>();
  private withheld: readonly Method[] = [];
  private index = 1;
  private copies = 1;

  /** At first all servers lead, for all that a client can tell. */
  constructor(private readonly c: KvCluster) {
    this.lead(...c.servers);
    for (const server of c.servers) {
      for (const method of METHODS) {
        c.puppet(server).answer(method, (request) => {
          this.take(server, method, request as object);
          return undefined; // it is answered by hand
        });
      }
    }
  }

  // ------------------------------------------------------------------------------------------- directions

  lead(...servers: readonly number[]): void {
    for (const server of servers) this.parts.set(server, { kind: "leads" });
  }

  silence(...servers: readonly number[]): void {
    for (const server of servers) this.parts.set(server, { kind: "silent" });
  }

  /** @param leader - whom it names; undefined: nobody */
  refuse(server: number, leader?: number): void {
    this.parts.set(server, { kind: "refuses", leader });
  }

  /** Whoever leads goes on executing what it is asked, but its answers to these methods do not leave. */
  withhold(...methods: readonly Method[]): void {
    this.withheld = methods;
  }

  /** Ends that; what was withheld stays where it is. */
  proceed(): void {
    this.withheld = [];
  }

  /** From now on each answer is sent so many times. */
  repeat(copies: number): void {
    this.copies = copies;
  }

  /** All sessions have been given up for newer ones. */
  expire(): void {
    this.sessions.clear();
  }

  // ------------------------------------------------------------------------------------------ what it hears

  /** Requests of a method from the `since`-th request on. */
  of(method: Method, since = 0): readonly Heard[] {
    return this.heard.slice(since).filter((heard) => heard.method === method);
  }

  /** Waits until so many requests of a method have come, from the `since`-th request on. */
  await(method: Method, count: number, since: number): readonly Heard[] {
    this.c.until(
      `${method}, sent ${count === 1 ? "at all" : `${count} times`},`,
      () => this.of(method, since).length >= count,
      5000,
      "A client that has no answer asks again, after a second at the latest (handout)",
    );
    return this.of(method, since);
  }

  /** The writes it has heard of, in the order in which they came. */
  writes(): readonly (KvProtocol["clientRequest"]["request"] & { readonly at: number })[] {
    return this.of("clientRequest").map(({ at, request }) => ({
      ...(request as KvProtocol["clientRequest"]["request"]),
      at,
    }));
  }

  private take(server: number, method: Method, request: object): void {
    const part = this.parts.get(server) ?? { kind: "silent" };
    const reply = this.replyOf(part, method, request);
    const puppet = this.c.puppet(server);
    const letter = puppet.requests(method).findLast(({ message }) => message.request === request);
    const send = (): void => {
      if (letter !== undefined && reply !== undefined) puppet.reply(letter, reply);
    };
    this.heard.push({ at: this.c.now, server, method, request, send });
    if (part.kind === "leads" && this.withheld.includes(method)) return;
    for (let copy = 0; copy < this.copies; copy++) send();
  }

  private replyOf(part: Part, method: Method, request: object): object | undefined {
    switch (part.kind) {
      case "silent":
        return undefined;
      case "refuses":
        return part.leader === undefined
          ? { status: "notLeader" }
          : { status: "notLeader", leader: part.leader };
      case "leads":
        return this.execute(method, request);
    }
  }

  // --------------------------------------------------------------------------------------- the state machine

  private execute(method: Method, request: object): object {
    switch (method) {
      case "openSession":
        this.index += 1;
        this.sessions.set(this.index, undefined);
        return { status: "ok", index: this.index, session: this.index };
      case "clientRequest":
        return this.once(request as KvProtocol["clientRequest"]["request"]);
      case "clientQuery": {
        const { key } = request as KvProtocol["clientQuery"]["request"];
        return { status: "ok", index: this.index, answer: this.apply({ kind: "get", key }) };
      }
    }
  }

  private once({ session, sequence, write }: KvProtocol["clientRequest"]["request"]): object {
    this.index += 1;
    const last = this.sessions.get(session);
    if (!this.sessions.has(session) || sequence < (last?.sequence ?? 0)) return { status: "sessionExpired" };
    const answer = last?.sequence === sequence ? last.answer : this.apply(write);
    this.sessions.set(session, { sequence, answer });
    return { status: "ok", index: this.index, answer };
  }

  private apply(operation: KvOperation): KvAnswer {
    const { state, output } = kv.apply(this.cells.get(operation.key) ?? kv.initial, operation);
    this.cells.set(operation.key, state);
    return { version: state.version, ...output };
  }
}

const NUMBERED =
  "A write goes out with the same session and sequence until it is answered, and the next write has the next number (thesis, §6.3; handout)";

/** Each write has one number, and each number one write; the numbers of a session grow. Writes of a scene must differ. */
export function numbered(c: KvCluster, stage: Stage, client: number): void {
  const places = new Map<string, string>();
  const newest = new Map<number, { readonly sequence: number; readonly text: string }>();
  for (const { session, sequence, write } of stage.writes()) {
    const text = kv.tellInput(write);
    const place = `number ${sequence} of session ${session}`;
    const before = places.get(text);
    const again = `client ${client} sends ${text} as ${before}, and again as ${place}`;
    c.expect(before === undefined || before === place, NUMBERED, again, client);
    if (before !== undefined) continue;
    places.set(text, place);
    const known = newest.get(session);
    const after = `client ${client} sends ${text} as ${place}, after ${known?.text} as number ${known?.sequence}`;
    c.expect(known === undefined || sequence > known.sequence, NUMBERED, after, client);
    newest.set(session, { sequence, text });
  }
}
