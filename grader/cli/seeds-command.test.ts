import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { listen } from "../fixtures/room";
import { runGrade } from "./grade-command";
import { runSeeds } from "./seeds-command";

describe("grade seeds", () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "seeds-"));
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  const run = (...args: string[]): ReturnType<typeof listen> =>
    listen((place) => runSeeds([...args, "--secret", path.join(room, "own.secret")], place));

  it("commits to a secret once, and reveals that one", async () => {
    const first = await run("commit");
    const again = await run("commit");
    expect([first.code, first.error]).to.deep.equal([0, ""]);
    expect(again.out).to.equal(first.out);
    const [hash = ""] = first.out.split("\n");
    expect(hash).to.match(/^[0-9a-f]{64}$/);
    const secret = readFileSync(path.join(room, "own.secret"), "utf8").trim();
    expect(first.out).not.to.include(secret);
    const revealed = await run("reveal");
    expect(revealed.out.split("\n")[0]).to.equal(secret);
    expect(revealed.out).to.include(hash);
  });

  it("reveals nothing where nothing was committed, and explains itself", async () => {
    const { code, error } = await run("reveal");
    expect([code, error]).to.deep.equal([
      2,
      `there is no secret in “${path.join(room, "own.secret")}”; \`npm run grade -- seeds commit\` draws one\n`,
    ]);
    const help = await listen((place) => runSeeds(["--help"], place));
    expect(help.out).to.include("HMAC-SHA256");
    expect((await listen((place) => runSeeds(["publish"], place))).code).to.equal(2);
  });

  it("is not asked for together with a base", async () => {
    const { code, error } = await listen((place) => runGrade([".", "--secret", "x", "--seed", "4"], place));
    expect(code).to.equal(2);
    expect(error).to.include("cannot be used with option '--seed <base>'");
  });
});
