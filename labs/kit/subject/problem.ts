/** One thing that is wrong in a submission, and where. */
export interface Problem {
  /** The file inside the submission, with `/` on every system. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1; absent where the line says enough. */
  readonly column?: number;
  /** What is wrong, and what to do instead. */
  readonly message: string;
}

/** `raft/raft.ts:12:5: message`, one line for each problem, sorted by place, none twice. */
export function problemLines(problems: readonly Problem[]): string[] {
  const sorted = [...problems].sort(
    (a, b) => compare(a.path, b.path) || a.line - b.line || (a.column ?? 0) - (b.column ?? 0),
  );
  const lines = sorted.map(({ path, line, column, message }) => {
    const place = column === undefined ? `${path}:${line}` : `${path}:${line}:${column}`;
    return `${place}: ${message.replace(/\s*\n\s*/g, " ")}`;
  });
  return [...new Set(lines)];
}

/** Order by code units: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
