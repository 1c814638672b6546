import { safeJsonPage } from '../escape.js';
import { html } from '../page/html.js';
import type { Html } from '../page/html.js';
import { count } from '../numbers.js';
import type { Report } from '../report.js';
import { textWidth } from '../width.js';

interface Badge {
  readonly message: string;
  readonly colour: string;
}

const LABEL = 'held out';

/** What a badge may say: of a part of the corpus nobody says "clean". */
export function badgeOf({ report }: Report): Badge {
  const { checked, verdicts, skippedDocuments, unreadableFiles } = report.totals;
  const unconfirmed = verdicts.unconfirmed ?? 0;
  if (checked === 0 && unconfirmed === 0) return { message: 'not checked', colour: '#6a665f' };
  if (verdicts.contaminated > 0)
    return { message: `${count(verdicts.contaminated)} of ${count(checked)} contaminated`, colour: '#b3261e' };
  if (unconfirmed > 0) return { message: `${count(unconfirmed)} unconfirmed`, colour: '#845500' };
  if (report.partial) return { message: `partial, ${count(checked)} checked`, colour: '#845500' };
  if (verdicts.suspect > 0)
    return { message: `${count(verdicts.suspect)} of ${count(checked)} suspect`, colour: '#845500' };
  const gaps = skippedDocuments + unreadableFiles > 0 ? ', some skipped' : '';
  return { message: `none of ${count(checked)} found${gaps}`, colour: gaps === '' ? '#2c6b48' : '#845500' };
}

/** For shields.io's endpoint badge: https://shields.io/badges/endpoint-badge */
export function badgeJson(report: Report): string[] {
  const { message, colour } = badgeOf(report);
  return [safeJsonPage({ schemaVersion: 1, label: LABEL, message, color: colour.slice(1) })];
}

/** Columns of Verdana at 11 pixels, about: the text is stretched to fit, so that "about" is enough. */
const COLUMN = 6.4;
const PADDING = 6;

/** The same as a picture that needs no server. */
export function badgeSvg(report: Report): string[] {
  const { message, colour } = badgeOf(report);
  const left = Math.round(textWidth(LABEL) * COLUMN) + 2 * PADDING;
  const right = Math.round(textWidth(message) * COLUMN) + 2 * PADDING;
  const text = (words: string, from: number, width: number): Html =>
    html`<text x="${from + width / 2}" y="14" textLength="${width - 2 * PADDING}" lengthAdjust="spacingAndGlyphs">${words}</text>`;
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${LABEL}: ${message}">
<title>${LABEL}: ${message}</title>
<clipPath id="round"><rect width="${left + right}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)"><rect width="${left}" height="20" fill="#3b3935"/><rect x="${left}" width="${right}" height="20" fill="${colour}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
${text(LABEL, 0, left)}
${text(message, left, right)}
</g>
</svg>
`;
  return [svg.markup];
}
