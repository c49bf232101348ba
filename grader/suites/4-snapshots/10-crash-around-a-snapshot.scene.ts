import { everySave, scene, type RaftCluster } from "../../../labs/kit/raft";
import { comes, takes, type Leader } from "../2-replication/script";
import { arrives, brings, goesOn, keeps } from "./script";

const THREE = { lab: 4, servers: 3, puppets: [1, 2] } as const;

const PLACES = (["save", "up", "reply"] as const).flatMap((effect) =>
  (["before", "after"] as const).map((when) => ({ effect, when })),
);

/** Waits for the crash that was set; server 0 is back at once. */
function crashes(c: RaftCluster, where: string): void {
  c.until(`${where} of server 0`, () => !c.isUp(0), 100);
  c.restart(0);
}

// Before: nothing has happened. After: all of it. Nothing in between.
scene("a crash at each step of installing a snapshot", { ...THREE, points: 3 }, (c) => {
  const leader: Leader = { id: 1, term: 2, log: Array.from({ length: 60 }, (_, i) => (i < 20 ? 1 : 2)) };
  let end = 0;
  for (const place of PLACES) {
    const upTo = end + 6;
    takes(c, leader, end, end + 2, end);
    c.crashAt({ server: 0, ...place, nth: 1 });
    arrives(c, leader, upTo);
    crashes(c, `a ${place.effect} for a snapshot`);
    brings(c, leader, upTo);
    goesOn(c, upTo, upTo);
    keeps(c, upTo, leader.log.slice(0, upTo));
    takes(c, leader, upTo, upTo + 2, upTo + 1);
    goesOn(c, upTo + 1, upTo);
    end = upTo + 2;
  }
});

// The log is shorter on the disk only when the snapshot is there, too.
scene("a crash around the save of the own snapshot", { ...THREE, points: 2 }, (c) => {
  const leader: Leader = { id: 1, term: 1, log: Array.from({ length: 60 }, () => 1) };
  for (let round = 1; round <= 8; round++) {
    const end = 6 * round;
    takes(c, leader, end - 6, end, end - 2);
    goesOn(c, end - 2, 0);
    const when = round % 2 === 0 ? "before" : "after";
    // Some save what was compacted with the next entry only; some wait for another snapshot.
    c.crashAt({ server: 0, effect: "save", nth: round % 3 === 0 ? 2 : 1, when });
    c.snapshot(0, end - 4);
    if (c.isUp(0)) c.snapshot(0);
    for (const upTo of [end + 1, end + 2]) {
      if (c.isUp(0)) comes(c, leader, end, upTo);
      c.watch(5);
    }
    crashes(c, "one of the saves for a snapshot and some entries");
    takes(c, leader, end, end, end);
    goesOn(c, end, 0);
  }
});

// A follower falls behind, is sent a snapshot, and takes its own: each save of that is a place to crash at.
for (const when of ["before", "after"] as const) {
  const setup = { lab: 4, servers: 3, snapshotEvery: 4, points: 3, share: 0.5, when };
  everySave(`a crash ${when} every save of a run with snapshots`, setup, (c) => {
    c.commit("a", { on: 2 });
    const away = c.servers.find((id) => id !== c.lastLeadership?.server) ?? 0;
    c.isolate(away);
    for (const command of ["b", "c", "d", "e", "f"]) c.commit(command, { on: 2, within: 15_000 });
    c.rejoin(away);
    c.restart(...c.servers);
    c.commit("g", { on: 3 });
    c.agree();
    const seen = Array.from({ length: c.commitIndex }, (_, i) => c.committed(i + 1)?.command);
    for (const command of ["a", "b", "c", "d", "e", "f", "g"]) {
      c.expect(
        seen.includes(command),
        "What is committed is not lost in a crash: a snapshot and the log behind it are saved together (§7)",
        `“${command}” was committed, and is no more: ${JSON.stringify(seen)}`,
      );
    }
  });
}
