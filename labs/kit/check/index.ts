/**
 * Was this run as good as one operation at a time? `checkLinearizable` is the question, `linearizable.ts` the place to
 * start reading; behind it `parts.ts` takes a history apart, `wgl.ts` looks for an order whatever the model, `cells` has
 * the short cuts for reads and writes, `explain` says why there is no order, and `weaker` asks for less.
 *
 * @module
 */
export * from "./cell";
export * from "./history";
export * from "./model";
export * from "./verdict";
export { DEFAULT_BUDGET } from "./budget";
export { tellVerdict } from "./explain";
export { checkLinearizable, type CheckOptions } from "./linearizable";
export { kv, type KvAnswer, type KvCell, type KvOperation, type KvSeen } from "./models/kv";
export { lock, type LockAnswer, type LockOperation } from "./models/lock";
export { queue, type QueueAnswer, type QueueOperation } from "./models/queue";
export { register, type RegisterAnswer, type RegisterOperation, type RegisterValue } from "./models/register";
export { HistoryError } from "./shape";
