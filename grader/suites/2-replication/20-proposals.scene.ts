import { scene, type RaftCluster } from "../../../labs/kit/raft";
import { encourage } from "../1-election/script";
import { accepted } from "./mit";
import { applies, Follower, holds, leads, takes } from "./script";

const THREE = { lab: 2, servers: 3, puppets: [1, 2] } as const;

function declines(c: RaftCluster, what: string): void {
  const taken = c.propose(0);
  c.expect(
    taken === undefined,
    "Clients send their commands to the leader: nobody else takes any (§5.1; contract)",
    `server 0 is ${what}, and takes a command as entry ${taken?.index} of term ${taken?.term}`,
    0,
  );
}

scene("only a leader takes commands", { ...THREE, points: 2 }, (c) => {
  declines(c, "a follower that has just started");
  takes(c, { id: 1, term: 1, log: [1] }, 0, 1);
  declines(c, "a follower");
  holds(c, [1]);
  encourage(c, [1, 2]);
  c.puppet(1).expectRequest("requestVote", () => true);
  declines(c, "a candidate");
  const followers = [1, 2].map((id) => new Follower(c, id, [1]));
  const term = leads(c);
  accepted(c, 0, "taken", 2);
  applies(c, 2);
  followers.forEach((follower) => (follower.hears = () => false));
  const next = { id: 2, term: term + 1, log: [1, term, term + 1] };
  takes(c, { ...next, log: [1, term] }, 1, 1);
  declines(c, "a deposed leader");
  c.expect(
    c.log(0).entries.length === 2,
    "Nobody but a leader appends (§5.3)",
    "server 0's log has grown",
    0,
  );
});

// What a client is told is where its command is, whatever else is under way.
scene("a leader tells index and term of each command", { lab: 2, servers: 5, points: 1 }, (c) => {
  let index = 0;
  for (let generation = 0; generation < 2; generation++) {
    const leader = c.leader();
    const term = c.status(leader)?.term;
    for (let i = 0; i < 4; i++) {
      const taken = c.propose(leader);
      index += 1;
      c.expect(
        taken?.index === index && taken.term === term,
        "propose tells the index and term of the new entry (contract; MIT 6.5840, Start())",
        `server ${leader}, leader of term ${term}, has ${index - 1} entries; it says that the next is entry ${taken?.index} of term ${taken?.term}`,
        leader,
      );
    }
    c.awaitApplied(index, c.running().length - generation);
    c.isolate(leader);
  }
});

// No command is a special case, and two equal ones are two.
scene(
  "any plain data is a command, empty, false or the same again",
  { lab: 2, servers: 3, points: 1 },
  (c) => {
    const commands = [null, false, 0, "", [], {}, "again", "again", { of: [1, { deep: null }] }, -1.5, true];
    const leader = c.leader();
    for (const command of commands) {
      const taken = c.propose(leader, command);
      c.expect(
        taken !== undefined,
        "A leader appends whatever a client sends to its log (§5.3; contract: commands are plain data)",
        `server ${leader} leads, but does not accept the command ${JSON.stringify(command)}`,
        leader,
      );
    }
    c.agree(commands);
  },
);
