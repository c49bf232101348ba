/**
 * The accepted variants keep the examiner fair: each is right in another way than the reference, and
 * `npm run variants` demands that no scene accuses one of them.
 *
 * @module
 */
import { COORDINATORS } from "./coordinators";
import { ELECTIONS } from "./elections";
import { LOGS } from "./logs";
import { REPLICAS } from "./replicas";
import { SAVING } from "./saving";
import { SENDING } from "./sending";
import { SERVICES } from "./services";
import { TIMING } from "./timing";
import type { Variant } from "./variant";

export type { EditedVariant, FileEdits, Variant, WholeVariant } from "./variant";

const LABS = [1, 2, 3, 4];

/** All accepted variants: those with a program of their own first. */
export const ACCEPTED: readonly Variant[] = [
  whole("always-prevote", "asks for pre-votes and checks its quorum, whatever the options say", [1]),
  whole("backoff", "four small files; a lost election doubles the range of the next timeout", [1]),
  whole("eager-send", "sends first and saves after, as far as that is allowed", [1]),
  whole("group-commit", "saves once for all that 5 ms bring, and answers afterwards", [1]),
  whole(
    "natural-batches",
    "a program of its own; what comes while a call is under way goes in the next",
    LABS,
  ),
  whole("plain", "a program of its own, as short as the handouts allow; no pre-vote", [2, 3, 4, 5]),
  {
    ...whole(
      "ring",
      "a program of its own; asks no more replicas than it needs, numbers each key by itself, and passes news round a ring",
      [6],
    ),
    unchallenged: true,
  },
  whole("silent", "never answers a request of an older term", [1]),
  whole("small-classes", "small classes with private names; no variable tells its role", [1]),
  whole(
    "stop-and-wait",
    "a program of its own; one batch at a time, and snapshots only after a refusal",
    LABS,
  ),
  whole("tick", "one tick of 10 ms instead of timers", [1]),
  {
    ...whole(
      "whole-lists",
      "a program of its own, as short as the handout allows; replicas that differ send all that they have",
      [6],
    ),
    unchallenged: true,
  },
  ...ELECTIONS,
  ...TIMING,
  ...SENDING,
  ...SAVING,
  ...LOGS,
  ...SERVICES,
  ...COORDINATORS,
  ...REPLICAS,
];

function whole(name: string, title: string, labs: readonly number[]): Variant {
  return { name, title, labs, folder: name };
}
