/**
 * The harness of Lab 0: scenes, their vocabulary, and what watches every reply and every save.
 *
 * @module
 */
export { WarmupCluster, type Call } from "./cluster";
export * from "./messages";
export { scene, type WarmupSetup } from "./scene";
