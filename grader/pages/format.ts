import { type Html, html } from "./html";

/** Writes points so that those of one page stand below each other: with as many decimals, at most two, as any of them needs. */
export type Pointed = (points: number) => string;

/** Finds the decimals that these points need. */
export function pointsLike(all: Iterable<number>): Pointed {
  let decimals = 0;
  for (const points of all) {
    while (decimals < 2 && Math.abs(points - Number(points.toFixed(decimals))) > 1e-9) decimals++;
  }
  return (points) => points.toFixed(decimals);
}

/** Points without decimals that say nothing. */
export function short(points: number): string {
  return String(Number(points.toFixed(2)));
}

const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

/** An instant, in UTC to the minute; a text that is none is shown as it is. */
export function instant(iso: string): Html {
  const at = ISO.test(iso) ? Date.parse(iso) : NaN; // which takes nearly any text with a figure in it
  if (Number.isNaN(at)) return html`${iso}`;
  const text = new Date(at).toISOString();
  return html`<time datetime="${text}">${text.slice(0, 16).replace("T", " ")} UTC</time>`;
}

/** Real time: `45 s`, `12 min`, `3 h 05 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** Virtual time: `123.400 ms`, `61.040 s`. */
export function virtual(ms: number): string {
  return ms < 10_000 ? `${ms.toFixed(3)} ms` : `${(ms / 1000).toFixed(3)} s`;
}

/** A share in percent; what is not all never reads as 100 %, nor what is something as 0 %. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "–";
  const share = Math.round((100 * part) / whole);
  if (part < whole && share === 100) return "99 %";
  return `${part > 0 && share === 0 ? 1 : share} %`;
}

/** A thin bar, for those who see it; the figure stands beside it. */
export function bar(part: number, whole: number): Html {
  const width = whole > 0 ? Math.min(100, Math.max(0, (100 * part) / whole)).toFixed(1) : "0";
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="8" />
    <rect class="fill" width="${width}" height="8" />
  </svg>`;
}
