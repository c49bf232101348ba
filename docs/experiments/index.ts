import { backUp } from "./back-up";
import { batch } from "./batch";
import { blocked } from "./blocked";
import { closeRace } from "./close-race";
import { commitTime } from "./commit-time";
import { copies } from "./copies";
import { crashPlaces } from "./crash-places";
import { deposed } from "./deposed";
import { draws } from "./draws";
import { drift } from "./drift";
import type { Experiment } from "./experiment";
import { fates } from "./fates";
import { figure7 } from "./figure-7";
import { figure8 } from "./figure-8";
import { gossip } from "./gossip";
import { groupCommit } from "./group-commit";
import { halfDone } from "./half-done";
import { houseRules } from "./house-rules";
import { install } from "./install";
import { histories, ladder } from "./ladder";
import { leaderCrashes } from "./leader-crashes";
import { lostFields } from "./lost-fields";
import { missingLink } from "./missing-link";
import { notesExample } from "./notes-example";
import { oldEntries } from "./old-entries";
import { patience } from "./patience";
import { reads } from "./reads";
import { roundTrip } from "./round-trip";
import { sameSeed } from "./same-seed";
import { slowFollower } from "./slow-follower";
import { snapshotInterval } from "./snapshot-interval";
import { steering } from "./steering";
import { terms } from "./terms";
import { twoGroups } from "./two-groups";
import { unknown } from "./unknown";
import { voteRequest } from "./vote-request";
import { window } from "./window";

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
  figure7,
  backUp,
  figure8,
  oldEntries,
  commitTime,
  batch,
  slowFollower,
  fates,
  lostFields,
  crashPlaces,
  groupCommit,
  steering,
  snapshotInterval,
  install,
  copies,
  histories,
  ladder,
  window,
  reads,
  deposed,
  drift,
  leaderCrashes,
  notesExample,
  halfDone,
  blocked,
  unknown,
  gossip,
  sameSeed,
  houseRules,
];
