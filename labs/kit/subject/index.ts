/**
 * The program under test: finds the `.ts` files of a folder, compiles them, and hands out their classes,
 * evaluated with a fixed list of globals. This is the student's own desk: it prevents accidents, and is no
 * wall against attackers.
 *
 * @module
 */
export { inThisProcess } from "./in-process";
export * from "./part";
export * from "./subject";
export { loadSubject, subjectOf } from "./load";
export { type SourceFile, collectFiles } from "./files";
export { missingMethods } from "./methods";
export { setConsole } from "./console";
export { watchBuiltins } from "./builtins";
export { typeErrors, typeErrorsOf } from "./typecheck";
