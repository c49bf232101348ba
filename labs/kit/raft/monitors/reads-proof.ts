import { equalPlain, type PlainData, type ServerId } from "../../program";

/** A moment, in virtual ms and on the clock of the leader whom it concerns. */
export interface Moment {
  readonly at: number;
  readonly local: number;
}

/** A call to a puppet. */
interface Sent {
  readonly request: PlainData;
  readonly when: Moment;
}

/** So many of the latest calls to a puppet are remembered: no scene holds back more. */
const REMEMBERED = 64;

/**
 * What shows that somebody still led: followers that answered calls of its term, and when they did. A call that was sent after
 * some moment is answered after it, so nobody who waits for such answers is doubted; whoever counts an older answer is found out
 * as long as nothing newer has taken its place.
 */
export class Proofs {
  /** By follower and term: when it last answered the leader of that term. */
  private readonly given = new Map<ServerId, Map<number, Moment>>();
  /** By leader, in its present life, and by term: when those whose answers have reached it gave the latest. */
  private readonly heard = new Map<ServerId, Map<number, Map<ServerId, Moment>>>();
  private readonly toPuppets = new Map<ServerId, Sent[]>();

  /** A server has forgotten all that it heard. */
  boots(server: ServerId): void {
    this.heard.delete(server);
  }

  /** `follower` answers a call of `term` with that term. */
  answers(follower: ServerId, term: number, when: Moment): void {
    mapIn(this.given, follower).set(term, when);
  }

  /** A puppet's answers are not seen when they leave; its leader's calls are. */
  callsPuppet(puppet: ServerId, request: PlainData, when: Moment): void {
    const calls = this.toPuppets.get(puppet) ?? [];
    calls.push({ request, when });
    this.toPuppets.set(puppet, calls.slice(-REMEMBERED));
  }

  /** An answer of `follower` in `term` reaches `leader`; `request` tells which call a puppet has answered. */
  hears(leader: ServerId, term: number, follower: ServerId, request: PlainData): void {
    const calls = this.toPuppets.get(follower);
    const puppet = calls?.findLast((call) => equalPlain(call.request, request))?.when;
    const when = calls === undefined ? this.given.get(follower)?.get(term) : puppet;
    if (when === undefined) return;
    const followers = mapIn(mapIn(this.heard, leader), term);
    if (when.at >= (followers.get(follower)?.at ?? -1)) followers.set(follower, when);
  }

  /** Who, in some term, has told `leader` at such a moment that it follows; of several terms the one with the most. */
  followers(leader: ServerId, such: (when: Moment) => boolean): ServerId[] {
    const terms = [...(this.heard.get(leader)?.values() ?? [])];
    const lists = terms.map((term) => [...term].filter(([, when]) => such(when)).map(([id]) => id));
    return lists.reduce((most, list) => (list.length > most.length ? list : most), []);
  }

  /** The latest moment, on the clock of `leader`, at which `count` others followed it; undefined if there is none. */
  latest(leader: ServerId, count: number): number | undefined {
    const terms = [...(this.heard.get(leader)?.values() ?? [])];
    const times = terms.flatMap((term) => {
      const newest = [...term.values()].map(({ local }) => local).sort((a, b) => b - a);
      return newest[count - 1] ?? [];
    });
    return times.length === 0 ? undefined : Math.max(...times);
  }
}

function mapIn<Key, InnerKey, Value>(maps: Map<Key, Map<InnerKey, Value>>, key: Key): Map<InnerKey, Value> {
  let map = maps.get(key);
  if (map === undefined) maps.set(key, (map = new Map<InnerKey, Value>()));
  return map;
}
