import type { Pair, PlacedText } from '../../model/comparison.js';
import { compareVerdict } from '../compare-verdict.js';
import { containmentText, rateText } from '../compare-words.js';
import type { Comparison } from '../comparison.js';
import { shownBlock } from '../escape.js';
import { redactedStandIn } from '../match-text.js';
import { bytes, count, counted } from '../numbers.js';
import { code, fenced, inputLines, notReadMarkdown, skippedLines } from './markdown-text.js';

/** Pairs named, and of those how many with both texts. A job summary holds 1 MB. */
const NAMED = 20;
const WITH_TEXT = 3;

/** Fit for a job summary and for a dataset card: nothing in it runs, loads or mentions anything. */
export function comparisonMarkdown(comparison: Comparison): string[] {
  const { report } = comparison;
  const { totals, question, provenance, tool, settings } = report;
  const lines = [
    '## Near-duplicates',
    '',
    ...compareVerdict(report).findings.flatMap(({ word, text }) => [`**${word}** ${plain(text)}.`, '']),
    `${counted(totals.records, 'record')} (${bytes(totals.textBytes)}) of ${counted(report.sets.length, 'set')} compared. ${plain(question.asked)}`,
    '',
    ...overlapLines(comparison),
    ...pairLines(comparison),
    ...skippedLines(report.skipped),
    ...notReadMarkdown(provenance.files),
    '### How this was found',
    '',
    `heldout ${code(tool.version)}, profile ${report.profile}, settings ${code(settings.id)}. ${question.limits.map(plain).join(' ')}`,
    '',
    ...inputLines(provenance.files),
  ];
  return [`${lines.join('\n')}\n`];
}

/** Our own sentence, with names from files in it: none of them is markup. */
function plain(text: string): string {
  return shownBlock(text).replace(/[\\`*_{}[\]<>#|~!@]/g, (one) => `&#${one.charCodeAt(0)};`);
}

function overlapLines({ report: { overlaps, settings } }: Comparison): string[] {
  const wording = settings.within ? '' : ' its wording there |';
  return [
    `| records of | that are in | compared | found | rate (95%) | exact | normalised | near |${wording}`,
    `| --- | --- | ---: | ---: | --- | ---: | ---: | ---: |${settings.within ? '' : ' --- |'}`,
    ...overlaps.map(
      ({ of, in: other, compared, records, rate, byKind, containment }) =>
        `| ${code(of)} | ${code(other)} | ${count(compared)} | ${count(records)} | ${compared > 0 ? rateText(rate) : '–'} | ${count(byKind.exact)} | ${count(byKind.normalised)} | ${count(byKind.near)} |` +
        (settings.within ? '' : ` ${containmentText(containment)} |`),
    ),
    '',
  ];
}

function pairLines(comparison: Comparison): string[] {
  const named: Pair[] = [];
  for (const pair of comparison.pairs()) {
    if (named.length === NAMED) break;
    named.push(pair);
  }
  if (named.length === 0) return [];
  return [
    '### Pairs',
    '',
    '| kind | similarity | left | right |',
    '| --- | ---: | --- | --- |',
    ...named.map(
      ({ kind, jaccard, left, right }) => `| ${kind} | ${jaccard.toFixed(3)} | ${where(left)} | ${where(right)} |`,
    ),
    '',
    '<details><summary>Texts of the first</summary>',
    '',
    ...named.slice(0, WITH_TEXT).flatMap(({ left, right }) => [...fenced(textOf(left)), ...fenced(textOf(right))]),
    '</details>',
    '',
  ];
}

function where({ set, id, file, record, drop }: PlacedText): string {
  return `${code(set)} ${code(id)}, ${code(file)} record ${count(record)}${drop ? ' (to drop)' : ''}`;
}

function textOf({ text, redacted }: PlacedText): string {
  return redacted ? redactedStandIn(redacted) : text;
}
