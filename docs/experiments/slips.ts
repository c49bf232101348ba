/** One wrong line in a program that is right otherwise. */
export interface Slip {
  /** Where the line stands: in a handler, at the top of the file, or in the class itself. */
  readonly place: "timer" | "requestVote" | "status" | "module" | "class";
  readonly code: string;
  /** What else stands at the top of the file. */
  readonly top?: string;
}

/** What people try, in the order of the page on the contract. */
export const SLIPS: readonly Slip[] = [
  // Time, chance, the machine
  { place: "timer", code: "const now = Date.now();" },
  { place: "timer", code: "const now = new Date();" },
  { place: "timer", code: "const wait = 400 * Math.random();" },
  { place: "timer", code: "setTimeout(() => this.campaign(), 400);" },
  { place: "timer", code: "queueMicrotask(() => this.campaign());" },
  { place: "timer", code: "const debug = process.env.DEBUG;" },
  { place: "module", code: 'import { readFileSync } from "node:fs"; readFileSync("state.json");' },
  // Waiting
  { place: "class", code: "async timer(name) {" },
  { place: "timer", code: "Promise.resolve().then(() => this.campaign());" },
  // What is sent, saved, received
  { place: "timer", code: 'this.ctx.call(1 - this.ctx.id, "requestVote", { hint: { done: () => {} } });' },
  { place: "timer", code: 'this.ctx.call(1 - this.ctx.id, "requestVote", { hint: new Set([1, 2]) });' },
  { place: "timer", code: 'this.ctx.call(1 - this.ctx.id, "requestVote", { term: 0 / 0 });' },
  { place: "timer", code: 'this.ctx.call(this.ctx.id, "requestVote", { term: 1 });' },
  { place: "timer", code: 'this.ctx.call(1 - this.ctx.id, "requestVotes", { term: 1 });' },
  { place: "timer", code: "this.ctx.save({ currentTerm: 1, votedFor: null, log: [0], snapshot: null });" },
  { place: "timer", code: 'this.ctx.setTimer("election", this.timeout);' },
  { place: "requestVote", code: "request.entries.push(8); return { term: 1, voteGranted: false };" },
  // Answers
  { place: "requestVote", code: "const reply = { term: 1, voteGranted: false };" },
  { place: "requestVote", code: "this.ctx.reply(call, { term: 1 }); return { term: 1 };" },
  { place: "status", code: 'this.ctx.setTimer("election", 400); return { term: 1, isLeader: false };' },
  // State
  { top: "let elections = 0;", place: "timer", code: "this.ctx.note(`election ${++elections}`);" },
  { place: "timer", code: "this.whenDone = () => this.campaign();" },
  { place: "timer", code: "globalThis.elections = 1;" },
  { place: "module", code: "Array.prototype.last = function () { return this[this.length - 1]; };" },
  // Endless work, missing handlers
  { place: "timer", code: 'this.ctx.setTimer("election", 0);' },
  { place: "class", code: "tick(name) {" },
];
