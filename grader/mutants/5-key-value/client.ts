import type { Mutant } from "../mutant";

const CLIENT = { lab: 5, file: "kv/client.ts", section: "§8; thesis, §6.3" } as const;

const ONCE = "A retry is the same request: the same session, the same sequence number";
const FINDS = "A client finds the leader, and tries until it has an answer";
const ITS_OWN = "Only the answer to the present operation ends it";
const EXPIRED =
  "A client whose session has expired does not know what became of its write, and opens another session";
const SESSION = "A client's reads never go back, and see its own writes (ZooKeeper, §2.3)";

const RETRY = "    this.server = next ?? this.inTurn()[0] ?? this.server;\n    this.attempt();\n";

/** Clients that ask twice, believe too much, or give up. */
export const CLIENT_BUGS: readonly Mutant[] = [
  {
    ...CLIENT,
    name: "new-number-for-a-retry",
    edits: [{ find: RETRY, replace: RETRY.replace("this.attempt", "this.sequence += 1;\n    this.attempt") }],
    title: "sends a request that was not answered as a new one",
    symptom: "a write whose answer got lost is executed twice",
    rule: ONCE,
  },
  {
    ...CLIENT,
    name: "one-number-for-all",
    edits: [{ find: "    if (isWrite(request)) this.sequence += 1;\n", replace: "" }],
    title: "gives all requests the number 1",
    symptom: "the second write is taken for the first one, and never executed",
    rule: "Each request of a session has a number of its own",
  },
  {
    ...CLIENT,
    name: "believes-any-answer",
    edits: [
      {
        find: '    request: KvProtocol["clientQuery"]["request"],\n  ): void {\n    if (this.request === undefined || request.hint !== this.operation) return;\n',
        replace:
          '    request: KvProtocol["clientQuery"]["request"],\n  ): void {\n    if (this.request?.kind !== "get" || request.key !== this.request.key) return;\n',
      },
    ],
    title: "takes the late answer to an earlier get for the answer to this one",
    symptom: "a get returns what the key held before the client's own write",
    rule: ITS_OWN,
  },
  {
    ...CLIENT,
    name: "stays-with-the-silent",
    edits: [{ find: RETRY, replace: "    this.attempt();\n" }],
    title: "asks the same server again, however silent it is",
    symptom: "a client of a crashed leader waits until that is back",
    rule: FINDS,
  },
  {
    ...CLIENT,
    name: "asks-once",
    edits: [{ find: RETRY, replace: RETRY.replace("    this.attempt();\n", "") }],
    title: "does not ask again",
    symptom: "an operation whose message got lost never ends",
    rule: FINDS,
  },
  {
    ...CLIENT,
    name: "refusal-is-final",
    bug: 63,
    edits: [
      {
        find: "    const next = this.next(leader);\n",
        replace:
          '    if (leader === undefined) return this.finish("unknown");\n    const next = this.next(leader);\n',
      },
    ],
    title: "gives up when a server knows no leader",
    symptom: "operations fail during an election",
    rule: FINDS,
  },
  {
    ...CLIENT,
    name: "runs-in-circles",
    edits: [
      {
        find: '      this.ctx.setTimer("retry", PAUSE_MS);\n',
        replace: "      this.timer();\n",
      },
    ],
    title: "never pauses while servers refuse",
    symptom: "during an election clients flood the servers",
    rule: "A client pauses when nobody leads (handout)",
  },
  {
    ...CLIENT,
    name: "ends-twice",
    edits: [
      {
        find: '    request: KvProtocol["clientRequest"]["request"],\n  ): void {\n    if (this.request === undefined || request.hint !== this.operation) return;\n',
        replace:
          '    request: KvProtocol["clientRequest"]["request"],\n  ): void {\n    if (request.hint !== this.operation) return;\n',
      },
    ],
    title: "ends an operation once for each answer that arrives",
    symptom: "an answer that comes twice ends an operation that was not begun yet",
    rule: "An operation ends once",
  },
  {
    ...CLIENT,
    name: "executes-again-when-expired",
    edits: [
      {
        find: '        this.session = undefined; // an earlier attempt may have been executed, or none\n        return this.finish("unknown");\n',
        replace: "        this.session = undefined;\n        return this.attempt();\n",
      },
    ],
    title: "sends a write again in a new session when the old one has expired",
    symptom: "a write that was executed before its session expired is executed twice",
    rule: EXPIRED,
  },
  {
    ...CLIENT,
    name: "keeps-the-expired-session",
    edits: [
      {
        find: "        this.session = undefined; // an earlier attempt may have been executed, or none\n",
        replace: "",
      },
    ],
    title: "goes on with a session that has expired",
    symptom: "after that all its writes end as unknown",
    rule: EXPIRED,
  },
  {
    ...CLIENT,
    name: "session-for-each-write",
    edits: [
      {
        find: "    this.request = undefined;\n",
        replace: "    this.request = undefined;\n    this.session = undefined;\n",
      },
    ],
    title: "opens a session for each write",
    symptom: "every write costs two entries of the log, and drives out other clients' sessions",
    rule: "A client keeps its session",
  },
  {
    ...CLIENT,
    name: "takes-the-latest-session",
    edits: [
      {
        find: "    if (this.session !== undefined || request.hint !== this.operation) return; // one is enough\n",
        replace: "    if (request.hint !== this.operation) return;\n",
      },
    ],
    title: "goes on in another session when a second one turns out to have been opened",
    symptom: "a write that was sent in the first session is executed again in the second",
    rule: ONCE,
  },
  {
    ...CLIENT,
    name: "believes-any-answer-to-a-write",
    edits: [
      {
        find: '    request: KvProtocol["clientRequest"]["request"],\n  ): void {\n    if (this.request === undefined || request.hint !== this.operation) return;\n',
        replace:
          '    request: KvProtocol["clientRequest"]["request"],\n  ): void {\n    if (this.request?.kind !== request.write.kind) return;\n',
      },
    ],
    title: "takes the late answer to an earlier write for the answer to this one",
    symptom: "a write is reported as done before anybody has seen it",
    rule: ITS_OWN,
  },
  {
    ...CLIENT,
    name: "follows-every-name",
    edits: [
      {
        find: "    return left.find((id) => id === leader) ?? left[0];\n",
        replace:
          "    if (leader !== undefined && this.ctx.peers.includes(leader)) return leader;\n    return left[0];\n",
      },
    ],
    title: "asks whoever is named, however often it has been refused there",
    symptom: "two servers that name each other keep a client for ever",
    rule: FINDS,
  },
  {
    ...CLIENT,
    name: "asks-strangers",
    edits: [
      {
        find: "    return left.find((id) => id === leader) ?? left[0];\n",
        replace: "    return leader !== undefined && !this.tried.includes(leader) ? leader : left[0];\n",
      },
    ],
    title: "asks a leader that it cannot reach",
    symptom: "a client that knows some of the servers fails as soon as another one leads",
    rule: FINDS,
  },
  {
    ...CLIENT,
    name: "impatient-client",
    bug: 65,
    edits: [{ find: "const PATIENCE_MS = 300;", replace: "const PATIENCE_MS = 30;" }],
    title: "asks again after 30 ms",
    symptom: "silent servers are flooded, and slow ones with them",
    rule: "A client asks ten times a second at most while nobody answers (handout)",
  },
  {
    ...CLIENT,
    name: "sluggish-client",
    edits: [{ find: "const PATIENCE_MS = 300;", replace: "const PATIENCE_MS = 4000;" }],
    title: "waits four seconds for a server that does not answer",
    symptom: "every crash of a leader stops its clients for seconds",
    rule: "A client asks another server after a second at most (handout)",
  },
  {
    ...CLIENT,
    name: "reads-as-it-likes",
    edits: [
      {
        find: "{ key, ...(read === undefined ? {} : { read }), ...atLeast, hint }",
        replace: "{ key, ...atLeast, hint }",
      },
    ],
    title: "does not say how a get is to be answered",
    symptom: "whoever asks for a cheap read pays for a dear one",
    rule: "A get says how it is to be answered (contract)",
  },
  {
    ...CLIENT,
    name: "forgets-what-it-saw",
    challenge: true,
    edits: [
      { find: "    this.seen = Math.max(this.seen, index);\n", replace: "    this.seen = 0 * index;\n" },
    ],
    title: "does not tell servers what it has seen",
    symptom: "a client that changes servers sees an older state than before",
    rule: SESSION,
  },
  {
    ...CLIENT,
    name: "seen-goes-back",
    challenge: true,
    edits: [
      {
        find: "    this.seen = Math.max(this.seen, index);\n",
        replace: '    if (this.request?.kind === "get") this.seen = index;\n',
      },
    ],
    title: "remembers what it read, and not what it wrote",
    symptom: "a client does not see its own write",
    rule: SESSION,
  },
];
