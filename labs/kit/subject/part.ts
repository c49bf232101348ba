import type { ServerId } from "../program";

/** What a scene needs of a submission for one role: a class, and the methods it must have. */
export interface Needs {
  /** The file, e.g. `raft/raft.ts`. */
  readonly file: string;
  readonly exportName: string;
  readonly methods: readonly string[];
  /** The verbs of its context; absent: all. */
  readonly verbs?: readonly string[];
}

/** What one server runs. */
export interface Part extends Needs {
  /** A second program on top; the requests of these methods are for it. */
  readonly service?: Needs & { readonly requests: readonly string[] };
}

/** Who plays what in a world. */
export type Cast = (server: ServerId) => Part;

/** One copy of a program's modules for each life of a server, or one for all. */
export type Instances = "fresh" | "shared";
