import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

/** The variable of our own environment that no program may see. */
const VARIABLE = "HOSTILE_BAIT";

/** What a program says that has got hold of something. */
export const LOOT = "LOOT";

/** Things outside of every program: a file, a variable of the environment, a port. A program that reaches one is seen. */
export class Bait {
  /** The contents of file and variable. */
  private readonly secrets = {
    file: randomBytes(12).toString("hex"),
    variable: randomBytes(12).toString("hex"),
  };
  private readonly folder = mkdtempSync(path.join(tmpdir(), "bait-"));
  private readonly file = path.join(this.folder, "secret.txt");
  private connections = 0;
  private port = 0;
  private readonly server: Server = createServer((socket) => {
    this.connections++;
    socket.destroy();
  });

  private constructor(private readonly course: string) {
    writeFileSync(this.file, this.secrets.file);
    process.env[VARIABLE] = this.secrets.variable;
  }

  /** @param course - the folder of the course, whose hidden scenes are bait as well */
  static async lay(course: string): Promise<Bait> {
    const bait = new Bait(course);
    await new Promise<void>((resolve) => bait.server.listen(0, "127.0.0.1", resolve));
    const address = bait.server.address();
    if (typeof address === "object" && address !== null) bait.port = address.port;
    return bait;
  }

  /** Tells an attack where the bait is. */
  fill(code: string): string {
    return code
      .replaceAll("@file@", forString(this.file))
      .replaceAll("@folder@", forString(this.folder))
      .replaceAll("@course@", forString(this.course))
      .replaceAll("@variable@", VARIABLE)
      .replaceAll("@port@", String(this.port));
  }

  /**
   * What somebody has got hold of or changed; empty if all is as it was laid out.
   *
   * @param said - all that was heard of the program: document, reports, messages
   */
  taken(said: string): string[] {
    const { file, variable } = this.secrets;
    const heard = { "the file": file, "the variable": variable, loot: `${LOOT}:` };
    return [
      ...Object.entries(heard).flatMap(([what, text]) =>
        said.includes(text) ? [`${what} was heard of`] : [],
      ),
      ...(this.connections > 0 ? ["somebody has come to the port"] : []),
      ...(readdirSync(this.folder).join() === "secret.txt" ? [] : ["the folder has changed"]),
      ...(readFileSync(this.file, "utf8") === file ? [] : ["the file has changed"]),
      ...(process.env[VARIABLE] === variable ? [] : ["the variable has changed"]),
    ];
  }

  async remove(): Promise<void> {
    delete process.env[VARIABLE];
    rmSync(this.folder, { recursive: true });
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** A path as it may stand between quotes in a program. */
function forString(text: string): string {
  return text.replaceAll("\\", "\\\\");
}
