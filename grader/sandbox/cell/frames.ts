import { readSync, writeSync } from "node:fs";

/** The other end of a channel is gone. */
export class ClosedError extends Error {
  override readonly name = "ClosedError";
}

/** A document is larger than any honest one. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

/** JSON documents over two file descriptors, each behind its length in bytes. Reading and writing block. */
export class FrameChannel {
  private readonly header = Buffer.alloc(4);

  /** @param limit - the largest document that is taken, in bytes */
  constructor(
    private readonly input: number,
    private readonly output: number,
    private readonly limit: number,
  ) {}

  send(message: unknown): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    const bytes = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
    bytes.writeUInt32BE(bytes.length - 4);
    bytes.write(text, 4);
    for (let sent = 0; sent < bytes.length;) sent += write(this.output, bytes, sent);
  }

  receive(): unknown {
    return JSON.parse(this.receiveBytes().toString());
  }

  /** The bytes of the next document. */
  receiveBytes(): Buffer {
    this.fill(this.header);
    const length = this.header.readUInt32BE();
    if (length > this.limit) throw new TooLargeError(`a document of ${length} bytes`);
    const bytes = Buffer.allocUnsafe(length);
    this.fill(bytes);
    return bytes;
  }

  private fill(bytes: Buffer): void {
    for (let filled = 0; filled < bytes.length;) {
      const count = readSync(this.input, bytes, filled, bytes.length - filled, null);
      if (count === 0) throw new ClosedError("the other end has closed");
      filled += count;
    }
  }
}

function write(fd: number, bytes: Buffer, from: number): number {
  try {
    return writeSync(fd, bytes, from);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EPIPE") throw new ClosedError("the other end has closed");
    throw error;
  }
}
