import { playQuorumStore } from "./quorum-store";
import { playRaftStore } from "./raft-store";
import { CompareError, type Setup, type Store } from "./store";
import { tellSystem, type System } from "./systems";

/**
 * Lets a system run once while `story` happens, under the eyes of all monitors of its lab.
 *
 * @throws {@link CompareError} if the program breaks a rule: what is measured would be worthless
 */
export function run<T>(system: System, setup: Setup, story: (store: Store) => T): T {
  let told: { readonly value: T } | undefined;
  const tell = (store: Store): void => void (told = { value: story(store) });
  const outcome =
    system.kind === "raft" ? playRaftStore(system, setup, tell) : playQuorumStore(system, setup, tell);
  const { verdict, failure } = outcome;
  if (verdict === "accepted" && told !== undefined) return told.value;
  const lab = system.kind === "raft" ? 5 : 6;
  throw new CompareError(
    `${tellSystem(system.name, setup.servers)}, seed ${setup.seed}: ${failure?.rule ?? ""} (${verdict})\n` +
      `${failure?.message ?? ""}\n` +
      `Only what keeps the rules can be compared: first pass \`npm run lab -- ${lab}\`.`,
  );
}
