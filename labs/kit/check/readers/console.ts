import { readForm } from "./edn";
import { readEvents, type Event } from "./jepsen";
import { quoted, wrongLine, type Log } from "./log";

const LINE = /^INFO\s+jepsen\.util\s+-\s+(?:(\d+)\s+:(invoke|ok|fail|info)\s+:(\w+)\s+(.+)|:nemesis\b.*)$/;

/**
 * Reads what old Jepsen tests print, one event a line: `INFO  jepsen.util - 3 :invoke :cas [0 2]`. The order of the
 * lines is the time.
 *
 * @throws HistoryError that names the line
 */
export function readConsole(text: string): Log {
  const events: Event[] = [];
  text.split(/\r?\n/).forEach((row, i) => {
    const line = i + 1;
    if (row.trim() === "") return;
    const found = LINE.exec(row.trim());
    if (found === null)
      throw wrongLine(line, `expected "INFO jepsen.util - process :type :f value", got "${quoted(row)}"`);
    const [, process, type, f, value] = found;
    if (process === undefined) return; // the nemesis
    events.push({
      line,
      process: Number(process),
      type: type as Event["type"],
      f: f ?? "",
      value: readForm(value ?? "", line),
    });
  });
  return readEvents(events);
}
