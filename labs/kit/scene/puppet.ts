import type { PlainData, ServerId } from "../program";
import { SceneFailure } from "./failure";
import type { Letter, World } from "../sim";

/** Answers requests of one method as they come; undefined leaves a request unanswered. */
export type Responder = (request: PlainData, from: ServerId) => object | undefined;

/**
 * A server without a program, played by the scene: it forges messages and answers as the scene says.
 * The monitors judge what the real servers make of it, never the puppet.
 */
export class Puppet {
  private readonly responders = new Map<string, Responder>();
  private read = 0;
  private readonly replied = new Map<PlainData, PlainData[]>();

  constructor(
    readonly id: ServerId,
    private readonly world: World,
    private readonly run: (ms: number, done: () => boolean) => boolean,
  ) {}

  /** Sends a request and lets time go on; returns it as it travels. */
  send(to: ServerId, method: string, request: object): PlainData {
    return this.world.puppetCall(this.id, to, method, request);
  }

  /**
   * Sends a request and waits for the reply to this very request, at most a virtual second.
   *
   * @returns the reply, or undefined if none came
   */
  ask(to: ServerId, method: string, request: object): PlainData | undefined {
    const first = this.mail.length;
    const sent = this.send(to, method, request);
    const isAnswer = ({ message }: Letter): boolean =>
      message.kind === "reply" && message.from === to && message.request === sent;
    return this.await(isAnswer, first, 1000)?.message.reply;
  }

  /** From now on answers every request of `method`, those that wait included. */
  answer(method: string, responder: Responder): void {
    this.responders.set(method, responder);
    for (const letter of this.mail.slice(0, this.read)) this.respond(letter);
  }

  /** Leaves requests of `method` unanswered again. */
  ignore(method: string): void {
    this.responders.delete(method);
  }

  /** All that came back for a request that was sent, by the object that {@link Puppet.send} returned; oldest first. */
  replies(sent: PlainData): readonly PlainData[] {
    return this.replied.get(sent) ?? [];
  }

  /** Answers one request by hand, as often as wanted. */
  reply(letter: Letter, reply: object): void {
    if (letter.call === undefined) throw new Error("only a request can be answered");
    this.world.puppetReply(this.id, letter.call, reply);
  }

  /** Requests of `method` received so far, oldest first. */
  requests(method: string): readonly Letter[] {
    return this.mail.filter(({ message }) => message.kind === "request" && message.method === method);
  }

  /**
   * Waits for a request of `method` that satisfies `wanted`, at most `within` virtual ms.
   *
   * @throws {@link SceneFailure} “stalled” if none comes
   */
  expectRequest(
    method: string,
    wanted: (request: PlainData, from: ServerId) => boolean,
    within = 5000,
  ): Letter {
    const isWanted = ({ message }: Letter): boolean =>
      message.kind === "request" && message.method === method && wanted(message.request, message.from);
    const letter = this.await(isWanted, this.mail.length, within);
    if (letter !== undefined) return letter;
    throw new SceneFailure(
      "stalled",
      "Things happen when the network lets them (liveness)",
      `no ${method} that the scene waits for reached server ${this.id} within ${within} ms`,
    );
  }

  /** Lets the responders see what has come; the harness calls it after each event. */
  serve(): void {
    const mail = this.mail;
    while (this.read < mail.length) {
      const letter = mail[this.read++] as Letter;
      this.respond(letter);
      this.file(letter);
    }
  }

  /** Waits for the first letter like that, from the `next`-th on; looks at each once, as a noisy server sends thousands. */
  private await(wanted: (letter: Letter) => boolean, next: number, ms: number): Letter | undefined {
    let found: Letter | undefined;
    const look = (): boolean => {
      const mail = this.mail;
      while (found === undefined && next < mail.length) {
        const letter = mail[next++] as Letter;
        if (wanted(letter)) found = letter;
      }
      return found !== undefined;
    };
    this.run(ms, look);
    look();
    return found;
  }

  private get mail(): readonly Letter[] {
    return this.world.mailbox(this.id);
  }

  private respond(letter: Letter): void {
    const { message, call } = letter;
    if (message.kind !== "request" || call === undefined) return;
    const reply = this.responders.get(message.method)?.(message.request, message.from);
    if (reply !== undefined) this.reply(letter, reply);
  }

  private file({ message }: Letter): void {
    if (message.kind !== "reply") return;
    const { request, reply = null } = message;
    this.replied.set(request, [...(this.replied.get(request) ?? []), reply]);
  }
}
