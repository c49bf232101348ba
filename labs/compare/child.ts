/**
 * A child process of a comparison: measures what it is told. Started by `sendCrew`.
 *
 * @module
 */
import { UsageError } from "../kit/program/errors";
import { loadSubject, SubjectError, type Subject } from "../kit/subject";
import { doErrand, type Found, type Task } from "./errand";
import { CompareError } from "./store";

let known: { readonly folder: string; readonly subject: Subject } | undefined;

process.on("message", (message) => {
  process.send?.(found(message as Task));
});

function found({ subject, order, errand }: Task): Found {
  try {
    if (known?.folder !== subject) known = { folder: subject, subject: loadSubject(subject) };
    return { rows: doErrand(errand, order, known.subject) };
  } catch (error) {
    if (error instanceof CompareError) return { rows: [], problem: error.message };
    if (error instanceof UsageError || error instanceof SubjectError)
      return { rows: [], misuse: error.message };
    throw error;
  }
}
