import { scene, type ReadMode } from "../../../labs/kit/kv";
import { shown } from "../1-election/script";
import { Caller } from "./caller";

const CALLER = 3;

const TELLS = "`index` says how far the server had applied the log when it answered (contract, KvProtocol)";

const MODES: readonly (ReadMode | undefined)[] = ["log", "readIndex", "lease", "follower", undefined];

/** What stands in every answer that is none of the refusals. */
interface Numbered {
  readonly status: string;
  readonly index?: number;
}

scene(
  "answers say how much is applied",
  { lab: 5, servers: 3, clients: 2, puppets: [CALLER], maxStateBytes: 1000, points: 2 },
  (c) => {
    const caller = new Caller(c, CALLER);
    const puppet = c.puppet(CALLER);
    const other = c.client();
    for (let round = 1; round <= 3; round++) {
      const leader = c.leader();
      let last = 0;
      /** `isNew`: it takes an entry of the log. */
      const ask = (method: string, request: object, isNew = false): void => {
        const committed = c.commitIndex + (isNew ? 1 : 0);
        const reply = puppet.ask(leader, method, request) as Numbered | undefined;
        const { index = -1 } = reply ?? {};
        const most = c.lastApplied(leader);
        c.expect(
          reply?.status === "ok" && index >= Math.max(last, committed) && index <= most,
          TELLS,
          `server ${leader} answers ${shown(reply)} to ${method}; ${c.commitIndex} entries are committed, ` +
            `${committed} ${isNew ? "with its own" : "when it was asked"}; it had named ${last} before, and has applied ${most}`,
          leader,
        );
        last = Math.max(last, index);
      };
      const session = caller.open(leader);
      for (let i = 1; i <= 5; i++) {
        ask("openSession", {}, true);
        ask("clientRequest", { session, sequence: i, write: { kind: "append", key: "x", value: "." } }, true);
        ask("clientRequest", { session, sequence: i, write: { kind: "append", key: "x", value: "." } });
        for (const read of MODES) ask("clientQuery", { key: "x", ...(read === undefined ? {} : { read }) });
        for (let j = 0; j < 5; j++) other.put("y", `${j}`);
      }
      c.crash(leader);
      c.leader();
      c.restart(leader);
    }
  },
);
