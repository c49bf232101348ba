import type { ServerId } from "../../program";
import { at, type SceneFailure } from "../../scene";
import { named, wrong } from "./words";

/** The highest entry that anybody had applied. */
export interface Applied {
  readonly index: number;
  readonly server: ServerId;
  /** Virtual ms. */
  readonly at: number;
}

/** A question that a server was asked: by its service, or by a follower. */
export interface Question {
  /** The follower, if one asks. */
  readonly from: ServerId | undefined;
  /** Virtual ms. */
  readonly at: number;
  /** The same on the clock of the server that was asked. */
  readonly local: number;
  /** A lease would do. */
  readonly lease: boolean;
  /** What had been applied by then: so far the index must reach. */
  readonly applied: Applied | undefined;
}

/** What can be said of an answer, when it is given. */
export interface Given {
  readonly server: ServerId;
  readonly question: Question;
  readonly index: number;
  readonly now: number;
  /** The term that the server leads; undefined if it follows. */
  readonly leads: number | undefined;
  /** No entry of that term is committed, as far as the server has shown. */
  readonly early: boolean;
  /** Since the question came they have confirmed that they follow. */
  readonly confirming: readonly ServerId[];
  /** What a lease was worth; undefined where a lease would not do. */
  readonly lease: { readonly lasts: number; readonly age: number | undefined } | undefined;
  /** The answer rests on something. */
  readonly founded: boolean;
}

const COVERS =
  "A read index is not below anything that was committed when the read came (thesis, §6.4, steps 1 and 2)";
const CONFIRMED =
  "A leader that answers a read without the log first hears from a majority, in calls sent since the read came (thesis, §6.4, step 3)";
const LEASED =
  "A lease counts from when the calls were sent that a majority has answered, and is shorter than an election timeout by what " +
  "clocks may drift (thesis, §6.4.1)";
const FORWARDED = "A follower asks its leader for a read index, anew for each read (thesis, §6.4)";
const ANSWERED_ONCE = "Each question has a token and is answered once at most (handout; Reading.readIndex)";

/** The index is too low: the read would miss something. */
export function missed(given: Given, { index, server, at: when }: Applied): SceneFailure {
  return wrong(
    COVERS,
    `${what(given)}, but entry ${index} was committed by then: server ${server} had applied it at ${at(when)}. ${cause(given)}`,
    given.server,
  );
}

function cause(given: Given): string {
  const { server, leads, early, founded } = given;
  if (leads === undefined) {
    return founded
      ? "The leader was asked and said more: so this index comes from before the read"
      : "No leader was asked since the read came";
  }
  if (early) {
    return (
      `Server ${server} leads term ${leads}, and no entry of that term is committed yet: until one is, a new leader does not know ` +
      `how much of its log is. A no-op at the start of each term settles it`
    );
  }
  if (founded) {
    return `Its leadership is confirmed: so the index was noted too early, before the read came or before an entry of term ${leads} was committed`;
  }
  return `Since the read came ${confirmed(given)}: it is deposed, and others have gone on without it`;
}

/** The index may do, but by luck. */
export function unfounded(given: Given): SceneFailure {
  const { server, leads, lease } = given;
  if (leads === undefined) {
    const message = `${what(given)}, and has no answer from a leader that it asked since: what a follower knows of the log may be old`;
    return wrong(FORWARDED, message, server);
  }
  const message = `${what(given)}, but since then ${confirmed(given)}: a leader that was deposed would say the same`;
  if (lease === undefined) return wrong(CONFIRMED, message, server);
  const worth = `a lease lasts ${lease.lasts.toFixed(1)} ms here on its own clock`;
  const age =
    lease.age === undefined
      ? "no majority has answered it yet"
      : `the latest calls that a majority has answered had reached these servers ${lease.age.toFixed(1)} ms before`;
  return wrong(LEASED, `${message}; and ${worth}, but when the read came ${age}`, server);
}

/** Nobody asked. */
export function unasked(server: ServerId, token: number, now: number, answered: boolean): SceneFailure {
  const why = answered ? "but has answered that before" : "but nobody has asked that in its present life";
  return wrong(ANSWERED_ONCE, `server ${server} answers readIndex(${token}) at ${at(now)}, ${why}`, server);
}

function what({ server, question, index, now }: Given): string {
  const asked = question.from === undefined ? "the read" : `server ${question.from}'s requestReadIndex`;
  return `server ${server} answers ${asked} of ${at(question.at)} with index ${index} at ${at(now)}`;
}

function confirmed({ confirming, leads }: Given): string {
  if (confirming.length === 0) return `nobody has answered a call of its term ${leads}`;
  return `only ${named(confirming)} ${confirming.length === 1 ? "has" : "have"} answered a call of its term ${leads}`;
}
