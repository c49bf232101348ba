import { createHash } from "node:crypto";

/** The longest {@link safeName}, in characters: with an ending it fits into any file system. */
const LONGEST = 100;

/** Windows takes these for devices, whatever ending follows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name made from any text: letters, digits, `-`, `_` and `.` stay, each other byte of its UTF-8 becomes `=` and two hex digits. It has no
 * dot at either end, is no device, has at most 100 characters, and different texts have different ones. It needs no escaping in a link.
 */
export function safeName(text: string): string {
  const plain = [...Buffer.from(text, "utf8")].map(character).join("");
  const name = plain
    .replace(/^\./, "=2E")
    .replace(/\.$/, "=2E")
    .replace(DEVICE, (device) => `=${hex(device.charCodeAt(0))}${device.slice(1)}`);
  if (name !== "" && name.length <= LONGEST) return name;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 32);
  return `${name.slice(0, LONGEST - 34)}=-${digest}`; // no escape has a `-` there
}

function character(byte: number): string {
  const text = String.fromCharCode(byte);
  return /[\w.-]/.test(text) ? text : `=${hex(byte)}`;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}
