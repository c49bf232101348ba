export * from "./history";
export * from "./model";
export * from "./verdict";
export { kv } from "./models/kv";
