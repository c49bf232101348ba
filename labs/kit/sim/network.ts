import type { RandomStream, ServerId } from "../program";
import type { Message, MessageKind } from "../trace";
import { toMicros, type Micros } from "./clock";
import { RELIABLE, type Quality } from "./quality";
import { deriveStream } from "./seeds";

/** Which messages to hold back; an absent field matches all. */
export interface HoldRule {
  readonly kind?: MessageKind;
  readonly method?: string;
  readonly from?: ServerId;
  readonly to?: ServerId;
}

/** One direction between two servers. */
interface Link {
  readonly from: ServerId;
  readonly to: ServerId;
  cut: boolean;
  /** Its own quality, if it has one. */
  quality: Quality | undefined;
  readonly requests: RandomStream;
  readonly replies: RandomStream;
}

const LOST: readonly Micros[] = [];

/** A long reply takes at least this much longer (ms). */
const LONG_REPLY = 200;

/**
 * Links, cuts and holds. Delays and losses are keyed by link, direction, kind and the number of the message among its
 * kind, so that one more message of one server reshuffles nothing else.
 */
export class Network {
  private base: Quality = RELIABLE;
  private links = new Map<number, Link>();
  private holds: readonly HoldRule[] = [];

  constructor(
    private readonly seed: number,
    private readonly servers: number,
  ) {}

  /** The quality of every link that has none of its own. */
  setQuality(quality: Quality): void {
    this.base = quality;
  }

  /** The quality of one direction of one link; undefined goes back to the common one. */
  setLinkQuality(from: ServerId, to: ServerId, quality: Quality | undefined): void {
    this.link(from, to).quality = quality;
  }

  /** Nothing that goes from `from` to `to` arrives any more. */
  cut(from: ServerId, to: ServerId): void {
    this.link(from, to).cut = true;
  }

  mend(from: ServerId, to: ServerId): void {
    this.link(from, to).cut = false;
  }

  isCut(from: ServerId, to: ServerId): boolean {
    return this.link(from, to).cut;
  }

  hold(rule: HoldRule): void {
    this.holds = [...this.holds, rule];
  }

  /** Forgets all holds. */
  unhold(): void {
    this.holds = [];
  }

  isHeld(message: Message): boolean {
    return this.holds.length > 0 && this.holds.some((rule) => matches(rule, message));
  }

  /**
   * Draws the fate of a message that leaves at `now`.
   *
   * @returns when its copies arrive; none if it is lost
   */
  send({ kind, from, to }: Message, now: Micros): readonly Micros[] {
    const link = this.link(from, to);
    const quality = link.quality ?? this.base;
    const isRequest = kind === "request";
    const stream = isRequest ? link.requests : link.replies;
    // All is drawn, needed or not, so that the n-th message of a link always sees the same numbers.
    const lost = stream.next();
    const copied = stream.next();
    const first = now + transit(quality, isRequest, stream);
    const second = now + transit(quality, isRequest, stream);
    if (lost < (isRequest ? quality.requestLoss : quality.replyLoss)) return LOST;
    return copied < (isRequest ? quality.requestDuplication : quality.replyDuplication)
      ? [first, second]
      : [first];
  }

  /** An independent copy, for a captured world. */
  clone(): Network {
    const copy = new Network(this.seed, this.servers);
    copy.base = this.base;
    copy.holds = this.holds;
    for (const [key, link] of this.links) {
      copy.links.set(key, { ...link, requests: link.requests.clone(), replies: link.replies.clone() });
    }
    return copy;
  }

  private link(from: ServerId, to: ServerId): Link {
    const key = from * this.servers + to;
    let link = this.links.get(key);
    if (link === undefined) {
      const stream = (kind: MessageKind): RandomStream => deriveStream(this.seed, "network", kind, from, to);
      const streams = { requests: stream("request"), replies: stream("reply") };
      this.links.set(key, (link = { from, to, cut: false, quality: undefined, ...streams }));
    }
    return link;
  }
}

function matches(rule: HoldRule, message: Message): boolean {
  return (
    (rule.kind === undefined || rule.kind === message.kind) &&
    (rule.method === undefined || rule.method === message.method) &&
    (rule.from === undefined || rule.from === message.from) &&
    (rule.to === undefined || rule.to === message.to)
  );
}

/** Draws how long one copy of a message is on its way. */
function transit(quality: Quality, isRequest: boolean, stream: RandomStream): Micros {
  const span = isRequest ? quality.requestDelay : quality.replyDelay;
  let ms = stream.between(span.min, span.max);
  const overtaken = stream.next();
  const share = stream.next();
  const long = stream.next();
  if (overtaken < quality.reordering) {
    const { min, max } = quality.reorderDelay;
    ms += min + share * (max - min);
  } else if (quality.tail.scale > 0) {
    // Above the chosen share the draw is uniform again, and above 0.
    const { scale, most } = quality.tail;
    const uniform = 1 - (overtaken - quality.reordering) / (1 - quality.reordering);
    ms += Math.min(most, scale * (1 / Math.sqrt(uniform) - 1));
  }
  if (!isRequest && long < quality.longReplies) {
    // Within the chosen share the draw is uniform again, so it can be used once more: U(0, U(0, spread)).
    ms += LONG_REPLY + (long / quality.longReplies) * share * quality.longReplySpread;
  }
  return Math.max(1, toMicros(ms));
}
