import type { WaiverReport } from '../../model/gate-report.js';
import { rateText } from '../benchmark-table.js';
import { shown, shownBlock } from '../escape.js';
import { textsOf } from '../match-text.js';
import { bytes, count, counted } from '../numbers.js';
import { verdictsIn } from '../page/verdict-words.js';
import type { Report } from '../report.js';
import { worstMatches } from '../worst.js';
import { badgeOf } from './badge.js';
import { code, fenced, inputLines, notReadMarkdown, skippedLines } from './markdown-text.js';

/** Matches named, and of those how many with both texts. A job summary holds 1 MB. */
const NAMED = 20;
const WITH_TEXT = 3;

/** Fit for a job summary and for a dataset card: nothing in it runs, loads or mentions anything. */
export function markdown(report: Report): string[] {
  const { partial, tool, settings, provenance } = report.report;
  const lines = [
    '## Contamination',
    '',
    `![held out: ${badgeOf(report).message}](badge.svg)`,
    '',
    headline(report),
    ...(partial ? ['', '**Partial:** the run was interrupted or limited. What is absent says nothing.'] : []),
    '',
    ...gateLines(report),
    ...benchmarkLines(report),
    ...matchLines(report),
    ...skippedLines(report.report.skipped),
    ...notReadMarkdown(provenance.corpus),
    '### How this was found',
    '',
    `heldout ${code(tool.version)}, profile ${report.report.profile}, settings ${code(settings.id)}. ${shownBlock(guaranteeText(report))}`,
    '',
    ...inputLines([...provenance.benchmarks, ...provenance.corpus]),
  ];
  return [`${lines.join('\n')}\n`];
}

function headline({ report: { totals } }: Report): string {
  const n = totals.verdicts.contaminated;
  const unconfirmed = totals.verdicts.unconfirmed ?? 0;
  const open = unconfirmed > 0 ? `; **${count(unconfirmed)}** more found in an index and unconfirmed` : '';
  const rate = totals.checked > 0 ? `: ${rateText(n, totals.checked)}, a 95% interval` : '';
  return (
    `${n === 0 ? 'None' : `**${count(n)}**`} of ${counted(totals.checked, 'checked item')} ${n < 2 ? 'is' : 'are'} contaminated${rate}${open}. ` +
    `Compared with ${counted(totals.documents, 'document')} (${bytes(totals.textBytes)}) in ${counted(totals.corpusFiles, 'file')}.`
  );
}

/** What the policy said; lines and reasons are text of files and people, so nothing in them is markup. */
function gateLines({ report: { gate } }: Report): string[] {
  if (!gate) return [];
  const { state, lines, waivers, baseline, known } = gate;
  return [
    `### Policy: ${shown(state)}`,
    '',
    ...lines.map(({ word, text }) => `- **${shown(word)}** ${plain(text)}`),
    ...(baseline
      ? [
          `- Held against the baseline ${code(baseline.path)}: ${counted(known, 'item')} passed as known`,
          ...baseline.notes.map((note) => `- **Baseline:** ${plain(note)}`),
        ]
      : []),
    '',
    ...(waivers.length === 0 ? [] : waiverLines(waivers)),
  ];
}

function waiverLines(waivers: readonly WaiverReport[]): string[] {
  return [
    '| waived item | reason | last day | use |',
    '| --- | --- | --- | --- |',
    ...waivers.map(
      ({ benchmark, item, reason, expires, use }) =>
        `| ${code(benchmark)} ${code(item)} | ${plain(reason)} | ${plain(expires)} | ${plain(use)} |`,
    ),
    '',
  ];
}

function benchmarkLines({ report }: Report): string[] {
  const verdicts = verdictsIn(report.totals.verdicts).filter((verdict) => verdict !== 'contaminated');
  return [
    `| benchmark | checked | contaminated | rate (95%) | ${verdicts.map((verdict) => shown(verdict)).join(' | ')} |`,
    `| --- | ---: | ---: | --- |${' ---: |'.repeat(verdicts.length)}`,
    ...report.benchmarks.map(({ name, checked, verdicts: by }) => {
      const counts: Readonly<Record<string, number>> = by;
      const cells = verdicts.map((verdict) => count(counts[verdict] ?? 0));
      return `| ${code(name)} | ${count(checked)} | ${count(by.contaminated)} | ${rateText(by.contaminated, checked)} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

function matchLines({ matches, items }: Report): string[] {
  const worst = worstMatches(matches, NAMED);
  if (worst.length === 0) return [];
  const found = items.filter((item) => item.documents > 0).length;
  const lines = [
    `### Worst of the ${counted(found, 'item')} found`,
    '',
    '| item | verdict | part | coverage | bits | run | document |',
    '| --- | --- | --- | ---: | ---: | ---: | --- |',
    ...worst.map(
      ({ benchmark, item, verdict, part, coverage, evidence, longestRun, document }) =>
        `| ${code(benchmark)} ${code(item)} | ${verdict} | ${part} | ${(coverage * 100).toFixed(1)} % | ${count(evidence)} | ${count(longestRun)} | ${code(document.file)} record ${count(document.record)} |`,
    ),
    '',
  ];
  lines.push('<details><summary>Both texts of the worst</summary>', '');
  for (const match of worst.slice(0, WITH_TEXT))
    lines.push(
      `${code(match.benchmark)} ${code(match.item)}, the benchmark and the corpus:`,
      '',
      ...fenced(textsOf(match).item),
      ...fenced(textsOf(match).document),
    );
  return [...lines, '</details>', ''];
}

function guaranteeText({ report }: Report): string {
  return [report.guarantee.found, report.guarantee.clean].filter((text) => typeof text === 'string').join(' ');
}

/** Text in a line, every sign that could be markup, link, mention or the end of a cell as an entity. */
function plain(text: string): string {
  return shown(text).replace(/[^\p{L}\p{M}\p{N} .,;:%()"'/-]/gu, (one) => `&#${one.codePointAt(0) ?? 0};`);
}
