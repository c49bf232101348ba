import type { Isolation } from "../../schema/grade";
import type { Limits } from "./node";

/** A way to start a process that cannot do harm. */
export interface Wall {
  readonly kind: Isolation;
  /** The command that starts a sandbox; it talks over its standard input and output. */
  command(limits: Limits): readonly string[];
}
