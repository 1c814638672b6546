import { count, percent } from '../../numbers.js';
import { element } from './element.js';
import type { ReportData } from './report-data.js';

/** What is told of an item in a line. */
export interface Figures {
  readonly verdict: { readonly name: string; readonly className: string };
  readonly id: string;
  readonly benchmark: string;
  readonly part: string;
  readonly coverage: { readonly text: string; readonly share: string };
  readonly evidence: string;
  readonly run: string;
  readonly documents: string;
}

export function figures(report: ReportData, item: number): Figures {
  const { items, matches, verdicts, parts, benchmarks } = report.data;
  const best = report.bestMatch(item);
  const found = items.documents[item] > 0;
  return {
    verdict: verdictOf(verdicts[items.verdict[item]]),
    id: items.id[item],
    benchmark: benchmarks[items.benchmark[item]],
    part: parts[items.part[item]] ?? '',
    coverage: found ? coverageOf(items.coverage[item]) : { text: '', share: '0' },
    evidence: found ? count(items.evidence[item] / 10) : '',
    run: best < 0 ? '' : count(matches.longestRun[best]),
    documents: found ? count(items.documents[item]) : '',
  };
}

export function verdictOf(verdict: string): Figures['verdict'] {
  return { name: verdict, className: `v-${verdict.replace(/[^a-z]/g, '')}` };
}

/** From ten-thousandths. */
export function coverageOf(coverage: number): Figures['coverage'] {
  return { text: `${percent(coverage / 10_000)}%`, share: String(coverage / 10_000) };
}

/** A class for any kind of pair: letters alone, whatever the file says. */
export function kindClass(kind: string): string {
  return `k-${kind.replace(/[^a-z]/g, '')}`;
}

/** The mark of a verdict or kind, whose colour comes from around it. */
export function marker(): HTMLElement {
  return element('span', { class: 'dot', 'aria-hidden': 'true' });
}

/** A share as a bar. */
export function meter(share: string): HTMLElement {
  const bar = element('span', { class: 'meter', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', share);
  return bar;
}

/** A figure under its name, for a `dl`. */
export function fact(title: string, ...value: readonly (Node | string)[]): HTMLElement {
  return element('div', {}, element('dt', {}, title), element('dd', {}, ...value));
}
