import type { ProgramClass } from "../program/protocol";

/**
 * Which of `names` are no methods of the class, in the given order. Inherited methods count; getters and
 * functions that are kept in fields do not.
 */
export function missingMethods(programClass: ProgramClass, names: readonly string[]): string[] {
  return names.filter((name) => !hasMethod(programClass.prototype as object, name));
}

function hasMethod(prototype: object, name: string): boolean {
  for (
    let object: object | null = prototype;
    object !== null && object !== Object.prototype;
    object = Object.getPrototypeOf(object) as object | null
  ) {
    const property = Object.getOwnPropertyDescriptor(object, name);
    if (property !== undefined) return typeof property.value === "function";
  }
  return false;
}

/** True for what was declared with `class`: unlike a function, its `prototype` cannot be replaced. */
export function isClass(value: unknown): value is ProgramClass {
  return (
    typeof value === "function" && Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false
  );
}
