import type { Verdict } from "../../labs/kit/scene/outcome";
import { apply, type Edit } from "../mutants";
import type { Tree } from "../mutation/tree";
import type { Bait } from "./bait";

/** What becomes of an attack, in every scene that it is played in. */
export type Expectation =
  /** It reaches nothing, and the program works: full marks. */
  | "harmless"
  /** No points, with one of these verdicts, and a message that looks so. */
  | { readonly verdicts: readonly Verdict[]; readonly says?: RegExp }
  /** What happens to the program itself is of no account: any of these verdicts, `accepted` perhaps among them. */
  | { readonly either: readonly Verdict[] };

/** A program that attacks the grader, its neighbours or the marks. */
export interface Attack {
  /** In kebab-case; unique. */
  readonly name: string;
  /** What it tries, in a few words. */
  readonly tries: string;
  /** Its files, made from those of the reference. */
  readonly tree: (reference: Tree, bait: Bait) => Tree;
  readonly expect: Expectation;
  /**
   * Where nothing stands between program and grader it would reach its aim, or harm the process that it runs in: it is
   * played in a sandbox only.
   */
  readonly sandboxOnly?: true;
}

/** Code to be put into the reference's Raft; it works on unless the code keeps it from that. */
export interface Insertions {
  /** At the top of the module, behind the imports. */
  readonly load?: string;
  /** At the end of the constructor; `saved` is in reach. */
  readonly construct?: string;
  /** At the beginning of `timer(name)`. */
  readonly timer?: string;
  /** At the beginning of `requestVote(_from, request)`. */
  readonly vote?: string;
  /** At the beginning of `appendEntries(_from, request)`. */
  readonly append?: string;
  /** At the beginning of `status()`. */
  readonly status?: string;
  /** In place of the fields of a vote request that a candidate sends: `{ ...candidacy }`. */
  readonly candidacy?: string;
  /** In place of a voter's answer: `{ term, voteGranted }`. */
  readonly answer?: string;
  /** In place of what is saved: `{ currentTerm, votedFor, log, snapshot }`. */
  readonly state?: string;
  /** Further edits of `raft/raft.ts`. */
  readonly edits?: readonly Edit[];
  /** Further files, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

const RAFT = "raft/raft.ts";

/** Where each kind of code goes; `§` is its place. */
const PLACES: Readonly<Record<Exclude<keyof Insertions, "edits" | "files">, Edit>> = {
  load: {
    find: "/** A leader sends heartbeats this often",
    replace: "§\n/** A leader sends heartbeats this often",
  },
  construct: {
    find: "    this.restartElectionTimer();\n  }\n\n  status(): RaftStatus {\n",
    replace: "    this.restartElectionTimer();\n§\n  }\n\n  status(): RaftStatus {\n",
  },
  status: { find: "  status(): RaftStatus {\n", replace: "  status(): RaftStatus {\n§\n" },
  timer: { find: "  timer(name: string): void {\n", replace: "  timer(name: string): void {\n§\n" },
  vote: {
    find: "requestVote(_from: ServerId, request: RequestVoteRequest): RequestVoteReply {\n",
    replace: "requestVote(_from: ServerId, request: RequestVoteRequest): RequestVoteReply {\n§\n",
  },
  append: {
    find: "appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {\n",
    replace: "appendEntries(_from: ServerId, request: AppendEntriesRequest): AppendEntriesReply {\n§\n",
  },
  candidacy: {
    find: 'this.ctx.call(peer, "requestVote", this.candidacy(this.currentTerm));',
    replace:
      'const candidacy: any = this.candidacy(this.currentTerm);\nthis.ctx.call(peer, "requestVote", §);',
  },
  answer: {
    find: "    return { term: this.currentTerm, voteGranted };\n  }\n\n  /** First",
    replace: "    const term = this.currentTerm;\n    return §;\n  }\n\n  /** First",
  },
  state: {
    find: "this.ctx.save({ currentTerm, votedFor, log: log.entries, snapshot: log.snapshot });",
    replace:
      "const state: any = { currentTerm, votedFor, log: log.entries, snapshot: log.snapshot };\nthis.ctx.save(§);",
  },
};

/**
 * The reference with code in its Raft. In the code, `@file@`, `@folder@`, `@port@`, `@variable@` and `@course@` stand for the bait.
 *
 * @throws Error (when it is made) if the reference has moved under it
 */
export function raft({ edits = [], files = {}, ...codes }: Insertions): Attack["tree"] {
  return (reference, bait) => {
    const inserted = (Object.keys(PLACES) as (keyof typeof PLACES)[]).flatMap((place) => {
      const code = codes[place];
      const { find, replace } = PLACES[place];
      return code === undefined ? [] : [{ find, replace: replace.split("§").join(bait.fill(code)) }];
    });
    const patch = { name: "insertion", file: RAFT, edits: [...edits, ...inserted] };
    const changed = reference
      .filter(({ path }) => !(path in files))
      .map((file) => (file.path === RAFT ? { ...file, text: apply(patch, file.text) } : file));
    const added = Object.entries(files).map(([path, text]) => ({ path, text: bait.fill(text) }));
    return [...changed, ...added];
  };
}

/** A program of one file, `raft/raft.ts`, and nothing of the reference. */
export function alone(text: string, more: Readonly<Record<string, string>> = {}): Attack["tree"] {
  return (_reference, bait) =>
    Object.entries({ [RAFT]: text, ...more }).map(([path, content]) => ({ path, text: bait.fill(content) }));
}
