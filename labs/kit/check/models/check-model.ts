import type { Model } from "../model";
import { sameValue } from "../same";

/**
 * Tries a model out: whether it changes what it is given, and whether equal arguments give equal results. A model that
 * fails either makes the checkers say anything at all.
 *
 * @param inputs - are applied one after the other, from the initial state on
 * @throws Error that names the input which went wrong
 */
export function checkModel<S, I, O>(model: Model<S, I, O>, inputs: readonly I[]): void {
  const { name, cells } = model;
  let state = frozen(model.initial);
  for (const input of inputs.map(frozen)) {
    const twice = [model.apply(state, input), model.apply(state, input)] as const;
    const [{ state: next, output }] = twice;
    const words = [model.tellInput(input), model.tellOutput(output, input), model.tellState(next)];
    if (!sameValue(...twice)) throw new Error(`the model ${name}: ${words[0]} has two outcomes in one state`);
    if (model.agrees?.(output, frozen(output)) === false) {
      throw new Error(`the model ${name}: ${words[0]} answers ${words[1]}, and does not agree with itself`);
    }
    if (model.identity?.(next) !== model.identity?.(twice[1].state)) {
      throw new Error(`the model ${name}: two equal states have two identities, ${words[2]}`);
    }
    if (cells !== undefined && cells.of(input, output).key !== (model.part?.(input) ?? "")) {
      throw new Error(`the model ${name}: the cell of ${words[0]} is not its part`);
    }
    state = frozen(next);
  }
}

/** The same value; whoever changes it or what is in it fails. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
