import { createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { UsageError } from "../../labs/kit/program/errors";

/** Where the secret lies unless somebody says otherwise; git never sees it. */
export const SECRET_FILE = "seeds.secret";

/**
 * What hidden seeds derive from: 64 hex digits that nobody knows before the deadline. Their hash is published first and they
 * themselves afterwards, so that anyone can see that the seeds were not chosen later, and play every run again.
 */
export class Secret {
  /** @param digits - 64 hex digits, in lower case */
  constructor(readonly digits: string) {}

  static draw(): Secret {
    return new Secret(randomBytes(32).toString("hex"));
  }

  /** SHA-256 of the 64 digits as text, in hex: what is published before the deadline. */
  get commitment(): string {
    return createHash("sha256").update(this.digits).digest("hex");
  }

  /** Seed `i`, from 0, of a scene: the first 32 bits of HMAC-SHA256 with the digits as its key, over lab, scene and number. */
  seed(lab: number, scene: string, i: number): number {
    const message = JSON.stringify([lab, scene, i]);
    return createHmac("sha256", this.digits).update(message).digest().readUInt32BE(0);
  }
}

/**
 * Reads a secret.
 *
 * @throws UsageError if there is none, or it is no secret
 */
export function readSecret(file: string): Secret {
  const text = textOf(file).trim();
  if (/^[0-9a-f]{64}$/.test(text)) return new Secret(text);
  throw new UsageError(
    `“${file}” holds no secret, which is 64 hex digits; \`npm run grade -- seeds commit\` draws one`,
  );
}

/** Writes a secret that only its owner may read. An earlier one is never overwritten: marks may rest on it. */
export function writeSecret(file: string, secret: Secret): void {
  try {
    writeFileSync(file, `${secret.digits}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === "EEXIST"
        ? `“${file}” is there already; marks may rest on it`
        : `“${file}” cannot be written: ${message}`,
    );
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`there is no secret in “${file}”; \`npm run grade -- seeds commit\` draws one`);
  }
}
