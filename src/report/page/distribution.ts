import { count, counted, percent } from '../numbers.js';
import type { Report } from '../report.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { verdictClass, verdictsIn } from './verdict-words.js';

/** Units of a drawing; as wide as it is shown. */
const WIDTH = 480;
const HEIGHT = 170;
const LEFT = 44;
const BOTTOM = 24;
const TOP = 10;
/** Room for half of the last number. */
const RIGHT = 18;

/** One bar for each twentieth of coverage, and for each half doubling of evidence. */
const COVERAGE_BINS = 20;
const EVIDENCE_FROM = 5; // 2^5 bits: below the least that is suspect
const EVIDENCE_TO = 13; // 2^13 bits, a long passage; what is above counts in the last
const EVIDENCE_BINS = (EVIDENCE_TO - EVIDENCE_FROM) * 2;

interface Bars {
  readonly title: string;
  /** For whoever hears the page. */
  readonly summary: string;
  readonly bins: readonly ReadonlyMap<string, number>[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** How the scores of the items that have a match are spread. */
export function distribution({ items, report }: Report): Html {
  const found = items.filter((item) => item.documents > 0);
  if (found.length === 0) return html``;
  const verdicts = verdictsIn(report.totals.verdicts).filter((verdict) =>
    found.some((item) => item.verdict === verdict),
  );
  const coverage = binned(found, COVERAGE_BINS, (item) => item.coverage * COVERAGE_BINS);
  const evidence = binned(found, EVIDENCE_BINS, (item) => (Math.log2(Math.max(1, item.evidence)) - EVIDENCE_FROM) * 2);
  const high = found.filter((item) => item.coverage >= 0.9).length;
  return html`<h2>Scores of the ${counted(found.length, 'item')} found</h2>
    <div class="charts">
      ${chart(
        {
          title: 'Coverage of the part, %',
          summary: `${count(high)} of ${count(found.length)} are covered by 90% or more (${percent(high / found.length)}%).`,
          bins: coverage,
          ticks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: share * COVERAGE_BINS, label: String(share * 100) })),
        },
        verdicts,
      )}
      ${chart(
        {
          title: 'Evidence, bits (logarithmic)',
          summary: `The median is ${count(median(found.map((item) => item.evidence)))} bits.`,
          bins: evidence,
          ticks: [5, 7, 9, 11, 13].map((power) => ({ at: (power - EVIDENCE_FROM) * 2, label: count(2 ** power) })),
        },
        verdicts,
      )}
    </div>
    <p class="legend">
      ${verdicts.map((verdict) => html`<span class="${verdictClass(verdict)}"><span class="dot" aria-hidden="true"></span>${verdict}</span> `)}
    </p>`;
}

function binned(
  found: Report['items'],
  bins: number,
  where: (item: Report['items'][number]) => number,
): Map<string, number>[] {
  const counts = Array.from({ length: bins }, () => new Map<string, number>());
  for (const item of found) {
    const bin = counts[Math.min(bins - 1, Math.max(0, Math.floor(where(item))))];
    bin.set(item.verdict, (bin.get(item.verdict) ?? 0) + 1);
  }
  return counts;
}

function chart({ title, summary, bins, ticks }: Bars, verdicts: readonly string[]): Html {
  const most = Math.max(...bins.map((bin) => [...bin.values()].reduce((a, b) => a + b, 0)));
  const top = niceTop(most);
  const step = (WIDTH - LEFT - RIGHT) / bins.length;
  const floor = HEIGHT - BOTTOM;
  const tall = (n: number): number => round((n / top) * (floor - TOP));
  const columns = bins.map((bin, i) => {
    let below = 0;
    return verdicts.map((verdict) => {
      const n = bin.get(verdict) ?? 0;
      if (n === 0) return html``;
      const height = tall(n);
      below += height;
      const left = round(LEFT + i * step + 1);
      return html`<rect
        class="column ${verdictClass(verdict)}"
        x="${left}"
        y="${round(floor - below)}"
        width="${round(step - 2)}"
        height="${height}"
      />`;
    });
  });
  return html`<figure>
    <figcaption>${title}</figcaption>
    <svg
      class="chart"
      width="${WIDTH}"
      height="${HEIGHT}"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      role="img"
      aria-label="${title}: ${summary}"
    >
      ${[0, top / 2, top].map(
        (n) =>
          html`<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${floor - tall(n)}" y2="${floor - tall(n)}" />
            <text class="tick" x="${LEFT - 6}" y="${floor - tall(n) + 4}" text-anchor="end"
              >${Number.isInteger(n) ? count(n) : ''}</text
            >`,
      )}
      ${columns}
      ${ticks.map(
        ({ at, label }) =>
          html`<text class="tick" x="${round(LEFT + at * step)}" y="${HEIGHT - 8}" text-anchor="middle"
            >${label}</text
          >`,
      )}
    </svg>
  </figure>`;
}

/** The least of 1, 2, 4, 10, 20, 40, 100, … that is no less. */
function niceTop(n: number): number {
  for (let scale = 1; ; scale *= 10) {
    const top = [1, 2, 4, 6, 8].find((step) => n <= step * scale);
    if (top !== undefined) return top * scale;
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
