import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readSecret, Secret, writeSecret } from "./secret";
import { seedsOfScene } from "./seeds";

const DIGITS = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

describe("a secret", () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "secret-"));
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  it("gives each scene seeds of its own, by the published rule", () => {
    const secret = new Secret(DIGITS);
    const scene = { lab: 3, name: "figure 8", share: 0.5 };
    const rule = `
      const { createHmac } = require("node:crypto");
      const seed = (i) => createHmac("sha256", "${DIGITS}").update('[3,"figure 8",' + i + "]").digest().readUInt32BE(0);
      process.stdout.write(JSON.stringify([0, 1, 2, 3, 4].map(seed)));`;
    const expected = JSON.parse(
      execFileSync(process.execPath, ["-e", rule], { encoding: "utf8" }),
    ) as number[];
    expect(seedsOfScene(secret, scene, 10)).to.deep.equal(expected);
    expect(seedsOfScene(secret, { ...scene, name: "churn" }, 10)).not.to.include.members(expected);
    expect(seedsOfScene(secret, scene, 1)).to.deep.equal(expected.slice(0, 1));
  });

  it("is committed to by its hash, and drawn anew each time", () => {
    const [one, two] = [Secret.draw(), Secret.draw()];
    expect(one.digits)
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal(two.digits);
    expect(one.commitment).not.to.equal(two.commitment);
    // printf %s DIGITS | sha256sum
    expect(new Secret(DIGITS).commitment).to.equal(
      "6c86c6aac5fb24bcf5d9939cb7d7d5645ce39418f449e03b262dd4fa14b4b92b",
    );
  });

  it("is for its owner's eyes, and never overwritten", () => {
    const file = path.join(room, "seeds.secret");
    writeSecret(file, new Secret(DIGITS));
    expect(readSecret(file).digits).to.equal(DIGITS);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(() => writeSecret(file, Secret.draw())).to.throw(/is there already; marks may rest on it/);
    expect(() => writeSecret(path.join(room, "no", "where"), Secret.draw())).to.throw(/cannot be written/);
  });

  it("is asked for in a line where there is none", () => {
    const file = path.join(room, "seeds.secret");
    expect(() => readSecret(file)).to.throw(
      /^there is no secret in “.*”; `npm run grade -- seeds commit` draws one$/,
    );
    writeFileSync(file, "12345\n");
    expect(() => readSecret(file)).to.throw(/holds no secret, which is 64 hex digits/);
  });
});
