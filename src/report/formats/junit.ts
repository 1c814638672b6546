import type { Match } from '../../model/match.js';
import type { ItemResult } from '../../model/result.js';
import { shownBlock } from '../escape.js';
import { textsOf } from '../match-text.js';
import { itemKey, matchesByItem } from '../matches-by-item.js';
import { count, counted, percent } from '../numbers.js';
import type { Report } from '../report.js';

/** A suite a benchmark, a test an item: contaminated fails, unchecked is skipped, suspect passes with a note. */
export function* junitXml({ report, items, matches }: Report): Generator<string> {
  const all = sums(items);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="heldout" tests="${all.total}" failures="${all.contaminated}" errors="0">\n`;
  const byItem = matchesByItem(matches);
  for (const { name } of report.benchmarks) {
    const own = items.filter((item) => item.benchmark === name);
    const counts = sums(own);
    yield `  <testsuite name="${attribute(name)}" tests="${counts.total}" failures="${counts.contaminated}" errors="0" skipped="${counts.unchecked}">\n`;
    for (const item of own) yield testCase(item, byItem.get(itemKey(item))?.[0]);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function testCase(item: ItemResult, match: Match | undefined): string {
  const open = `    <testcase classname="${attribute(item.benchmark)}" name="${attribute(item.item)}"`;
  const inner = outcome(item, match);
  return inner === '' ? `${open}/>\n` : `${open}>${inner}</testcase>\n`;
}

function outcome(item: ItemResult, match: Match | undefined): string {
  if (item.verdict === 'clean') return '';
  if (item.verdict === 'unchecked') return `<skipped message="${attribute(item.reason)}"/>`;
  const says = match
    ? `${item.verdict}: ${match.part} ${percent(match.coverage)}% covered, ${count(match.evidence)} bits, in ` +
      `${match.document.file} record ${count(match.document.record)}` +
      (item.documents > 1 ? ` and ${counted(item.documents - 1, 'more document')}` : '')
    : item.verdict;
  const texts = match
    ? `${item.file} record ${count(item.record)}:\n${textsOf(match).item}\n\ncorpus:\n${textsOf(match).document}\n`
    : '';
  if (item.verdict !== 'contaminated')
    return `<system-out>${content(`${says}${item.reason === '' ? '' : `; ${item.reason}`}\n${texts}`)}</system-out>`;
  return `<failure type="contaminated" message="${attribute(says)}">${content(texts)}</failure>`;
}

interface Sums {
  readonly total: number;
  readonly contaminated: number;
  readonly unchecked: number;
}

function sums(items: readonly ItemResult[]): Sums {
  return {
    total: items.length,
    contaminated: items.filter(({ verdict }) => verdict === 'contaminated').length,
    unchecked: items.filter(({ verdict }) => verdict === 'unchecked').length,
  };
}

/** XML knows no control characters at all, and `]]>` not in text: stand-ins and entities for all of them. */
function content(text: string): string {
  return shownBlock(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`);
}

function attribute(text: string): string {
  return content(text).replace(/["\n\t]/g, (one) => `&#${one.charCodeAt(0)};`);
}
