import type { Observer } from "../sim";
import type { LogEyes } from "./logs";
import { MessageForm } from "./form";
import { ApplyMonitor } from "./monitors/applies";
import { CampaignMonitor } from "./monitors/campaigns";
import { CommitMonitor } from "./monitors/commits";
import { LeaderCompletenessMonitor } from "./monitors/completeness";
import { CoverageMonitor } from "./monitors/coverage";
import { ForgottenMonitor } from "./monitors/forgotten";
import { LeaderAppendOnlyMonitor } from "./monitors/leader-log";
import { LeadershipMonitor } from "./monitors/leadership";
import { LogMatchingMonitor } from "./monitors/log-matching";
import { PromiseMonitor } from "./monitors/promises";
import { ProposalMonitor } from "./monitors/proposals";
import { ReadMonitor } from "./monitors/reads";
import { LeasePromiseMonitor } from "./monitors/reads-lease";
import { TermMonitor } from "./monitors/terms";
import { VoteMonitor } from "./monitors/votes";

/** All that watches one run. */
export interface Examiner {
  /** What a scene may question. */
  readonly eyes: LogEyes;
  /** In the order in which they are told: the form of a message is checked before anybody reads it. */
  readonly monitors: readonly Observer[];
  readonly coverage: CoverageMonitor;
}

/** How often the service takes a snapshot, and how much larger than need be; see {@link RaftSetup}. */
export interface Snapshots {
  readonly snapshotEvery?: number;
  readonly snapshotPadding?: number;
}

/** New eyes for a new run. */
export function examiner(setup: Snapshots): Examiner {
  const commits = new CommitMonitor({ padding: setup.snapshotPadding ?? 0 });
  const applies = new ApplyMonitor(commits, { snapshotEvery: setup.snapshotEvery ?? 0 });
  const leadership = new LeadershipMonitor();
  const campaigns = new CampaignMonitor();
  const coverage = new CoverageMonitor();
  const monitors = [
    new MessageForm(),
    new TermMonitor(),
    new VoteMonitor(),
    leadership,
    campaigns,
    new LogMatchingMonitor(),
    new LeaderAppendOnlyMonitor(),
    commits,
    new LeaderCompletenessMonitor(commits),
    new ProposalMonitor(leadership, commits),
    applies,
    new PromiseMonitor(commits),
    new ForgottenMonitor(commits),
    new ReadMonitor(commits),
    new LeasePromiseMonitor(),
    coverage,
  ];
  return { eyes: { leadership, campaigns, commits, applies }, monitors, coverage };
}
