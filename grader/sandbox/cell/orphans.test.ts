import { expect } from "chai";
import { spawn } from "node:child_process";
import path from "node:path";
import { descendants, lives, until } from "./fixture";

describe("sandboxes of a judge that is killed", function () {
  this.timeout(90_000);

  it("die with it, even in an endless loop", async function () {
    if (process.platform !== "linux") this.skip();
    const script = path.join(__dirname, "orphans.ts");
    const judge = spawn(process.execPath, ["-r", "ts-node/register", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const sandboxes = await new Promise<number>((resolve) => {
      judge.stdout.once("data", (text) => resolve(Number(text)));
    });
    const ids = descendants(judge.pid);
    expect(ids.length).to.be.at.least(sandboxes);
    expect(ids.filter(lives)).to.deep.equal(ids);
    judge.kill("SIGKILL");
    await until(() => !ids.some(lives));
  });
});
