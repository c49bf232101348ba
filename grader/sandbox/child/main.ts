/**
 * What runs inside a sandbox. It is bundled into one text and sent over the border before anything else, so the sandbox needs no
 * files. It does what the judge says and tells what programs did.
 *
 * @module
 */
import "./lockdown";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { Actor, RecordedSubject } from "../../../labs/kit/border";
import * as kv from "../../../labs/kit/kv";
import * as quorum from "../../../labs/kit/quorum";
import * as raft from "../../../labs/kit/raft";
import { registered, type Scene } from "../../../labs/kit/scene";
import * as warmup from "../../../labs/kit/warmup";
import { FrameChannel } from "../cell/frames";
import type { Command } from "../command";
import { ConfinedSubject } from "./confined";

/** The vocabularies of scenes, by their folders in the kit. */
const HARNESSES: { readonly [name: string]: object } = { raft, kv, quorum, warmup };

/** The judge sends programs and scenes; nothing is longer. */
const LIMIT = 256 * 1024 * 1024;

const channel = new FrameChannel(0, 1, LIMIT);
let subject: ConfinedSubject | undefined;
let actor: Actor | undefined;

for (;;) obey(channel.receive() as Command);

function obey(command: Command): void {
  switch (command.kind) {
    case "subject":
      subject = new ConfinedSubject(command.parcel);
      actor = new Actor(subject);
      return channel.send(null);
    case "suite":
      loadSuite(command.code);
      return channel.send(null);
    case "play":
      return play(command);
    case "order":
      if (actor === undefined) throw new Error("there is no program yet");
      return channel.send(actor.obey(command.order));
  }
}

function loadSuite(code: string): void {
  const body = new Script(`(function(require){${code}\n})`).runInThisContext() as (
    require: (name: string) => unknown,
  ) => void;
  const load = createRequire("/");
  body((name) => HARNESSES[name.replace(/^.*[/]kit[/]/, "")] ?? load(name));
}

function play({ lab, scene, seed, instances }: Extract<Command, { kind: "play" }>): void {
  if (subject === undefined) throw new Error("there is no program yet");
  const found = registered().find((each): each is Scene => each.lab === lab && each.name === scene);
  if (found === undefined) throw new Error(`no scene “${scene}”`);
  const recorded = new RecordedSubject(subject, (batch) => channel.send(batch));
  found.play(recorded, seed, { instances, rehearsal: true });
  recorded.end();
}
