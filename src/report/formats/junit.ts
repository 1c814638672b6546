import type { WaiverReport } from '../../model/gate-report.js';
import type { Match } from '../../model/match.js';
import type { ItemResult } from '../../model/result.js';
import { textsOf } from '../match-text.js';
import { itemKey, matchesByItem } from '../matches-by-item.js';
import { count, counted, percent } from '../numbers.js';
import type { Report } from '../report.js';
import { attribute, content, policySuite } from './junit-text.js';

/**
 * A suite a benchmark, a test an item: contaminated fails, unchecked and waived are skipped, suspect passes with a note. And a suite
 * for the policy, where there was one: what it came to is a test, and each condition that is not met fails it.
 */
export function* junitXml({ report, items, matches }: Report): Generator<string> {
  const waivers = new Map((report.gate?.waivers ?? []).map((waiver) => [itemKey(waiver), waiver]));
  const all = sums(items, waivers);
  const { gate } = report;
  const notes = gate?.baseline?.notes.map((note) => `${gate.baseline?.path ?? ''}: ${note}\n`).join('') ?? '';
  const policy = gate ? policySuite(gate.state === 'passed', gate.lines, notes) : { xml: '', tests: 0, failures: 0 };
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="heldout" tests="${all.total + policy.tests}" failures="${all.failed + policy.failures}" errors="0">\n`;
  yield policy.xml;
  const byItem = matchesByItem(matches);
  for (const { name } of report.benchmarks) {
    const own = items.filter((item) => item.benchmark === name);
    const counts = sums(own, waivers);
    yield `  <testsuite name="${attribute(name)}" tests="${counts.total}" failures="${counts.failed}" errors="0" skipped="${counts.skipped}">\n`;
    for (const item of own) yield testCase(item, byItem.get(itemKey(item))?.[0], waivers.get(itemKey(item)));
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function testCase(item: ItemResult, match: Match | undefined, waiver: WaiverReport | undefined): string {
  const open = `    <testcase classname="${attribute(item.benchmark)}" name="${attribute(item.item)}"`;
  const inner = outcome(item, match, waiver);
  return inner === '' ? `${open}/>\n` : `${open}>${inner}</testcase>\n`;
}

function outcome(item: ItemResult, match: Match | undefined, waiver: WaiverReport | undefined): string {
  if (item.verdict === 'clean') return '';
  if (waiver && item.verdict === 'contaminated')
    return `<skipped message="${attribute(`contaminated, waived up to ${waiver.expires}: ${waiver.reason}`)}"/>`;
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
  readonly failed: number;
  readonly skipped: number;
}

function sums(items: readonly ItemResult[], waivers: ReadonlyMap<string, WaiverReport>): Sums {
  const contaminated = items.filter(({ verdict }) => verdict === 'contaminated');
  const waived = contaminated.filter((item) => waivers.has(itemKey(item))).length;
  return {
    total: items.length,
    failed: contaminated.length - waived,
    skipped: items.filter(({ verdict }) => verdict === 'unchecked').length + waived,
  };
}
