import { checkRaftState } from "../../labs/kit/raft/state";
import { play, type Outcome, type PlayOptions, type Scene } from "../../labs/kit/scene";
import { SubjectError, subjectOf, type Subject } from "../../labs/kit/subject";
import { playProved } from "../../labs/runner/proof";
import type { Experiment } from "./experiment";
import { SLIPS, type Slip } from "./slips";

/** What the course says to whoever breaks a rule of the house. */
export const houseRules: Experiment = {
  name: "house-rules",
  question: "What does a program read that uses a clock, a promise, a variable of the module …?",
  seeds: 1,
  run: ({ seeds: seed }) =>
    SLIPS.map((slip) => `${title(slip)}\n${verdictOn(slip, seed).replace(/^/gm, "    ")}`).join("\n\n"),
};

/** A program that does nothing wrong, but for one slip. */
function programWith({ place, code, top = "" }: Slip): string {
  const at = (here: Slip["place"], otherwise: string): string => (place === here ? code : otherwise);
  return `
${at("module", top)}
export class Raft {
  constructor(ctx, saved) { this.ctx = ctx; ctx.setTimer("election", 10); }
  ${at("class", "timer(name) {")}
    ${at("timer", 'this.ctx.call(this.ctx.peers[0], "requestVote", { term: 1, entries: [7] });')}
  }
  requestVote(from, request, call) {
    ${at("requestVote", "return { term: 1, voteGranted: false };")}
  }
  requestVoteReply(from, reply, request) {}
  status() { ${at("status", "return { term: 1, isLeader: false };")} }
}
`;
}

const NEEDS = {
  file: "raft/raft.ts",
  exportName: "Raft",
  methods: ["requestVote", "requestVoteReply", "timer", "status"],
};

/** Two servers come up, talk, and report; then the world is captured. */
const SCENE: Scene = {
  lab: 1,
  name: "house rules",
  points: 0,
  challenge: false,
  needs: NEEDS,
  play: (subject: Subject, seed: number, options: PlayOptions = {}): Outcome => {
    const world = { servers: 2, checkSave: checkRaftState };
    return play(
      { scene: "house rules", subject, cast: () => NEEDS, seed, options, world, monitors: [] },
      (built) => {
        for (const id of built.servers) built.boot(id);
        built.runUntil(50);
        for (const id of built.servers) built.ask(id, "status");
        built.capture();
      },
    );
  },
};

function verdictOn(slip: Slip, seed: number): string {
  const load = (): Subject =>
    subjectOf("your program", "your-program", [{ path: "raft/raft.ts", text: programWith(slip) }]);
  try {
    return playProved(SCENE, load(), load, seed).failure?.message ?? "(nothing: this is allowed)";
  } catch (error) {
    if (error instanceof SubjectError) return error.message;
    throw error;
  }
}

function title({ place, code, top }: Slip): string {
  const where = { module: "at the top of the file", class: "in the class" }[place as string] ?? `in ${place}`;
  return `${where}: ${top === undefined ? "" : `${top} … `}${code}`;
}
