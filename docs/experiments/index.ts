import { closeRace } from "./close-race";
import { draws } from "./draws";
import type { Experiment } from "./experiment";
import { houseRules } from "./house-rules";
import { missingLink } from "./missing-link";
import { patience } from "./patience";
import { roundTrip } from "./round-trip";
import { sameSeed } from "./same-seed";
import { terms } from "./terms";
import { twoGroups } from "./two-groups";
import { voteRequest } from "./vote-request";

/** All experiments, in the order in which the pages use them. */
export const EXPERIMENTS: readonly Experiment[] = [
  terms,
  draws,
  roundTrip,
  patience,
  twoGroups,
  closeRace,
  voteRequest,
  missingLink,
  sameSeed,
  houseRules,
];
