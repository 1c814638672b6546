import type { CompareJson } from './compare-json.js';
import { kindsText } from './compare-words.js';
import { shown } from './escape.js';
import type { Finding } from './finding.js';
import { count, counted, percent } from './numbers.js';

/** What a comparison comes to by its own policy. */
export interface CompareVerdict {
  readonly status: 'clean' | 'not-clean' | 'nothing-read' | 'incomplete' | 'interrupted';
  /** A sentence that says whether the split is clean, and one for whatever stands in the way of saying so. */
  readonly findings: readonly Finding[];
}

/** A saved report that is partial without a limit was interrupted; of one with a limit, the run knows. */
export function compareVerdict(
  report: CompareJson,
  interrupted = report.partial && report.settings.limit === 0,
): CompareVerdict {
  const { totals, settings } = report;
  const incomplete = gaps(report);
  const nothingRead = totals.records === 0 && !interrupted;
  if (nothingRead) incomplete.unshift('no record could be read');
  const tooMany = totals.duplicates > settings.maxDuplicates;
  const findings: Finding[] = [];
  if (interrupted)
    findings.push({
      tone: 'suspect',
      word: 'INTERRUPTED',
      text: 'stopped early; what was found so far is kept, marked partial',
    });
  if (tooMany) findings.push({ tone: 'contaminated', word: 'NOT CLEAN', text: foundText(report) });
  for (const text of incomplete) findings.push({ tone: 'suspect', word: 'INCOMPLETE', text });
  if (findings.length === 0) findings.push({ tone: 'clean', word: 'CLEAN', text: cleanText(report) });
  const said = tooMany ? 'not-clean' : nothingRead ? 'nothing-read' : incomplete.length > 0 ? 'incomplete' : 'clean';
  return { status: interrupted ? 'interrupted' : said, findings };
}

function foundText({ overlaps, totals, settings }: CompareJson): string {
  const worst = [...overlaps].filter(({ records }) => records > 0).sort((a, b) => b.rate.value - a.rate.value)[0];
  const rate = `${count(worst.records)} of ${counted(worst.compared, 'record')} of ${shown(worst.of)} (${percent(worst.rate.value)}%)`;
  const kinds = kindsText(worst.byKind, count);
  const isOne = worst.records === 1;
  return (
    (settings.within
      ? `${rate} ${isOne ? 'has' : 'have'} a duplicate there: ${kinds}`
      : `${rate} ${isOne ? 'is' : 'are'} in ${shown(worst.in)} too: ${kinds}`) +
    `; drop ${counted(totals.drop, 'record')} (drop.jsonl) and ${settings.within ? 'no duplicate' : 'no pair'} is left` +
    (settings.maxDuplicates > 0 ? `; the policy allows ${count(settings.maxDuplicates)}` : '')
  );
}

function cleanText({ sets, overlaps, totals, settings }: CompareJson): string {
  const compared = sets.reduce((sum, { records, wordless }) => sum + records - wordless, 0);
  if (totals.duplicates > 0)
    return `${counted(totals.duplicates, 'record')} with a duplicate; the policy allows ${count(settings.maxDuplicates)}`;
  return settings.within
    ? `no record of ${counted(compared, 'record')} has a duplicate`
    : `no record of ${overlaps.length > 2 ? 'any set' : shown(sets[0].name)} is in ${overlaps.length > 2 ? 'another' : shown(sets[1].name)}, of ${counted(compared, 'record')} compared`;
}

function gaps({ skipped, totals, settings, sets, provenance }: CompareJson): string[] {
  const found: string[] = [];
  for (const { reason, count: n } of skipped) {
    if (reason === 'unreadable-file') found.push(`${counted(n, 'file')} could not be read`);
    if (reason === 'corrupt-file') found.push(`${counted(n, 'file')} ${n === 1 ? 'is' : 'are'} damaged or cut short`);
  }
  const all = totals.records + totals.skippedRecords;
  if (all > 0 && totals.skippedRecords / all > settings.maxSkippedRate)
    found.push(
      `${count(totals.skippedRecords)} of ${counted(all, 'record')} skipped (${percent(totals.skippedRecords / all)}%); ` +
        `the policy allows ${settings.maxSkippedRate === 0 ? 'none' : `${Number((settings.maxSkippedRate * 100).toPrecision(6))}%`}`,
    );
  const cut = provenance.files.filter(({ records }) => settings.limit > 0 && records >= settings.limit).length;
  if (cut > 0)
    found.push(
      `no more than the first ${counted(settings.limit, 'record')} of ${counted(cut, 'file')} were read (--limit)`,
    );
  // Nothing compared must not pass for nothing found.
  if (sets.length === 0)
    found.push(`no record says which split it belongs to in ${shown(settings.splitColumn)} (--split-column)`);
  else if (!settings.within && sets.length < 2)
    found.push(`there is one set only, ${shown(sets[0].name)}: nothing was compared`);
  else
    for (const { name, records, wordless } of sets)
      if (records - wordless === 0)
        found.push(`${shown(name)} has no record with a word in it: nothing of it was compared`);
  return found;
}
