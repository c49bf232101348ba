/** A rule of the paper, as a run exercises it. */
export interface Mark {
  readonly id: string;
  /** A few words that complete “this run never saw: …”. */
  readonly title: string;
  /** Where the paper has it. */
  readonly section: string;
  /** The lab that brings it. */
  readonly lab: number;
}
