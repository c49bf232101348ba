import { InProcessDriver, type Programs, type Role } from "../driver";
import type { Driver } from "../program/driver";
import { setConsole } from "./console";
import { missingMethods } from "./methods";
import type { Cast, Instances, Needs, Part } from "./part";
import { SubjectError, type Subject } from "./subject";

/** Runs the programs of one world in this process, their `console.*` as notes. */
export function inProcess(
  subject: Pick<Subject, "programClass" | "stackOf">,
  cast: Cast,
  instances: Instances,
): Driver {
  return new InProcessDriver({
    programsFor: (server) => programsOf(subject, cast(server), instances),
    stackOf: (error) => subject.stackOf(error),
    console: setConsole,
  });
}

/** A subject made of its parts, which runs in this process. */
export function inThisProcess(parts: Omit<Subject, "driver">): Subject {
  return { ...parts, driver: (cast, instances) => inProcess(parts, cast, instances) };
}

/**
 * The classes that play a part.
 *
 * @throws SubjectError if one is not there, or lacks a method
 */
function programsOf(subject: Pick<Subject, "programClass">, part: Part, instance: Instances): Programs {
  const { service } = part;
  const base = roleOf(subject, part, instance);
  if (service === undefined) return base;
  return { ...base, service: { ...roleOf(subject, service, instance), methods: service.requests } };
}

/** A handler that is missing would show only when it is called, perhaps under one seed of many. */
function roleOf(
  subject: Pick<Subject, "programClass">,
  { file, exportName, methods, verbs }: Needs,
  instance: Instances,
): Role {
  const program = subject.programClass(file, exportName, instance);
  const missing = missingMethods(program, methods);
  if (missing.length > 0) {
    throw new SubjectError("not-gradable", [`${file}: class ${exportName} lacks ${missing.join(", ")}`]);
  }
  return { className: exportName, program, ...(verbs === undefined ? {} : { verbs }) };
}
