import type { ReportData } from './report-data.js';
import { byName, falling } from './sorted.js';
import type { Comparison } from './sorted.js';

export type ItemKey = 'verdict' | 'item' | 'benchmark' | 'part' | 'coverage' | 'evidence' | 'run' | 'documents';

/** Of a part, the worse one first, as everywhere in a report. */
const SEVERITY = ['question+answer', 'question', 'code', 'passage', 'choices', 'answer'];
export const WORST_FIRST = ['contaminated', 'suspect', 'unconfirmed', 'clean', 'unchecked'];

export function itemOrder(report: ReportData, key: ItemKey): Comparison {
  const { items, matches, benchmarks, parts, verdicts } = report.data;
  switch (key) {
    case 'coverage':
      return falling(items.coverage);
    case 'evidence':
      return falling(items.evidence);
    case 'documents':
      return falling(items.documents);
    case 'run':
      return falling(items.id.map((_, item) => matches.longestRun[report.bestMatch(item)] ?? 0));
    case 'item':
      return byName(items.id);
    case 'benchmark':
      return byName(items.benchmark.map((at) => benchmarks[at]));
    case 'part':
      return byName(items.part.map((at) => parts[at] ?? '\uffff'));
    case 'verdict': {
      const rank = verdicts.map((verdict) => (WORST_FIRST.includes(verdict) ? WORST_FIRST.indexOf(verdict) : 9));
      const severity = parts.map((part) => SEVERITY.indexOf(part));
      return (a, b) =>
        rank[items.verdict[a]] - rank[items.verdict[b]] ||
        (severity[items.part[a]] ?? 9) - (severity[items.part[b]] ?? 9) ||
        items.evidence[b] - items.evidence[a];
    }
  }
}
