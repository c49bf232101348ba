import { expect } from "chai";
import { rmSync } from "node:fs";
import { type ChaosSetting, chaosRound, prepareChaos } from "./chaos-round";

describe("a batch whose processes are killed at random moments", function () {
  this.timeout(180_000);
  let setting: ChaosSetting;

  before(async function () {
    if (process.platform !== "linux") this.skip(); // which tells what processes there are
    setting = await prepareChaos("miniature");
  });

  after(() => {
    if (setting !== undefined) rmSync(setting.folder, { recursive: true, force: true });
  });

  it("gives the marks of an undisturbed one, nothing lost and nothing doubled", async () => {
    const rounds = [];
    for (const seed of [11, 12]) rounds.push(await chaosRound(setting, seed));
    expect(rounds.flatMap(({ faults }) => faults)).to.deep.equal([]);
    expect(rounds.flatMap(({ kills }) => kills)).not.to.deep.equal([]);
  });
});
