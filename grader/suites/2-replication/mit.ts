import type { CommitOptions, RaftCluster } from "../../../labs/kit/raft";

// What MIT's Raft tests have in common.

/** MIT's `one` without a second try: the first proposal that is accepted must be applied by `on` servers within two seconds. */
export function agreeOnce(c: RaftCluster, on: number, command: string | number = c.fresh()): number {
  return c.commit(command, { on, retry: false });
}

/** MIT's `one` with retries: ten seconds, whatever it takes. */
export function agree(c: RaftCluster, on: number, command: string | number = c.fresh()): number {
  const options: CommitOptions = { on };
  return c.commit(command, options);
}

/** The server `steps` behind the leader, by number: MIT's `(leader + steps) % servers`. */
export function after(c: RaftCluster, leader: number, steps: number): number {
  return (leader + steps) % c.servers.length;
}

/** Proposes to one server, which must accept, at `index` if that is given. */
export function accepted(
  c: RaftCluster,
  server: number,
  command: string | number,
  ...indices: number[]
): number {
  const proposal = c.propose(server, command);
  const rule = "A leader appends what a client sends to its log (§5.3; Figure 2, leaders)";
  if (proposal === undefined) {
    c.expect(false, rule, `server ${server} leads, but does not accept ${command}`, server);
    return 0;
  }
  c.expect(
    indices.length === 0 || indices.includes(proposal.index),
    rule,
    `server ${server} puts ${command} at index ${proposal.index}; expected ${indices.join(" or ")}`,
    server,
  );
  return proposal.index;
}

/** An index that follows from what was committed before: nobody appends anything by itself. */
export function atIndex(c: RaftCluster, index: number, expected: number): void {
  c.expect(
    index === expected,
    "Only what is proposed enters the log; Raft itself appends no no-op (contract; MIT 6.5840, BasicAgree)",
    `the command was committed as entry ${index}; expected entry ${expected}`,
  );
}
