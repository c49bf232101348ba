import type { PlainData, RandomStream, ServerId } from "../program";
import { toMicros, type Micros } from "./clock";
import { RELIABLE, type Quality } from "./quality";
import { deriveStream } from "./seeds";

/** A request or a reply. */
export type MessageKind = "request" | "reply";

/** A message on the wire. `from` and `to` are its own: a reply travels from the answering server to the caller. */
export interface Message {
  readonly kind: MessageKind;
  readonly from: ServerId;
  readonly to: ServerId;
  readonly method: string;
  readonly request: PlainData;
  /** Of a reply. */
  readonly reply?: PlainData;
  /** The life of the caller that a reply belongs to; a later life never hears it. */
  readonly life: number;
}

/** Which messages to hold back; an absent field matches all. */
export interface HoldRule {
  readonly kind?: MessageKind;
  readonly method?: string;
  readonly from?: ServerId;
  readonly to?: ServerId;
}

/** How a message fares: when its copies arrive (none if it is lost). */
export interface Fate {
  readonly arrivals: readonly Micros[];
}

/** Draws per message, used or not: the n-th message of a link always sees the same numbers. */
const DRAWS = 7;

/**
 * Links, cuts and holds. Delays and losses are keyed by link, direction and the number of the message on it, so
 * that one more message of one server reshuffles nothing else.
 */
export class Network {
  private base: Quality = RELIABLE;
  private readonly qualities = new Map<string, Quality>();
  private readonly streams = new Map<string, RandomStream>();
  private readonly cuts = new Set<string>();
  private holds: HoldRule[] = [];

  constructor(private readonly seed: number) {}

  /** The quality of every link that has none of its own. */
  setQuality(quality: Quality): void {
    this.base = quality;
  }

  /** The quality of one direction of one link; undefined goes back to the common one. */
  setLinkQuality(from: ServerId, to: ServerId, quality: Quality | undefined): void {
    if (quality === undefined) this.qualities.delete(link(from, to));
    else this.qualities.set(link(from, to), quality);
  }

  /** Nothing that goes from `from` to `to` arrives any more. */
  cut(from: ServerId, to: ServerId): void {
    this.cuts.add(link(from, to));
  }

  mend(from: ServerId, to: ServerId): void {
    this.cuts.delete(link(from, to));
  }

  isCut(from: ServerId, to: ServerId): boolean {
    return this.cuts.size > 0 && this.cuts.has(link(from, to));
  }

  hold(rule: HoldRule): void {
    this.holds = [...this.holds, rule];
  }

  /** Forgets all holds. */
  unhold(): void {
    this.holds = [];
  }

  isHeld(message: Message): boolean {
    return this.holds.some(
      (rule) =>
        (rule.kind === undefined || rule.kind === message.kind) &&
        (rule.method === undefined || rule.method === message.method) &&
        (rule.from === undefined || rule.from === message.from) &&
        (rule.to === undefined || rule.to === message.to),
    );
  }

  /** Draws the fate of a message that leaves at `now`. */
  send(message: Message, now: Micros): Fate {
    const quality = this.qualities.get(link(message.from, message.to)) ?? this.base;
    const draws = this.draw(message);
    const isRequest = message.kind === "request";
    if (draws[0] < (isRequest ? quality.requestLoss : quality.replyLoss)) return { arrivals: [] };
    const twice = draws[1] < (isRequest ? quality.requestDuplication : quality.replyDuplication);
    const first = now + transit(quality, isRequest, [draws[2], draws[3], draws[4], draws[5]]);
    if (!twice) return { arrivals: [first] };
    // The copy is delayed like the first one, with the draws in another order.
    return { arrivals: [first, now + transit(quality, isRequest, [draws[6], draws[5], draws[3], draws[2]])] };
  }

  private draw(message: Message): readonly [number, number, number, number, number, number, number] {
    const key = `${message.kind} ${link(message.from, message.to)}`;
    let stream = this.streams.get(key);
    if (stream === undefined) {
      stream = deriveStream(this.seed, "network", message.kind, message.from, message.to);
      this.streams.set(key, stream);
    }
    const out: number[] = new Array<number>(DRAWS);
    for (let i = 0; i < DRAWS; i++) out[i] = stream.next();
    return out as [number, number, number, number, number, number, number];
  }

  /** An independent copy, for a captured world. */
  clone(): Network {
    const copy = new Network(this.seed);
    copy.base = this.base;
    for (const [key, quality] of this.qualities) copy.qualities.set(key, quality);
    for (const [key, stream] of this.streams) copy.streams.set(key, stream.clone());
    for (const key of this.cuts) copy.cuts.add(key);
    copy.holds = this.holds;
    return copy;
  }
}

function link(from: ServerId, to: ServerId): string {
  return `${from}>${to}`;
}

function transit(quality: Quality, isRequest: boolean, draws: readonly [number, number, number, number]): Micros {
  const span = isRequest ? quality.requestDelay : quality.replyDelay;
  let ms = span.min + draws[0] * (span.max - span.min);
  if (draws[1] < quality.reordering) {
    ms += quality.reorderDelay.min + draws[2] * (quality.reorderDelay.max - quality.reorderDelay.min);
  }
  if (!isRequest && draws[3] < quality.longReplies) {
    // Within the chosen share the draw is uniform again, so it can be used once more.
    const again = draws[3] / quality.longReplies;
    ms += 200 + again * draws[2] * quality.longReplySpread;
  }
  return Math.max(1, toMicros(ms));
}
