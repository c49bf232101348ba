import { median, quantile, sorted } from "../../labs/compare/statistics";
import type { ClassDocument } from "../batch/class-document";
import { histogram } from "./charts";
import { type Pointed, pointsLike, short } from "./format";
import { type Html, html } from "./html";

/** How the class did as a whole: a few figures, then each lab with the distribution of its points. */
export function totals(document: ClassDocument): Html {
  const { students, labs, maxPoints } = document;
  if (students.length === 0) return html`<section id="totals"><p>There are no students.</p></section>`;
  const points = students.map((student) => student.points);
  const per = labs.map((lab) => ({
    ...lab,
    all: students
      .flatMap((student) => student.labs.filter((own) => own.lab === lab.lab))
      .map((own) => own.points),
  }));
  const best = Math.max(...per.map(({ all, maxPoints: max }) => Math.max(0, ...countsByShare(all, max))));
  const withPoints = pointsLike([...points, ...per.flatMap(({ all }) => [...all, mean(all)])]);
  return html`<section id="totals" aria-labelledby="totals-title">
    <h2 id="totals-title">Totals</h2>
    <dl class="tiles">
      ${tile("Median of points", short(median(points)), `of ${short(maxPoints)}`)}
      ${tile("Mean of points", short(mean(points)), `of ${short(maxPoints)}`)}
      ${tile("All points", points.filter((own) => own >= maxPoints).length, `of ${students.length}`)}
      ${tile("No points", points.filter((own) => own === 0).length, `of ${students.length}`)}
      ${tile("Not final", students.filter(({ final }) => !final).length, `of ${students.length}`)}
    </dl>
    <div class="scroll" role="region" aria-label="Points by lab" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Lab</th>
            <th scope="col" class="number">Out of</th>
            <th scope="col" class="number">Mean</th>
            <th scope="col" class="number">Lower quarter</th>
            <th scope="col" class="number">Median</th>
            <th scope="col" class="number">Upper quarter</th>
            <th scope="col" class="number">All points</th>
            <th scope="col" class="number">None</th>
          </tr>
        </thead>
        <tbody>
          ${per.map((lab) => labRow(lab, withPoints))}
        </tbody>
      </table>
    </div>
    <div class="charts">
      ${per.map(({ lab, title, maxPoints: max, all }) =>
        histogram({
          id: `points-${lab}`,
          title: `Lab ${lab}: ${title}`,
          counts: countsByShare(all, max),
          highest: best,
        }),
      )}
    </div>
    <p class="quiet">Students by their share of the lab’s points, in percent.</p>
  </section>`;
}

interface LabTotals {
  readonly lab: number;
  readonly title: string;
  readonly maxPoints: number;
  readonly all: readonly number[];
}

function labRow({ lab, title, maxPoints, all }: LabTotals, withPoints: Pointed): Html {
  const ascending = sorted(all);
  const at = (q: number): string => (all.length === 0 ? "–" : withPoints(quantile(ascending, q)));
  return html`<tr>
    <th scope="row">${lab}: ${title}</th>
    <td class="number">${short(maxPoints)}</td>
    <td class="number">${all.length === 0 ? "–" : withPoints(mean(all))}</td>
    <td class="number">${at(0.25)}</td>
    <td class="number">${at(0.5)}</td>
    <td class="number">${at(0.75)}</td>
    <td class="number">${all.filter((points) => points >= maxPoints).length}</td>
    <td class="number">${all.filter((points) => points === 0).length}</td>
  </tr> `;
}

function tile(name: string, value: string | number, of: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd><b>${value}</b> ${of}</dd>
  </div> `;
}

/** Ten bins of a tenth of the points each, and one for all of them. */
function countsByShare(all: readonly number[], maxPoints: number): number[] {
  const counts = Array.from({ length: 11 }, () => 0);
  for (const points of all) {
    const bin = maxPoints > 0 ? Math.min(10, Math.floor((10 * points) / maxPoints + 1e-9)) : 10;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
