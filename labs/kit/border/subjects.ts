import type { Driver, ProgramClass } from "../program";
import type { Cast, Instances, Subject } from "../subject";
import type { Channel } from "./channel";
import { GhostDriver } from "./ghost";
import { Remote } from "./remote";
import type { Transcript } from "./transcript";

/** What is known of a program on the judge's side of a border: its text, nothing that runs. */
export type Text = Pick<Subject, "name" | "digest" | "moduleState">;

/** A subject that runs somewhere else; here is what somebody wrote down. */
export function toldSubject(text: Text, transcript: Transcript): Subject {
  return {
    ...known(text),
    driver: (cast) => new GhostDriver(transcript, cast),
    exported: () => transcript.exported(),
  };
}

/** A subject that runs somewhere else and is asked input by input. */
export function remoteSubject(text: Text, channel: Channel): Subject {
  return {
    ...known(text),
    driver: (cast: Cast, instances: Instances): Driver =>
      new GhostDriver(new Remote(channel, instances), cast),
    exported: (file, exportName) => new Remote(channel, "fresh").exported(file, exportName),
  };
}

function known(text: Text): Omit<Subject, "driver" | "exported"> {
  return {
    name: text.name,
    digest: text.digest,
    moduleState: () => text.moduleState(),
    stackOf: () => [], // errors come with their lines
    programClass: (): ProgramClass => {
      throw new Error("a program behind a border has no class on this side");
    },
  };
}
