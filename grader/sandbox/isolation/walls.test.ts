import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { LIMITS } from "./node";
import { tryWall, WALLS } from "./probe";
import type { Wall } from "./isolation";

/** What a sandbox says of where it is. */
interface Seen {
  readonly environment: readonly string[];
  readonly uid: number;
  readonly pid: number;
  readonly networks: readonly string[];
  /** Processes that can be signalled; the threads of this one have numbers, too. */
  readonly others: readonly number[];
  /** What came of each attempt: the code of the error, or `done`. */
  readonly tried: Readonly<Record<string, string>>;
}

/** Looks around, and tries what nobody in a sandbox may. */
const LOOK = `
const fs = require("node:fs");
const attempt = (what) => { try { what(); return "done"; } catch (error) { return error.code ?? error.message; } };
const others = [];
for (let id = 2; id < 1000; id++) if (attempt(() => process.kill(id, 0)) !== "ESRCH") others.push(id);
const tell = (bindsLowPorts) => fs.writeSync(1, JSON.stringify({
  environment: Object.keys(process.env).filter((name) => name !== "PWD"),
  uid: process.getuid(),
  pid: process.pid,
  networks: Object.keys(require("node:os").networkInterfaces()),
  tried: {
    readsOurs: attempt(() => fs.readFileSync(${JSON.stringify(__filename)})),
    readsPasswords: attempt(() => fs.readFileSync("/etc/passwd")),
    readsProcesses: attempt(() => fs.readdirSync("/proc/1")),
    writes: attempt(() => fs.writeFileSync("./x", "")),
    writesTemporarily: attempt(() => fs.writeFileSync("/tmp/x", "")),
    spawns: attempt(() => { const { error } = require("node:child_process").spawnSync(process.execPath, ["-v"]); if (error) throw error; }),
    threads: attempt(() => { new (require("node:worker_threads").Worker)("1", { eval: true }); }),
    bindsLowPorts,
  },
  others,
}));
const server = require("node:net").createServer();
server.on("error", (error) => { tell(error.code); process.exit(0); });
server.listen(80, "0.0.0.0", () => { tell("done"); process.exit(0); });`;

describe("walls of a sandbox", () => {
  for (const wall of WALLS) {
    describe(wall.kind, () => {
      let confined: Seen;
      let engineOnly: Seen;

      before(function () {
        this.timeout(60_000);
        const problem = tryWall(wall);
        if (problem !== undefined) {
          this.test?.parent?.tests.forEach((test) => (test.title += ` (${problem})`));
          this.skip();
        }
        confined = lookFrom(wall);
        // Whoever gets past the engine's own permissions still stands before the wall itself.
        if (wall.kind === "permission") return; // without them it is no wall at all
        engineOnly = lookFrom(wall, (argument) => !/^--(experimental-)?permission$/.test(argument));
      });

      it("starts with an empty environment", () => {
        expect(confined.environment).to.deep.equal([]);
      });

      it("lets nobody read, write, spawn or start a thread", () => {
        const { bindsLowPorts: _network, ...others } = confined.tried;
        expect(new Set(Object.values(others))).to.deep.equal(new Set(["ERR_ACCESS_DENIED"]));
      });

      if (wall.kind === "permission") return;

      it("has no file of the machine in it, even without the engine's permissions", () => {
        const { readsOurs, readsPasswords, readsProcesses, writes, writesTemporarily } = engineOnly.tried;
        expect({ readsOurs, readsPasswords, readsProcesses }).to.deep.equal({
          readsOurs: "ENOENT",
          readsPasswords: "ENOENT",
          readsProcesses: "ENOENT",
        });
        expect(writes).to.match(/^(EROFS|EACCES)$/);
        expect(writesTemporarily).to.equal("ENOENT");
      });

      it("has no network but with itself", () => {
        expect(engineOnly.networks.filter((name) => name !== "lo")).to.deep.equal([]);
      });

      it("sees no process of others", () => {
        const { pid, others } = engineOnly;
        expect(pid).to.be.below(10);
        expect(others.length).to.be.below(16); // its own threads
      });

      it("has no capability", () => {
        expect(engineOnly.tried["bindsLowPorts"]).to.equal("EACCES");
      });
    });
  }
});

function lookFrom(wall: Wall, keeps: (argument: string) => boolean = () => true): Seen {
  const [program = "", ...args] = wall.command(LIMITS).filter(keeps);
  const code = Buffer.from(LOOK);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(code.length);
  const { stdout, stderr } = spawnSync(program, args, {
    input: Buffer.concat([length, code]),
    env: { PATH: process.env["PATH"] ?? "" },
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Seen;
}
