import { playKv, type Client, type KvAnswer, type KvCluster, type KvRequest } from "../kit/kv";
import type { ServerId } from "../kit/program";
import type { Outcome } from "../kit/scene";
import { isServed, type Attempt, type Operation, type Setup, type Store, type Work } from "./store";
import type { RaftSystem } from "./systems";

/** Virtual ms that a run may take. */
const LIMIT = 600_000;

/** Lets Raft and the key/value service run, watched and judged as in a scene of Lab 5. */
export function playRaftStore(system: RaftSystem, setup: Setup, story: (store: Store) => void): Outcome {
  const { subject, seed, servers, clients, network, service } = setup;
  const how = {
    lab: 5,
    servers,
    clients,
    limit: LIMIT,
    options: { lease: system.read === "lease" },
    ...(network === undefined ? {} : { network }),
    ...(service === undefined ? {} : { service }),
  };
  return playKv(how, { scene: system.name, subject, seed, options: {} }, (c) =>
    story(new RaftStore(c, system)),
  );
}

class RaftStore implements Store {
  private readonly clients = new Map<ServerId, Client>();
  private readers = 0;

  constructor(
    readonly stage: KvCluster,
    private readonly system: RaftSystem,
  ) {}

  get servers(): readonly ServerId[] {
    return this.stage.servers;
  }

  client(): ServerId {
    return this.keep(this.stage.client());
  }

  reader(): ServerId {
    const { read } = this.system;
    if (read !== "follower" && read !== "session") return this.client();
    return this.keep(this.stage.client(this.readers++ % this.servers.length));
  }

  reach(client: ServerId, ...servers: readonly ServerId[]): void {
    this.stage.connect(this.known(client), ...servers);
  }

  begin(client: ServerId, operation: Operation): Attempt {
    return this.stage.start(client, this.request(operation));
  }

  load(clients: readonly ServerId[], work: Work, body: () => void): Attempt[] {
    const attempts: Attempt[] = [];
    const busy = clients.map((id) => this.known(id));
    this.stage.underLoad(
      busy,
      ({ id }, n, last) => {
        // The last one is told when the next is asked for; the very last of each client is of no account.
        if (last !== undefined && attempts.at(-1) !== last) attempts.push(last);
        const operation = work(id, n);
        return operation === undefined ? undefined : this.request(operation);
      },
      body,
    );
    return [...new Set(attempts)];
  }

  ready(): void {
    this.stage.leader();
  }

  leader(): ServerId {
    return this.stage.leader();
  }

  isOlder(a: Attempt, b: Attempt): boolean {
    return isServed(a) && isServed(b) && (a.result as KvAnswer).version < (b.result as KvAnswer).version;
  }

  private request(operation: Operation): KvRequest {
    const { kind, key } = operation;
    return kind === "read"
      ? { kind: "get", key, read: this.system.read }
      : { kind: "put", key, value: operation.value };
  }

  private keep(client: Client): ServerId {
    this.clients.set(client.id, client);
    return client.id;
  }

  private known(id: ServerId): Client {
    const client = this.clients.get(id);
    if (client === undefined) throw new Error(`there is no client ${id}`);
    return client;
  }
}
