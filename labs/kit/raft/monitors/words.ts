import { textOfPlain, type PlainData, type ServerId } from "../../program";
import { SceneFailure } from "../../scene";

/** “server 1”, “servers 0, 1 and 2”, “no server”. */
export function named(servers: readonly ServerId[]): string {
  const last = servers.at(-1);
  if (last === undefined) return "no server";
  if (servers.length === 1) return `server ${last}`;
  return `servers ${servers.slice(0, -1).join(", ")} and ${last}`;
}

/** Plain data as messages show it: not more than a line of it. */
export function shown(data: PlainData | undefined): string {
  if (data === undefined) return "nothing";
  const text = textOfPlain(data);
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
}

/** A broken rule. */
export function wrong(rule: string, message: string, server: ServerId): SceneFailure {
  return new SceneFailure("wrong", rule, message, server);
}
