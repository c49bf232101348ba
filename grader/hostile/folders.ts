import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { type Parcel, put, RAFT, TEXT } from "./parcel";

/** Folders, and files that are no archive. */
export const FOLDERS: readonly Parcel[] = [
  {
    name: "not-an-archive",
    tries: "is called an archive and is a program",
    pack: (room) => put(room, "mine.zip", "#!/bin/sh\ntouch touched\n"),
    refused: /no \.zip/,
  },
  {
    name: "a-link-for-an-archive",
    tries: "is itself a link to a file of ours",
    pack: (room, bait) => {
      symlinkSync(bait, path.join(room, "mine.zip"));
      return path.join(room, "mine.zip");
    },
    refused: /no \.zip|link/,
  },
  {
    name: "folder-of-links",
    tries: "is a folder of links to files and folders of ours",
    pack: (room, bait) => {
      put(room, `mine/${RAFT}`, TEXT);
      symlinkSync(bait, path.join(room, "mine/raft/peek.ts"));
      symlinkSync(path.dirname(bait), path.join(room, "mine/kv"));
      symlinkSync(".", path.join(room, "mine/loop"));
      return path.join(room, "mine");
    },
  },
  {
    name: "folder-for-a-file",
    tries: "has a folder that is called raft.ts",
    pack: (room) => {
      put(room, "mine/raft/raft.ts/raft.ts", TEXT);
      return path.join(room, "mine");
    },
    refused: /no program of this course/,
  },
  {
    name: "folder-with-a-pipe",
    tries: "has a pipe for a file, on which a reader waits for ever",
    pack: (room) => {
      put(room, `mine/${RAFT}`, TEXT);
      execFileSync("mkfifo", [path.join(room, "mine/raft/wait.ts")]);
      return path.join(room, "mine");
    },
    refused: /a pipe/,
  },
];
