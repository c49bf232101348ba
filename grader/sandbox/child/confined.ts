import { TraceMap } from "@jridgewell/trace-mapping";
import { ProgramContext } from "../../../labs/kit/driver";
import { Below } from "../../../labs/kit/driver/below";
import {
  ForbiddenError,
  GraphError,
  PlainDataError,
  ProgramError,
  ThrownError,
  type Driver,
  type ProgramClass,
} from "../../../labs/kit/program";
import type { ModuleBody } from "../../../labs/kit/subject/compile";
import { makeScope, withGlobals, type GlobalScope } from "../../../labs/kit/subject/globals";
import { inProcess } from "../../../labs/kit/subject/in-process";
import type { Cast, Instances } from "../../../labs/kit/subject/part";
import { studentLines } from "../../../labs/kit/subject/stack";
import { SubjectError, type Subject } from "../../../labs/kit/subject/subject";
import { ModuleTree, type LinkedFile } from "../../../labs/kit/subject/tree";
import type { PackedFile, Parcel } from "../parcel";

/** All of ours that a program can hold in its hands, or reach from there by `constructor`. */
const WITHIN_REACH = [
  ProgramContext,
  Below,
  ForbiddenError,
  GraphError,
  PlainDataError,
  ProgramError,
  SubjectError,
  ThrownError,
];

/**
 * A submission in a compartment: built-in objects are frozen, and it sees the globals that programs have at the student's desk, no
 * others. A module is compiled once and evaluated anew for each life of a server; what is at its top level is then new, so
 * that no two lives share anything that can change.
 */
export class ConfinedSubject implements Subject {
  readonly name: string;
  readonly digest = "";
  private readonly tree: ModuleTree;
  private readonly maps = new Map<string, { readonly path: string; readonly map: TraceMap }>();

  constructor(private readonly parcel: Parcel) {
    this.name = parcel.name;
    harden(WITHIN_REACH);
    const compartment = new Compartment();
    const scope = lock(compartment);
    this.tree = new ModuleTree(
      new Map(parcel.files.map((file) => [file.path, linked(file, compartment, scope)])),
      this,
    );
  }

  programClass(file: string, exportName: string, instances: Instances): ProgramClass {
    return this.tree.programClass(file, exportName, instances);
  }

  exported(file: string, exportName: string): unknown {
    return this.tree.exported(file, exportName);
  }

  driver(cast: Cast, instances: Instances): Driver {
    return inProcess(this, cast, instances);
  }

  stackOf(error: unknown): string[] {
    for (const { path, map } of this.maps.size === 0 ? this.parcel.files : []) {
      this.maps.set(path, { path, map: new TraceMap(map) });
    }
    return studentLines(error, this.parcel.root, this.maps, stackText);
  }

  moduleState(): string[] {
    return []; // the judge reads the text itself
  }
}

/**
 * Takes all names from the global object of a compartment: what programs see of it are parameters of a function around each
 * module, which is faster, too. Only `eval` cannot be a parameter of strict code.
 */
function lock({ globalThis: realm }: Compartment): GlobalScope {
  const { names, values } = makeScope(realm);
  for (const name of Reflect.ownKeys(realm)) Reflect.deleteProperty(realm, name);
  for (const value of values) hardenOurs(value);
  const at = names.indexOf("eval");
  Reflect.set(realm, "eval", values[at]);
  Object.freeze(realm);
  return { names: names.toSpliced(at, 1), values: values.toSpliced(at, 1) };
}

/** What throws at every touch cannot be frozen, and need not be. */
function hardenOurs(value: unknown): void {
  try {
    harden(value);
  } catch (error) {
    if (!(error instanceof ForbiddenError)) throw error;
  }
}

function linked(file: PackedFile, compartment: Compartment, { names, values }: GlobalScope): LinkedFile {
  let body: ModuleBody | undefined;
  const compile = (): ModuleBody => {
    const text = `${withGlobals(file.code, names)}\n//# sourceURL=${file.scriptName}`;
    return (compartment.evaluate(text) as (...globals: readonly unknown[]) => ModuleBody)(...values);
  };
  return {
    path: file.path,
    links: new Map(file.links),
    body: (exports, require) => {
      body ??= compile();
      return body(exports, require);
    },
  };
}

function stackText(error: unknown): string {
  if (!(error instanceof Error)) return "";
  try {
    return getStackString(error);
  } catch {
    return "";
  }
}
