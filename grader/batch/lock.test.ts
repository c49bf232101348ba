import { expect } from "chai";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { UsageError } from "../../labs/kit/program/errors";
import { folderOf, removeFolders } from "../../labs/runner/fixtures/folder";
import { lockFolder } from "./lock";
import { safeName } from "./names";

describe("the lock of a batch's folder", () => {
  afterEach(removeFolders);

  it("keeps others out while its process lives, and no longer", async () => {
    const folder = folderOf({});
    const other = fork(path.join(__dirname, "names.ts"), {
      execArgv: ["-e", "process.on('message', () => {})"],
      stdio: "ignore",
    });
    await once(other, "spawn");
    lockFolder(folder, other.pid);
    expect(() => lockFolder(folder)).to.throw(UsageError, `another batch (process ${other.pid}) works in`);
    expect(readdirSync(folder), "its own lock is gone again").to.have.lengthOf(1);
    other.kill("SIGKILL");
    await once(other, "exit");
    const free = lockFolder(folder);
    expect(readdirSync(folder), "the stale one is gone").to.have.lengthOf(1);
    free();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("knows a process that has got the number of a dead one", function () {
    if (process.platform !== "linux") this.skip(); // which alone says when a process was started
    const folder = folderOf({ [`lock.${safeName(os.hostname())}.${process.ppid}.1`]: "" });
    lockFolder(folder)();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it("cannot judge a process of another machine", () => {
    const folder = folderOf({ "lock.elsewhere.1.2": "", "locksmith.txt": "" });
    expect(() => lockFolder(folder)).to.throw(
      UsageError,
      /of elsewhere\) works in .* remove lock\.elsewhere\.1\.2/,
    );
    writeFileSync(path.join(folder, "lock"), "");
    expect(readdirSync(folder)).to.have.members(["lock", "lock.elsewhere.1.2", "locksmith.txt"]);
  });
});
