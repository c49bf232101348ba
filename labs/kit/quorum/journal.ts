import { isRecord, type PlainData, type ServerId } from "../program";
import { Journal as OfClients, type Entry as OfClient } from "../scene";
import type { WorldEvent, WorldView } from "../sim";
import type { QuorumRequest, QuorumResult } from "./messages";
import { versionProblem } from "./state";
import { tellValue } from "./versions";

/** One operation of one coordinator, from its call to its end. */
export type Entry = OfClient<QuorumRequest, QuorumResult>;

/** Writes down what coordinators were asked, and how it ended. What a crash cut off stays without an end. */
export class Journal extends OfClients<QuorumRequest, QuorumResult> {
  constructor() {
    super({
      name: (coordinator) => `C${coordinator}`,
      tell: tellRequest,
      problem: resultProblem,
      form: "An operation ends with its answer, “failed” or “unknown” (contract, QuorumResult)",
      endsOnce: "A coordinator ends each operation by ctx.done, once (contract)",
    });
  }

  onEvent(_world: WorldView, event: WorldEvent): void {
    if (event.kind === "crash") this.state.open.delete(event.server);
  }

  /** True once `client` has nothing open: the operation has ended, or a crash has ended its coordinator. */
  isOver(entry: Entry): boolean {
    return this.open(entry.client) !== entry;
  }
}

/** A request in words, e.g. `write("x", "1")`. */
export function tellRequest(request: QuorumRequest): string {
  const value = request.kind === "write" ? `, ${tellValue(request.value)}` : "";
  return `${request.kind}(${JSON.stringify(request.key)}${value})`;
}

/** Who asked what, e.g. `C3's read("x")`. */
export function tellEntry({ client, request }: { client: ServerId; request: QuorumRequest }): string {
  return `C${client}'s ${tellRequest(request)}`;
}

function resultProblem(request: QuorumRequest, result: PlainData): string | undefined {
  if (result === "failed") return undefined;
  if (result === "unknown") {
    return request.kind === "read"
      ? `a read that has no answer ends as "failed": it changes nothing`
      : undefined;
  }
  if (!isRecord(result)) return `it must be an answer, "failed" or "unknown"`;
  if (request.kind !== "read") return versionProblem(result.version);
  if (result.value !== null && typeof result.value !== "string") return "needs value, a text or null";
  return result.version === null
    ? result.value === null
      ? undefined
      : "has a value, but no version that it comes from"
    : versionProblem(result.version);
}
