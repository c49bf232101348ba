import type { Programs, Role } from "../driver";
import { missingMethods, SubjectError, type Subject } from "../subject";

/** What a scene needs of a submission for one role: a class, and the methods it must have. */
export interface Needs {
  /** The file, e.g. `raft/raft.ts`. */
  readonly file: string;
  readonly exportName: string;
  readonly methods: readonly string[];
  /** The verbs of its context; absent: all. */
  readonly verbs?: readonly string[];
}

/** What one server runs. */
export interface Part extends Needs {
  /** A second program on top; the requests of these methods are for it. */
  readonly service?: Needs & { readonly requests: readonly string[] };
}

/**
 * The classes that play a part.
 *
 * @throws SubjectError if one is not there, or lacks a method
 */
export function programsOf(subject: Subject, part: Part, instance: "fresh" | "shared"): Programs {
  const { service } = part;
  const base = roleOf(subject, part, instance);
  if (service === undefined) return base;
  return { ...base, service: { ...roleOf(subject, service, instance), methods: service.requests } };
}

/** A handler that is missing would show only when it is called, perhaps under one seed of many. */
function roleOf(
  subject: Subject,
  { file, exportName, methods, verbs }: Needs,
  instance: "fresh" | "shared",
): Role {
  const program = subject.programClass(file, exportName, instance);
  const missing = missingMethods(program, methods);
  if (missing.length > 0) {
    throw new SubjectError("not-gradable", [`${file}: class ${exportName} lacks ${missing.join(", ")}`]);
  }
  return { className: exportName, program, ...(verbs === undefined ? {} : { verbs }) };
}
