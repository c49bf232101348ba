import { QUORUM_MARKS } from "./quorum/monitors/marks";
import { MARKS, rulesOf as rulesOfRaft } from "./raft/monitors/marks/list";

/** The ids of the rules that a scene of `lab` may exercise: Raft's, up to that lab; or those of quorums, which stand alone. */
export function rulesOf(lab: number): string[] {
  const ofQuorums = QUORUM_MARKS.filter((mark) => mark.lab === lab).map(({ id }) => id);
  return ofQuorums.length > 0 ? ofQuorums : rulesOfRaft(lab);
}

/** What a rule is called; its id if nobody knows it. */
export function titleOf(id: string): string {
  return [...MARKS, ...QUORUM_MARKS].find((mark) => mark.id === id)?.title ?? id;
}
