import { nameOf, readForms, type Edn, type EdnMap } from "./edn";
import { readEvents, type Event } from "./jepsen";
import { wrongLine, type Log } from "./log";

const TYPES = ["invoke", "ok", "fail", "info"] as const;

/**
 * Reads a history in EDN, one map an event, in a vector or one behind the other: Jepsen's `history.edn`, or the lines
 * that MIT's key/value tests print. The order of the events is the time.
 *
 * @throws HistoryError that names the line
 */
export function readEdn(text: string): Log {
  const forms = readForms(text);
  const [first] = forms;
  const events = forms.length === 1 && Array.isArray(first) ? first : forms;
  return readEvents(events.flatMap((form) => eventOf(form)));
}

function eventOf(form: Edn): Event[] {
  if (!isMap(form))
    throw wrongLine(1, "expected one map an event, as {:process 0, :type :invoke, :f :read, :value nil}");
  const { line } = form;
  const of = (name: string): Edn | undefined => form.get(Symbol.for(name));
  const process = of("process");
  if (typeof process === "symbol") return []; // the nemesis
  const type = TYPES.find((name) => of("type") === Symbol.for(name));
  const [f, key] = [of("f"), of("key")];
  if (typeof process !== "number") throw wrongLine(line, "an event without :process");
  if (type === undefined) throw wrongLine(line, ":type is none of :invoke, :ok, :fail, :info");
  if (typeof f !== "symbol") throw wrongLine(line, "an event without :f");
  const value = of("value") ?? null;
  return [
    {
      line,
      process,
      type,
      f: f.description ?? "",
      value,
      ...(key === undefined ? {} : { key: nameOf(key, line) }),
      ...(of("error") === undefined ? {} : { error: true }),
    },
  ];
}

function isMap(form: Edn): form is EdnMap {
  return typeof form === "object" && form !== null && !Array.isArray(form);
}
