/** What a batch tells while it goes on; `--json-events` prints each as a line. */
export type BatchEvent =
  /** All submissions were read; `done` of them need no judging (any more). */
  | { readonly event: "begun"; readonly submissions: number; readonly done: number; readonly lanes: number }
  | { readonly event: "judging"; readonly name: string }
  | {
      readonly event: "judged";
      readonly name: string;
      /** As in the grade document: all seeds needed, no policy. */
      readonly points: number;
      readonly maxPoints: number;
      /** Real time, in ms. */
      readonly wallMs: number;
      /** Runs that ended twice in an error of the grader. */
      readonly judgeErrors: number;
      /** Other submissions with the same files: they have got the same result. */
      readonly identical: readonly string[];
    }
  /** It could not be judged, by our own fault. */
  | { readonly event: "ungraded"; readonly name: string; readonly message: string }
  /** Interrupted: these are still judged, nothing else is begun. */
  | { readonly event: "draining"; readonly names: readonly string[] }
  /** Nothing more is judged. */
  | { readonly event: "ended"; readonly whole: boolean };

/** Hears what a batch tells. */
export type Listener = (event: BatchEvent) => void;
