import { scene } from "../../../labs/kit/raft";

// Two of five were down while the others went on; then only one of those is left, and must lead the two.
scene("a minority returns with old disks", { lab: 3, servers: 5, points: 3 }, (c) => {
  const commands: string[] = [];
  const commit = (on: number): void => {
    commands.push(`c${commands.length + 1}`);
    c.commit(commands.at(-1), { on });
  };
  for (let i = 0; i < 3; i++) commit(5);
  const [first = 0, second = 0, survivor = 0, ...others] = c.followers();
  const trio = [survivor, ...c.others(first, second, survivor)];
  c.crash(first, second);
  for (let i = 0; i < 6; i++) commit(3);
  const leader = c.leader();
  c.crash(leader);
  c.restart(leader);
  c.leader();
  for (let i = 0; i < 6; i++) commit(3);

  c.crash(...trio.filter((id) => id !== survivor));
  c.restart(first, second);
  c.expect(
    c.leader() === survivor,
    "Only a server whose log holds all committed entries can win an election (§5.4.1, §5.4.3)",
    `server ${survivor} has 15 entries, servers ${first} and ${second} have 3; who leads is server ${c.leader()}`,
  );
  commit(3);
  c.restart(...others, ...trio);
  commit(5);
  c.agree(commands);
});

// As when a cluster gets a new version: one server at a time, while clients go on.
scene("a rolling restart loses nothing", { lab: 3, servers: 5, points: 2 }, (c) => {
  const commands: string[] = [];
  const commit = (on: number): void => {
    c.leader();
    commands.push(`c${commands.length + 1}`);
    c.commit(commands.at(-1), { on });
  };
  for (let round = 0; round < 2; round++) {
    for (const server of c.servers) {
      c.crash(server);
      commit(4);
      commit(4);
      c.restart(server);
      commit(5);
    }
  }
  c.agree(commands);
});

// Three servers, each down for a third of the time: each entry is on two disks, and each pair has one in common.
scene("two disks of three are enough, whichever two", { lab: 3, servers: 3, points: 2 }, (c) => {
  const commands: string[] = [];
  for (let round = 0; round < 6; round++) {
    const [away = 0] = c.servers.slice(round % 3);
    c.crash(...c.servers);
    c.restart(...c.others(away));
    c.leader();
    for (let i = 0; i < 3; i++) {
      commands.push(`${round}.${i}`);
      c.commit(commands.at(-1), { on: 2 });
    }
  }
  c.restart(...c.servers);
  c.commit("last", { on: 3 });
  c.agree([...commands, "last"]);
});
