import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fromBuffer, type ZipFile } from "yauzl";
import { listen, type Said } from "../fixtures/room";
import { Secret, writeSecret } from "../grading/secret";
import { runGradescope } from "./gradescope-command";

const ROOT = path.resolve(__dirname, "../..");

/** Names in an archive, with the rights of the files. */
function namesIn(archive: Buffer): Promise<Map<string, number>> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, (error: Error | null, zip: ZipFile) => {
      if (error !== null) return reject(error);
      const names = new Map<string, number>();
      zip.on(
        "entry",
        ({ fileName, externalFileAttributes }: { fileName: string; externalFileAttributes: number }) =>
          names.set(fileName, (externalFileAttributes >>> 16) & 0o777),
      );
      zip.on("end", () => resolve(names));
    });
  });
}

describe("grade gradescope", () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(path.join(tmpdir(), "gradescope-"));
  });
  afterEach(() => {
    rmSync(room, { recursive: true });
  });

  const at = (name: string): string => path.join(room, name);
  const run = (...args: string[]): Promise<Said> =>
    listen((place) => runGradescope(args, { ...place, root: ROOT }));

  it("packs scripts, settings, secret and policy around the course", async () => {
    writeSecret(at("own.secret"), Secret.draw());
    writeFileSync(at("own.json"), '{"schema":"replication-labs/course/1"}');
    const given = ["--labs", "1-2", "--secret", at("own.secret"), "--course", at("own.json")];
    const { code, out, error } = await run("--out", at("a.zip"), ...given, "--", "--workers", "2");
    expect([code, error]).to.deep.equal([0, ""]);
    expect(out).to.match(/a\.zip: \d+ files, \d+ KiB\n$/);
    const names = await namesIn(readFileSync(at("a.zip")));
    const top = [...names.keys()].filter((name) => !name.startsWith("course/"));
    expect(top).to.deep.equal(["setup.sh", "run_autograder", "settings.sh", "seeds.secret", "course.json"]);
    expect([names.get("setup.sh"), names.get("run_autograder"), names.get("settings.sh")]).to.deep.equal([
      0o755, 0o755, 0o644,
    ]);
    expect(names).to.include.keys("course/package-lock.json", "course/grader/ready/grader.ts");
    if (process.platform !== "win32") expect(statSync(at("a.zip")).mode & 0o077).to.equal(0);
  });

  it("says in one line what is wrong, and packs nothing", async () => {
    const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
      [[], /^error: required option '--out <zip>'/],
      [["--out", at("a.zip"), "--labs", "9"], /^there is no lab “9”/],
      [["--out", at("a.zip"), "--labs", "0"], /Lab 0 has no hidden scenes/],
      [["--out", at("a.zip"), "--secret", at("none")], /^there is no secret in/],
      [["--out", at("a.zip"), "--course", at("none")], /none” cannot be read/],
      [["--out", at("a.zip"), "--minutes", "soon"], /^--minutes soon: a whole number/],
      [["--out", at("a.zip"), "--stage", "staff"], /^error: option '--stage <reader>'/],
      [["--out", at("no/a.zip")], /^--out .*a\.zip: it cannot be written \(ENOENT\)/],
    ];
    for (const [args, says] of wrong) {
      const { code, out, error } = await run(...args);
      expect([code, out], args.join(" ")).to.deep.equal([2, ""]);
      expect(error).to.match(says);
    }
    expect(statSync(at("a.zip"), { throwIfNoEntry: false })).to.equal(undefined);
  });

  it("explains itself", async () => {
    const { code, out } = await run("--help");
    expect(code).to.equal(0);
    expect(out).to.include("--secret").and.include("Exit code: 0");
  });
});
