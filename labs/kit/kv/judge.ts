import type { Journal } from "./journal";
export function judge(_journal: Journal): void {}
