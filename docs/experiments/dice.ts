import type { ProgramClass, ServerId } from "../../labs/kit/program";
import type { RaftContext } from "../../labs/kit/raft";
import { inThisProcess, type Subject } from "../../labs/kit/subject";

/** Makes what `ctx.random()` gives out of what it would have given. */
export type Dice = (fair: () => number) => number;

/** The same program, but `ctx.random()` is loaded; `dice` is asked for each life of each server. */
export function withDice(subject: Subject, dice: (server: ServerId) => Dice): Subject {
  return withClass(subject, (program) => loaded(program, dice));
}

/** The same program, but whoever asks for its class gets another one. */
export function withClass(subject: Subject, change: (program: ProgramClass) => ProgramClass): Subject {
  return inThisProcess({
    name: subject.name,
    digest: subject.digest,
    stackOf: (error) => subject.stackOf(error),
    moduleState: () => subject.moduleState(),
    exported: (file, exportName) => subject.exported(file, exportName),
    programClass: (file, exportName, instance) => change(subject.programClass(file, exportName, instance)),
  });
}

function loaded(program: ProgramClass, dice: (server: ServerId) => Dice): ProgramClass {
  return new Proxy(program, {
    construct: (target, [ctx, saved]: [RaftContext, unknown], newTarget) => {
      const roll = dice(ctx.id);
      const context = { ...verbs(ctx), random: () => roll(() => ctx.random()) };
      return Reflect.construct(target, [context, saved], newTarget) as object;
    },
  });
}

function verbs(ctx: RaftContext): RaftContext {
  return {
    id: ctx.id,
    peers: ctx.peers,
    options: ctx.options,
    now: () => ctx.now(),
    random: () => ctx.random(),
    call: (to, method, request) => ctx.call(to, method, request),
    reply: (call, reply) => ctx.reply(call, reply),
    setTimer: (name, ms) => ctx.setTimer(name, ms),
    cancelTimer: (name) => ctx.cancelTimer(name),
    save: (state) => ctx.save(state),
    note: (text, data) => ctx.note(text, data),
    apply: (index, term, command) => ctx.apply(index, term, command),
    restore: (index, term, data) => ctx.restore(index, term, data),
    leadership: (term, isLeader) => ctx.leadership(term, isLeader),
    readReady: (token, index) => ctx.readReady(token, index),
  };
}
