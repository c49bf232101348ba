import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import { TABLE_STYLE } from "../cli/table";
import type { CommitCost } from "./commits";
import type { Instances } from "./instances";
import type { MitPart, MitPass } from "./mit";
import type { Part, Parts } from "./parts";
import type { Startup } from "./startup";

/** A whole hour of the quiet cluster, with monitors, trace and hash. */
export interface Hour {
  readonly events: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** What `npm run bench` finds out. */
export interface BenchDocument {
  readonly schema: "replication-labs/bench/1";
  readonly node: string;
  readonly subject: string;
  readonly hour: Hour;
  readonly event: Parts;
  readonly instances: Instances;
  readonly startup: readonly Startup[];
  readonly mit: { readonly [part in MitPart]: MitPass };
  readonly commits: { readonly byServers: readonly CommitCost[]; readonly byEntries: readonly CommitCost[] };
}

/** The findings as tables, for people. */
export function benchReport(found: BenchDocument, colors: Colors): string {
  const { hour, event, instances, startup, mit, commits } = found;
  const heading = (text: string): string => `\n${colors.bold(text)}\n`;
  return [
    heading("A quiet hour of five servers, monitors, trace and hash on"),
    `${count(hour.events)} events in ${seconds(hour.wallMs)} (${seconds(hour.cpuMs)} of processor time): `,
    `${count((hour.events / hour.cpuMs) * 1000)} events a second, `,
    `${count(3_600_000 / hour.cpuMs)} virtual seconds a second\n`,
    heading("What an event costs, part by part"),
    table(event.parts, event),
    heading("With more and more of them"),
    table(event.sums, event),
    heading("A module instance for each boot, or one for all"),
    `${instances.scenes} hidden scenes of Lab 1: ${seconds(instances.freshMs)} fresh, ${seconds(instances.sharedMs)} shared, `,
    `${instances.ratio.toFixed(2)} : 1; one evaluation ${instances.usEach.toFixed(0)} µs\n`,
    heading("From start to end"),
    ...startup.map(({ command, wallMs }) => `${command.padEnd(32)} ${seconds(wallMs).padStart(8)}\n`),
    heading("MIT's Raft tests, once each, in a new process, monitors on"),
    ...mitLines(mit.raft),
    heading("MIT's key/value tests, once each, in a new process, monitors and checker on"),
    ...mitLines(mit.kv),
    heading("A commit, one after the other, until all have applied it; monitors, trace and hash on"),
    commitTable([...commits.byServers, ...commits.byEntries]),
  ].join("");
}

function mitLines({ scenes, failed, events, cpuMs, wallMs, startUpMs, peakMb, slowest }: MitPass): string[] {
  return [
    `${scenes} scenes, ${scenes - failed.length} passed, ${count(events)} events: ${seconds(cpuMs)} of processor time, `,
    `${seconds(wallMs)} in all; ${seconds(startUpMs)} of processor time before, to start; ${count(peakMb)} MB\n`,
    ...slowest.map(({ name, cpuMs: ms }) => `${name.padEnd(66)} ${seconds(ms).padStart(8)}\n`),
  ];
}

function table(parts: readonly Part[], { sums }: Parts): string {
  const whole = sums.at(-1)?.us ?? 1;
  const rows = new Table({
    ...TABLE_STYLE,
    head: ["", "µs an event", "events a second", "of the whole", "plain = 1"],
    colAligns: ["left", "right", "right", "right", "right"],
  });
  for (const { name, us, ratio } of parts) {
    const share = `${((us / whole) * 100).toFixed(0)} %`;
    rows.push([name, us.toFixed(2), count(1e6 / us), share, ratio.toFixed(2)]);
  }
  return `${rows.toString()}\n`;
}

function commitTable(costs: readonly CommitCost[]): string {
  const rows = new Table({
    ...TABLE_STYLE,
    head: ["servers", "entries in the log", "µs a commit", "events a commit", "first = 1"],
    colAligns: ["right", "right", "right", "right", "right"],
  });
  const first = costs[0]?.us ?? 1;
  for (const { servers, entries, us, events } of costs) {
    const long = count(entries);
    rows.push([servers, long, count(us), events.toFixed(1), (us / first).toFixed(2)]);
  }
  return `${rows.toString()}\n`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** Thousands apart, whatever the machine's language. */
function count(n: number): string {
  return Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}
