/** A range of times in ms; each message draws its own, uniformly. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

/**
 * What some messages take beyond the usual: `scale` (1 / sqrt(u) - 1) ms for a uniform u, at most `most`. So one in k takes
 * `scale` (sqrt(k) - 1) or more, a Pareto distribution whose mean is `scale` and whose variance is held only by `most`.
 */
export interface Tail {
  /** ms. */
  readonly scale: number;
  /** ms. */
  readonly most: number;
}

/** How well messages of one direction of one link travel. Probabilities are 0 to 1. */
export interface Quality {
  /** One-way time of a request. */
  readonly requestDelay: Span;
  /** One-way time of a reply. */
  readonly replyDelay: Span;
  /** A lost request never reaches its handler. */
  readonly requestLoss: number;
  /** A lost reply was sent: the handler has run. */
  readonly replyLoss: number;
  /** A second copy of the request arrives: the handler runs twice and answers twice. */
  readonly requestDuplication: number;
  /** A second copy of the reply arrives. */
  readonly replyDuplication: number;
  /** This share of all messages takes `reorderDelay` longer, and is overtaken. */
  readonly reordering: number;
  readonly reorderDelay: Span;
  /** This share of the replies takes 200 ms and up to `longReplySpread` more (MIT's long reordering). */
  readonly longReplies: number;
  /** ms; the extra is drawn as U(0, U(0, spread)), so that most are on the short side. */
  readonly longReplySpread: number;
  /** What comes on top for all messages that are not overtaken. */
  readonly tail: Tail;
}

/** A good network: 0.5-2 ms each way, nothing lost. Never 0, so that closed loops let time pass. */
export const RELIABLE: Quality = {
  requestDelay: { min: 0.5, max: 2 },
  replyDelay: { min: 0.5, max: 2 },
  requestLoss: 0,
  replyLoss: 0,
  requestDuplication: 0,
  replyDuplication: 0,
  reordering: 0,
  reorderDelay: { min: 0, max: 0 },
  longReplies: 0,
  longReplySpread: 2000,
  tail: { scale: 0, most: 0 },
};

/** Nothing is lost, but servers and clients are some way apart, as in the towns of a region: 5-15 ms each way. */
export const REGIONAL: Quality = {
  ...RELIABLE,
  requestDelay: { min: 5, max: 15 },
  replyDelay: { min: 5, max: 15 },
};

/** MIT's unreliable network: requests take 0-26 ms, one in ten is lost, and one reply in ten. */
export const UNRELIABLE: Quality = {
  ...RELIABLE,
  requestDelay: { min: 0, max: 26 },
  requestLoss: 0.1,
  replyLoss: 0.1,
};

/** MIT's long reordering on top of the unreliable network: two replies in three take 200-2200 ms. */
export const LONG_REORDERING: Quality = { ...UNRELIABLE, longReplies: 2 / 3 };

/** What MIT's network never does: one message in ten arrives twice, one in five is overtaken. */
export const DUPLICATING: Quality = {
  ...UNRELIABLE,
  requestDuplication: 0.1,
  replyDuplication: 0.1,
  reordering: 0.2,
  reorderDelay: { min: 10, max: 200 },
};

/** Nothing is lost, but a message may be late: mostly by 1 ms or so, one in a hundred by 18 ms, one in 10,000 by almost 200. */
export const HEAVY_TAIL: Quality = { ...RELIABLE, tail: { scale: 2, most: 1000 } };

/** Every message takes exactly 10 ms: what is measured is then a whole number of round trips. */
export const CONSTANT: Quality = {
  ...RELIABLE,
  requestDelay: { min: 10, max: 10 },
  replyDelay: { min: 10, max: 10 },
};

/** The networks that scenes ask for by name. */
export const NETWORKS = {
  reliable: RELIABLE,
  regional: REGIONAL,
  constant: CONSTANT,
  unreliable: UNRELIABLE,
  "long reordering": LONG_REORDERING,
  duplicating: DUPLICATING,
  "heavy tail": HEAVY_TAIL,
} as const;

/** A name in {@link NETWORKS}. */
export type NetworkName = keyof typeof NETWORKS;
