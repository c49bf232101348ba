import { fold } from "../kit/check/explain";
import type { Conjecture } from "./claim";
import type { Happening } from "./play";
import type { Run } from "./search";

/** A run in numbered sentences, and what became of the claim; no line is longer than 100 columns. */
export function tellStory(conjecture: Conjecture, { played, finding }: Run): string[] {
  const teller = new Teller(conjecture);
  const steps = played.happened.flatMap((happening, i) => teller.tell(happening, i + 1));
  switch (finding.kind) {
    case "refuted":
      return [...steps, "", ...fold(`Why: ${finding.sentence}`, "     ")];
    case "kept":
      return [...steps, "", "The claim holds here."];
    case "undecided":
      return [...steps, "", ...fold(`Nobody can tell: ${finding.sentence}`, "     ")];
    case "broken":
      return [
        ...steps,
        "",
        ...fold(`Then the program breaks a rule: ${finding.rule}`, "     "),
        ...fold(`     ${finding.message}`, "     "),
      ];
  }
}

class Teller {
  private held = "";

  constructor(private readonly conjecture: Conjecture) {}

  tell(happening: Happening, number: number): string[] {
    const head = `${number}. `.padStart(4);
    const lines = [...fold(head + this.sentence(happening), "    ")];
    const { entry, held } = happening;
    if (entry === undefined || held.length === 0) return lines;
    const key = this.conjecture.keys > 1 ? ` of ${entry.request.key}` : "";
    const now = `    The servers now hold${key}: ${held.map((value) => value ?? "-").join(" ")}`;
    if (now === this.held) return lines;
    this.held = now;
    return [...lines, now];
  }

  private sentence({ step, entry, shown, doneAt }: Happening): string {
    const { N } = this.conjecture;
    const all = Array.from({ length: N }, (_, id) => id);
    const name = (id: number): string => (id < N ? `server ${id}` : `C${id}`);
    switch (step.do) {
      case "write":
      case "read": {
        const { by, reach = all, then } = step;
        const what =
          entry?.request.kind === "write" ? `writes ${JSON.stringify(entry.request.value)}` : "reads";
        const key = this.conjecture.keys > 1 ? ` ${step.key}` : "";
        const limit = reach.length === N ? "" : `, reaching ${servers(reach, "only")}`;
        const later =
          then === undefined
            ? ""
            : step.do === "write"
              ? `; its version reaches ${servers(then, "only")}`
              : `; what it sends afterwards reaches ${servers(then, "only")}`;
        return `C${by} ${what}${key}${limit}${step.do === "write" ? later : ""}${
          step.do === "read" ? answers(shown) : ""
        }${end(entry, doneAt)}${step.do === "read" ? later : ""}.`;
      }
      case "finish":
        return `C${step.by} reaches all servers again${end(entry, doneAt)}.`;
      case "crash":
        return `${capital(name(step.server))} crashes.`;
      case "restart":
        return `${capital(name(step.server))} is back, with its disk.`;
      case "part":
        return `${capital(servers(step.servers))} and the others no longer hear of each other.`;
      case "heal":
        return "All servers hear of each other again.";
      case "wait":
        return `${step.ms} ms pass.`;
    }
  }
}

/** How an operation stands when the next step comes. */
function end(entry: Happening["entry"], doneAt: number): string {
  if (entry === undefined) return "";
  const { result, returnedAt } = entry;
  if (result === undefined || returnedAt === undefined || returnedAt > doneAt) return "; it stays open";
  const at = ` at ${returnedAt.toFixed(3)} ms`;
  if (result === "unknown" || result === "failed") return `; it ends as “${result}”${at}`;
  if (!("value" in result)) return `; it is acknowledged${at}`;
  return `; the answer is ${said(result.value)}${at}`;
}

function answers(shown: Happening["shown"]): string {
  if (shown.length === 0) return "";
  return `: ${shown.map(({ replica, value }) => `server ${replica} shows ${said(value)}`).join(", ")}`;
}

function said(value: string | null): string {
  return value === null ? "nothing" : JSON.stringify(value);
}

/** `servers 0 and 2 only` */
function servers(ids: readonly number[], only = ""): string {
  const [last] = ids.slice(-1);
  if (last === undefined) return "nobody";
  const list = ids.length === 1 ? `server ${last}` : `servers ${ids.slice(0, -1).join(", ")} and ${last}`;
  return only === "" ? list : `${list} ${only}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
