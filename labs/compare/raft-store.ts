import { playKv, type Client, type KvCluster, type KvRequest } from "../kit/kv";
import type { ServerId } from "../kit/program";
import type { Outcome } from "../kit/scene";
import type { Attempt, Operation, Setup, Store, Work } from "./store";
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

  reader(server?: ServerId): ServerId {
    const { read } = this.system;
    if (read !== "follower" && read !== "session") return this.client();
    return this.keep(this.stage.client(server ?? this.readers++ % this.servers.length));
  }

  reach(client: ServerId, ...servers: readonly ServerId[]): void {
    this.stage.connect(this.known(client), ...servers);
  }

  begin(client: ServerId, operation: Operation): Attempt {
    return this.stage.start(client, this.request(operation));
  }

  load(clients: readonly ServerId[], work: Work, body: () => void): Attempt[] {
    // A client tells its last operation whenever it is asked for the next.
    const ended = new Set<Attempt>();
    const busy = clients.map((id) => this.known(id));
    this.stage.underLoad(
      busy,
      ({ id }, n, last) => {
        if (last !== undefined) ended.add(last);
        const operation = work(id, n);
        return operation === undefined ? undefined : this.request(operation);
      },
      body,
    );
    return [...ended];
  }

  ready(): void {
    this.stage.leader();
  }

  leader(): ServerId {
    return this.stage.leader();
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
