/**
 * Freezes the built-in objects of this process and takes from programs whatever leads out of a compartment. Nothing of ours may run
 * before it.
 *
 * @module
 */
import "ses";

declare global {
  /** A special power that SES leaves to whoever locks down: the stack of an error, which programs cannot see. */
  function getStackString(error: unknown): string;
}

lockdown({
  // Programs see no stack, and no paths of ours in it.
  errorTaming: "safe",
  // Ordinary code assigns to `this.name` of its own errors, or to its own `toString`: that must go on working.
  overrideTaming: "severe",
  consoleTaming: "unsafe",
  localeTaming: "unsafe",
  stackFiltering: "verbose",
  domainTaming: "unsafe",
});
