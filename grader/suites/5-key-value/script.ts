import type { Client, KvAnswer, KvCluster } from "../../../labs/kit/kv";

// What the scenes of Lab 5 have in common.

/** MIT's maxraftstate: with more bytes than this beside its snapshot, Raft's state is to be compacted. */
export const MAX_STATE_BYTES = 1000;

/** So many times that much may be found on a disk. */
const TIMES = 8;

/**
 * After so long (ms) what a crashed server had sent on a reliable network (0.5 to 2 ms a message) has arrived or is lost. Links that are
 * mended before that still let it through.
 */
export const MESSAGES_LAST = 5;

const EXACTLY_ONCE =
  "A request is executed once, however often it is sent, and in the order of its client (§8)";

/** A moment for who looks at the size now and then. */
const MOMENT = 100;

/** What is on a disk beside the snapshot is small, once all is quiet. */
export function boundedLogs(c: KvCluster, most = TIMES * MAX_STATE_BYTES): void {
  c.watch(MOMENT);
  for (const server of c.running()) {
    const bytes = c.logBytes(server);
    c.expect(
      bytes <= most,
      "The service takes a snapshot when Raft's state has grown beyond maxStateBytes (§7; MIT 6.5840, Lab 4B)",
      `the disk of server ${server} holds ${bytes} bytes beside its snapshot; the handout allows ${most}`,
      server,
    );
  }
}

/** What a key holds must be this text, as clients append it. */
export function reads(
  c: KvCluster,
  client: Client,
  key: string,
  text: string,
  rule = EXACTLY_ONCE,
): KvAnswer {
  const answer = client.get(key);
  if (answer.value !== text) {
    c.expect(false, rule, `key "${key}": ${differs(answer.value ?? "", text)}`, client.id);
  }
  return answer;
}

/** The text consists of these tokens: each once, and those of one client in their order. */
export function consistsOf(c: KvCluster, text: string, byClient: readonly (readonly string[])[]): void {
  let length = 0;
  for (const tokens of byClient) {
    let last = -1;
    for (const token of tokens) {
      const times = text.split(token).length - 1;
      c.expect(
        times === 1,
        EXACTLY_ONCE,
        `“${token}” was appended, and stands ${times} times in ${brief(text)}`,
      );
      const at = text.indexOf(token);
      c.expect(at > last, EXACTLY_ONCE, `“${token}” stands before what its client appended before it`);
      last = at;
      length += token.length;
    }
  }
  const message = `the key holds ${text.length} characters, but ${length} were appended: ${brief(text)}`;
  c.expect(text.length === length, EXACTLY_ONCE, message);
}

function brief(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}

/** Where a text parts from what it should be. */
export function differs(value: string, expected: string): string {
  let at = 0;
  while (at < value.length && value[at] === expected[at]) at++;
  const from = Math.max(0, at - 10);
  const piece = (text: string): string => JSON.stringify(text.slice(from, at + 30));
  return (
    `it reads ${value.length} characters, and ${expected.length} are right; ` +
    `from character ${from} on it reads ${piece(value)}…, and right is ${piece(expected)}…`
  );
}

/** Everybody has applied all that is committed. */
export function caughtUp(c: KvCluster, on = c.running().length): void {
  c.awaitApplied(c.commitIndex, on);
}

/** All servers crash, are away for a second, and come back. */
export function restartAll(c: KvCluster): void {
  c.crash(...c.servers);
  c.watch(1000);
  c.restart(...c.servers);
}
