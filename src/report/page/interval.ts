import { percent } from '../numbers.js';
import type { Rate } from '../wilson.js';
import { html } from './html.js';
import type { Html } from './html.js';

/** Units of the drawing; as wide as it is shown, so that a unit is a CSS pixel. */
const WIDTH = 160;
const HEIGHT = 16;
/** Room for a dot at either end. */
const EDGE = 4;

/** Where the axis of all rates ends: a round figure not far above the highest. */
export function axisEnd(highs: readonly number[]): number {
  const highest = highs.reduce((a, b) => Math.max(a, b), 0);
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1].find((end) => highest <= end) ?? 1;
}

function x(share: number, end: number): number {
  return Math.round((EDGE + (Math.min(share, end) / end) * (WIDTH - 2 * EDGE)) * 10) / 10;
}

/** A rate as a dot on its 95 % interval. */
export function interval({ value, low, high }: Rate, end: number): Html {
  const middle = HEIGHT / 2;
  return html`<svg
    class="interval"
    width="${WIDTH}"
    height="${HEIGHT}"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    aria-hidden="true"
  >
    <line class="axis" x1="${x(0, end)}" x2="${x(end, end)}" y1="${middle}" y2="${middle}" />
    <line class="whisker" x1="${x(low, end)}" x2="${x(high, end)}" y1="${middle}" y2="${middle}" />
    <circle class="point" cx="${x(value, end)}" cy="${middle}" r="3.5" />
  </svg>`;
}

/** The scale over the column of intervals. */
export function intervalAxis(end: number): Html {
  return html`<span class="ends"><span>0</span><span>${percent(end)}%</span></span>`;
}
