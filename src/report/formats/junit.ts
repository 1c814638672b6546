import type { GateReport, WaiverReport } from '../../model/gate-report.js';
import type { Match } from '../../model/match.js';
import type { ItemResult } from '../../model/result.js';
import { shownBlock } from '../escape.js';
import { textsOf } from '../match-text.js';
import { itemKey, matchesByItem } from '../matches-by-item.js';
import { count, counted, percent } from '../numbers.js';
import type { Report } from '../report.js';

/**
 * A suite a benchmark, a test an item: contaminated fails, unchecked and waived are skipped, suspect passes with a note. And a suite
 * for the policy, where there was one: what it came to is a test, and each condition that is not met fails it.
 */
export function* junitXml({ report, items, matches }: Report): Generator<string> {
  const waivers = new Map((report.gate?.waivers ?? []).map((waiver) => [itemKey(waiver), waiver]));
  const all = sums(items, waivers);
  const policy = report.gate ? policySuite(report.gate) : { xml: '', tests: 0, failures: 0 };
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

interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
}

/** Every line is a test; one that says that all is well passes. */
function policySuite({ state, lines, baseline }: GateReport): Suite {
  const isMet = state === 'passed';
  const failures = isMet ? 0 : lines.length;
  const cases = lines.map(({ word, text }, i) => {
    const inner = isMet
      ? `<system-out>${content(`${word}: ${text}`)}</system-out>`
      : `<failure type="${attribute(word.toLowerCase())}" message="${attribute(text)}"/>`;
    return `    <testcase classname="policy" name="${attribute(`${i + 1} ${word.toLowerCase()}`)}">${inner}</testcase>\n`;
  });
  const notes = baseline?.notes.map((note) => `${baseline.path}: ${note}\n`).join('') ?? '';
  const said = notes === '' ? '' : `    <system-out>${content(notes)}</system-out>\n`;
  const xml = `  <testsuite name="policy" tests="${lines.length}" failures="${failures}" errors="0" skipped="0">\n${cases.join('')}${said}  </testsuite>\n`;
  return { xml, tests: lines.length, failures };
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

/** XML knows no control characters at all, and `]]>` not in text: stand-ins and entities for all of them. */
function content(text: string): string {
  return shownBlock(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`);
}

function attribute(text: string): string {
  return content(text).replace(/["\n\t]/g, (one) => `&#${one.charCodeAt(0)};`);
}
