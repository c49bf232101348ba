import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import { TABLE_STYLE } from "../cli/table";
import type { CheckerBench, FileCost } from "./checker";
import { median } from "./measure";
import { PORCUPINE_ETCD } from "./porcupine";

/** What `npm run bench -- checker` finds out. */
export interface CheckerDocument extends CheckerBench {
  readonly schema: "replication-labs/bench-checker/1";
  readonly node: string;
}

/** The findings as tables, for people. */
export function checkerReport({ files, made, levels, cold }: CheckerDocument, colors: Colors): string {
  const heading = (text: string): string => `\n${colors.bold(text)}\n`;
  const etcd = files.filter(({ file }) => file.includes("etcd"));
  return [
    heading("Logs whose time with Porcupine is on record, warm"),
    fileTable(files.filter(({ porcupineUs }) => porcupineUs !== undefined)),
    heading(`All ${etcd.length} logs of etcd, warm`),
    `${etcdLine(
      "plain engine",
      etcd.map(({ plainUs }) => plainUs),
    )}`,
    `${etcdLine(
      "ways for cells",
      etcd.map(({ cellsUs }) => cellsUs),
    )}`,
    `${etcdLine(
      "with explanations",
      etcd.map(({ fullUs }) => fullUs),
    )}`,
    `Porcupine, ${PORCUPINE_ETCD.files} logs: ${us(PORCUPINE_ETCD.sumUs)}, the one in the middle ${us(PORCUPINE_ETCD.medianUs)}\n`,
    heading("Histories made up, values unique"),
    table(
      ["", "verdict", "first", "best", "remembered"],
      made.map(({ name, verdict, firstMs, ms, mb }) => [
        name,
        verdict,
        us(firstMs * 1000),
        us(ms * 1000),
        `${mb.toFixed(1)} MB`,
      ]),
    ),
    heading("Levels of consistency: 10,000 operations, 10 sessions, 10 keys"),
    table(
      ["", "verdict", "best"],
      levels.map(({ level, verdict, ms }) => [level, verdict, us(ms * 1000)]),
    ),
    heading("The first check of a new process: 100 operations"),
    `${us(cold.cpuMs * 1000)}\n`,
  ].join("");
}

function fileTable(files: readonly FileCost[]): string {
  const rows = files.map(({ file, plainUs, cellsUs, fullUs, porcupineUs = 0 }) => [
    file,
    us(porcupineUs),
    us(plainUs),
    times(porcupineUs / plainUs),
    us(cellsUs),
    times(porcupineUs / cellsUs),
    us(fullUs),
  ]);
  const mean = (ratio: (cost: FileCost) => number): string =>
    times(Math.exp(files.reduce((sum, cost) => sum + Math.log(ratio(cost)), 0) / Math.max(1, files.length)));
  return table(
    ["", "Porcupine", "plain engine", "faster", "ways for cells", "faster", "every key, explained"],
    [
      ...rows,
      [
        "geometric mean",
        "",
        "",
        mean(({ plainUs, porcupineUs = 0 }) => porcupineUs / plainUs),
        "",
        mean(({ cellsUs, porcupineUs = 0 }) => porcupineUs / cellsUs),
        "",
      ],
    ],
  );
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const made = new Table({
    ...TABLE_STYLE,
    head: [...head],
    colAligns: head.map((_, i) => (i === 0 ? "left" : "right")),
  });
  made.push(...rows);
  return `${made.toString()}\n`;
}

function etcdLine(name: string, costs: readonly number[]): string {
  const sum = costs.reduce((all, cost) => all + cost, 0);
  return `${name}: ${us(sum)}, the one in the middle ${us(median(costs))}, the worst ${us(Math.max(...costs))}\n`;
}

function times(ratio: number): string {
  return `${ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(1)} ×`;
}

/** A time in microseconds, in a unit that suits it. */
function us(time: number): string {
  if (time < 1000) return `${time.toFixed(0)} µs`;
  return time < 1e6 ? `${(time / 1000).toFixed(1)} ms` : `${(time / 1e6).toFixed(2)} s`;
}
