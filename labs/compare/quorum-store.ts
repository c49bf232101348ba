import type { ServerId } from "../kit/program";
import { playQuorum, type Coordinator, type QuorumCluster } from "../kit/quorum";
import type { Outcome } from "../kit/scene";
import type { Attempt, Operation, Setup, Store, Work } from "./store";
import type { QuorumSystem } from "./systems";

/** Virtual ms within which a coordinator ends an operation. */
export const TIMEOUT = 1000;

/** Virtual ms that a run may take. */
const LIMIT = 600_000;

/** Lets replicas and coordinators run, watched and judged as in a scene of Lab 6. */
export function playQuorumStore(system: QuorumSystem, setup: Setup, story: (store: Store) => void): Outcome {
  const { subject, seed, clients, ...rest } = setup;
  const { W, R, promise, name } = system;
  const how = {
    lab: 6,
    ...rest,
    coordinators: clients,
    W,
    R,
    promise,
    timeout: TIMEOUT,
    limit: LIMIT,
  } as const;
  return playQuorum(how, { scene: name, subject, seed, options: {} }, (c) => story(new QuorumStore(c)));
}

class QuorumStore implements Store {
  private readonly coordinators = new Map<ServerId, Coordinator>();

  constructor(readonly stage: QuorumCluster) {}

  get servers(): readonly ServerId[] {
    return this.stage.servers;
  }

  client(): ServerId {
    const coordinator = this.stage.coordinator();
    this.coordinators.set(coordinator.id, coordinator);
    return coordinator.id;
  }

  reader(): ServerId {
    return this.client();
  }

  reach(client: ServerId, ...servers: readonly ServerId[]): void {
    this.stage.reach(this.coordinator(client), ...servers);
  }

  begin(client: ServerId, operation: Operation): Attempt {
    return this.stage.start(client, operation);
  }

  load(clients: readonly ServerId[], work: Work, body: () => void): Attempt[] {
    const busy = clients.map((id) => this.coordinator(id));
    return [...this.stage.underLoad(busy, ({ id }, n) => work(id, n), body)];
  }

  ready(): void {
    // Replicas serve from their first moment on.
  }

  leader(): undefined {
    return undefined;
  }

  private coordinator(id: ServerId): Coordinator {
    const coordinator = this.coordinators.get(id);
    if (coordinator === undefined) throw new Error(`there is no coordinator ${id}`);
    return coordinator;
  }
}
