import {
  everySave,
  type Coordinator,
  type QuorumCluster,
  type QuorumRequest,
} from "../../../labs/kit/quorum";

const STORY: readonly QuorumRequest[] = [
  { kind: "write", key: "x", value: "1" },
  { kind: "write", key: "y", value: "1" },
  { kind: "read", key: "x" },
  { kind: "write", key: "x", value: "2" },
  { kind: "delete", key: "y" },
  { kind: "read", key: "y" },
  { kind: "write", key: "x", value: "3" },
];

/** Two coordinators take turns; whoever crashes, the monitors see what is lost. */
function story(c: QuorumCluster): void {
  const coordinators = c.coordinators(2);
  const turn = ({ id }: Coordinator): void => c.until(`the restart of C${id}`, () => c.isUp(id));
  for (const [i, request] of STORY.entries()) {
    const coordinator = coordinators[i % 2];
    if (coordinator === undefined) continue;
    turn(coordinator);
    coordinator.ask(request);
  }
  for (const coordinator of coordinators) {
    turn(coordinator);
    coordinator.ask({ kind: "write", key: "x", value: `last of C${coordinator.id}` });
  }
  c.until("the restart of all", () =>
    [...c.servers, ...coordinators.map(({ id }) => id)].every((id) => c.isUp(id)),
  );
  for (const coordinator of coordinators) {
    for (const key of ["x", "y"]) {
      turn(coordinator);
      const read = coordinator.start({ kind: "read", key });
      c.settle([read]);
      if (read.result !== undefined) c.answered(read); // a coordinator that saves when it reads has crashed
    }
  }
}

const SETUP = { lab: 6, servers: 3, coordinators: 2, points: 2, share: 0.5 } as const;

everySave("a crash before every save", { ...SETUP, when: "before" }, story);
everySave("a crash after every save", { ...SETUP, when: "after" }, story);
