import type { Model } from "../model";
import { kv } from "./kv";
import { lock } from "./lock";
import { queue } from "./queue";
import { register } from "./register";

/** The models that logs are checked against, by the names that commands and saved histories know them by. */
export const MODELS = { kv, register, queue, lock } as const satisfies { readonly [name: string]: Model };

/** The name of a model. */
export type ModelName = keyof typeof MODELS;
