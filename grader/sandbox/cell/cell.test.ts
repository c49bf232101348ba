import { expect } from "chai";
import { readdirSync } from "node:fs";
import os from "node:os";
import { childCode } from "../bundle";
import { LIMITS, type Limits } from "../isolation/node";
import { Cell, FloodError, LostError } from "./cell";
import { commandOf, descendants, lives, shell, until } from "./fixture";
import type { Ending } from "./signs";

/** How the process ends that a cell waits for. */
function endingOf(start: () => Cell, receive = (cell: Cell): unknown => cell.receive()): Ending {
  let cell: Cell | undefined;
  try {
    cell = start();
    for (;;) receive(cell);
  } catch (error) {
    if (error instanceof LostError) return error.ending;
    throw error;
  } finally {
    cell?.close();
  }
}

const count = (folder: string): number => readdirSync(folder).length;
const temporary = (): string[] => readdirSync(os.tmpdir()).filter((name) => name.startsWith("sandbox-"));

const SPIN = "while :; do :; done";
const SWALLOW = "head -c 100000000 >/dev/null";
const SAY_NULL = "printf '\\000\\000\\000\\004null'";
const TALK = `while :; do ${SAY_NULL}; done`;

describe("a cell", function () {
  this.timeout(30_000);

  before(function () {
    if (process.platform !== "linux") {
      this.test?.parent?.tests.forEach((test) => (test.title += " (it needs Linux)"));
      this.skip();
    }
  });

  const start = (script: string, limits: Partial<Limits> = {}): Cell =>
    new Cell(shell(script), { ...LIMITS, ...limits });
  const end = (script: string, limits: Partial<Limits> = {}): Ending => endingOf(() => start(script, limits));

  it("hears what its process says, word by word", () => {
    const cell = start(`${SAY_NULL}; printf '\\000\\000\\000\\003[1]'; ${SWALLOW}`);
    expect(cell.receive()).to.equal(null);
    expect(cell.receive()).to.deep.equal([1]);
    cell.close();
  });

  it("ends a process that takes too much processor time for a word, to listen, or for a run", () => {
    expect(end(`${SPIN} & ${SWALLOW}`, { handlerMs: 200 }).reason).to.equal("handler");
    expect(end(SPIN, { handlerMs: 200 }).reason).to.equal("handler");
    expect(end(`${TALK} & ${SWALLOW}`, { runMs: 200, outputBytes: 1e9 }).reason).to.equal("run");
  });

  it("gives each run its own time", () => {
    const until = process.hrtime.bigint() + 600_000_000n;
    const receive = (cell: Cell): unknown => {
      cell.begin();
      if (process.hrtime.bigint() > until) throw new Error("it lives");
      return cell.receive();
    };
    const talks = (): Cell => start(`${TALK} & ${SWALLOW}`, { runMs: 100 });
    expect(() => endingOf(talks, receive)).to.throw("it lives");
  });

  it("ends a process that takes too much memory", () => {
    const hoard = `
      process.stdin.resume();
      const all = [];
      setInterval(() => all.push(Buffer.alloc(10_000_000, 1)), 1);`;
    const hoards = (): Cell =>
      new Cell(commandOf(process.execPath, "-e", hoard), { ...LIMITS, memoryMb: 150 });
    expect(endingOf(hoards).reason).to.equal("memory");
  });

  it("stops to listen when a word is too long, or all of them are too many", () => {
    expect(() => end(`printf '\\177\\000\\000\\000'; ${SWALLOW}`)).to.throw(FloodError);
    expect(() => end(`${TALK} & ${SWALLOW}`, { outputBytes: 1000 })).to.throw(FloodError);
    const bounded = start(`${SAY_NULL}; ${SAY_NULL}; ${SAY_NULL}; ${SWALLOW}`, { outputBytes: 7 });
    for (let run = 0; run < 3; run++) {
      bounded.begin();
      expect(bounded.receive()).to.equal(null);
    }
    bounded.close();
  });

  it("says how a process has ended that ends by itself or is killed, and what it said last", () => {
    expect(end("echo the end >&2; exit 3")).to.deep.equal({ how: "exit code 3", lastWords: "the end\n" });
    expect(end("kill -9 $$").how).to.equal("signal SIGKILL");
    expect(end("printf '\\000\\000'; head -c 100000 >/dev/null").how).to.equal("exit code 0");
    expect(endingOf(() => new Cell(commandOf("/nowhere/nothing"), LIMITS)).how).to.match(/ENOENT/);
  });

  it("lets a process that does not know JSON say so", () => {
    const cell = start(`printf '\\000\\000\\000\\002{]'; ${SWALLOW}`);
    expect(() => cell.receive()).to.throw(SyntaxError);
    cell.close();
  });

  it("leaves nothing behind: no process, no folder, no descriptor, no thread", async () => {
    start(SWALLOW).close(); // what is made once is made now, the bundler's service among it
    const own = (): number => descendants().filter(lives).length;
    let [last, same] = [-1, 0];
    await until(() => {
      const now = own() + 1000 * count("/proc/self/fd");
      [same, last] = [now === last ? same + 1 : 0, now];
      return same > 20;
    });
    const services = own();
    const all = Buffer.byteLength(childCode()) + 4;
    const before = { fds: count("/proc/self/fd"), threads: count("/proc/self/task"), folders: temporary() };
    const cells = Array.from({ length: 20 }, (_, i) =>
      start(i % 5 > 0 ? SWALLOW : `head -c ${all} >/dev/null; ${SPIN}`),
    );
    expect(own()).to.be.above(20);
    for (const cell of cells) {
      cell.close();
      cell.close();
    }
    await until(() => own() <= services);
    await until(() => count("/proc/self/task") <= before.threads && count("/proc/self/fd") <= before.fds);
    expect(temporary()).to.deep.equal(before.folders);
  });
});
