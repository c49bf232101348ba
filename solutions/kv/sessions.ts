import type { KvAnswer } from "@labs/kit";

/** A session, as it stands in a snapshot: the last write that was executed in it, and its answer. */
export type Session = { readonly id: number; readonly sequence: number; readonly answer: KvAnswer | null };

/**
 * Who writes, and what they were told last, so that a repeated request is answered and not executed again (§8; thesis, §6.3). It is
 * part of the replicated state: every server keeps and forgets the same sessions at the same place of the log.
 */
export class Sessions {
  /** From the one that was used least recently to the last one: a map keeps the order of insertion. */
  private readonly byId = new Map<number, Session>();

  constructor(
    private readonly limit: number,
    sessions: readonly Session[] = [],
  ) {
    for (const session of sessions) this.byId.set(session.id, session);
  }

  /** A new session; the one that was idle for the longest stretch of the log makes room. */
  open(id: number): void {
    this.byId.set(id, { id, sequence: 0, answer: null });
    const [oldest] = this.byId.keys();
    if (this.byId.size > this.limit && oldest !== undefined) this.byId.delete(oldest);
  }

  /**
   * Executes request `sequence` of a session, unless that was done before.
   *
   * @returns the answer; undefined if the session, or the answer, is no longer known
   */
  once(id: number, sequence: number, execute: () => KvAnswer): KvAnswer | undefined {
    const session = this.byId.get(id);
    if (session === undefined || sequence < session.sequence) return undefined;
    const isRepeated = sequence === session.sequence;
    const answer = isRepeated ? session.answer : execute();
    this.byId.delete(id);
    this.byId.set(id, { id, sequence, answer });
    return answer ?? undefined;
  }

  toData(): Session[] {
    return [...this.byId.values()];
  }
}
