import type { Answer } from "./effect";
import type { BootInput, RunningInput } from "./input";
import type { ServerId } from "./protocol";

/**
 * Whoever runs programs for a world: in this process, or across a process border. The world hands in inputs
 * and carries out effects; it never sees a program.
 *
 * A program that breaks the rules of the house makes `boot` or `deliver` throw a {@link ProgramError}.
 */
export interface Driver {
  /** Starts a new life of `server`; an earlier one is forgotten. `now` is the server's own clock in ms. */
  boot(server: ServerId, now: number, input: BootInput): Answer;
  /** One input for a running server. */
  deliver(server: ServerId, now: number, input: RunningInput): Answer;
  /** Ends the life of `server` at once. */
  crash(server: ServerId): void;
  /** Bytes of all that the program on `server` keeps in its fields, roughly. */
  weigh(server: ServerId): number;
  /** A private copy of the states of all programs, their random streams included. */
  capture(): unknown;
  /** Goes back to what {@link Driver.capture} gave; that capture stays usable. */
  restore(captured: unknown): void;
}
