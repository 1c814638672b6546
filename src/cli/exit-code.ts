import type { ErrorCode } from '../model/errors.js';
import type { FileResult, ScanResult } from '../model/result.js';
import { count, counted, percent } from '../report/numbers.js';
import type { Tone } from '../report/style.js';
import { filesAtLimit } from '../report/tally.js';

/**
 * 0 clean by the policy · 1 contaminated by the policy · 2 bad usage or unreadable input · 3 finished, but something was
 * skipped that the policy does not allow · 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** What the run comes to, in a word and a sentence each. */
export interface Finding {
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
}

export interface Outcome {
  readonly code: ExitCode;
  readonly findings: readonly Finding[];
}

/** Both are said where both hold; contaminated decides the code before incomplete does. */
export function outcome(result: ScanResult, interrupted: boolean): Outcome {
  const contaminated = contamination(result);
  const incomplete = gaps(result);
  const nothingRead = result.totals.documents === 0 && !interrupted;
  if (nothingRead) incomplete.unshift('no document could be read');
  const findings: Finding[] = [
    ...(interrupted
      ? [finding('suspect', 'INTERRUPTED', 'stopped early; what was found so far is kept, marked partial')]
      : []),
    ...(contaminated ? [finding('contaminated', 'CONTAMINATED', contaminated)] : []),
    ...incomplete.map((gap) => finding('suspect', 'INCOMPLETE', gap)),
  ];
  if (findings.length === 0) findings.push(finding('clean', 'PASS', pass(result)));
  const code = interrupted ? 130 : contaminated ? 1 : nothingRead ? 2 : incomplete.length > 0 ? 3 : 0;
  return { code, findings };
}

function finding(tone: Tone, word: string, text: string): Finding {
  return { tone, word, text };
}

function contamination(result: ScanResult): string {
  const n = contaminatedItems(result);
  const allowed = result.settings.maxContaminated;
  if (n <= allowed) return '';
  return `${counted(n, 'item')} of ${count(checkedItems(result))} checked; the policy allows ${allowed === 0 ? 'none' : count(allowed)}`;
}

function gaps(result: ScanResult): string[] {
  const found: string[] = [];
  const { maxSkippedRate, limit } = result.settings;
  const cut = filesAtLimit(result);
  if (cut > 0)
    found.push(
      `no more than the first ${counted(limit, 'record')} of ${counted(cut, 'file')} were read (--limit); ` +
        'what follows them was not checked',
    );
  for (const { reason, count: n } of result.skips) {
    if (reason === 'unreadable-file') found.push(`${counted(n, 'file')} could not be read`);
    if (reason === 'corrupt-file') found.push(`${counted(n, 'file')} ${n === 1 ? 'is' : 'are'} damaged or cut short`);
  }
  const groups: [what: string, files: readonly FileResult[]][] = [
    ['corpus', result.corpus],
    ['benchmark', result.benchmarks.flatMap((benchmark) => benchmark.files)],
  ];
  for (const [what, files] of groups) {
    const records = files.reduce((sum, file) => sum + file.records, 0);
    const skipped = files.reduce((sum, file) => sum + file.skipped, 0);
    if (records > 0 && skipped / records > maxSkippedRate)
      found.push(
        `${count(skipped)} of ${counted(records, `${what} record`)} skipped (${percent(skipped / records)}%); ` +
          `the policy allows ${maxSkippedRate === 0 ? 'none' : `${Number((maxSkippedRate * 100).toPrecision(6))}%`}`,
      );
  }
  // Nothing looked at must not pass for nothing found.
  if (result.items.length > 0 && checkedItems(result) === 0) found.push('not one item has enough text to be checked');
  return found;
}

function pass(result: ScanResult): string {
  const n = contaminatedItems(result);
  const suspects = result.benchmarks.reduce((sum, benchmark) => sum + benchmark.counts.suspect, 0);
  const found =
    n === 0
      ? `none of ${counted(checkedItems(result), 'checked item')} is contaminated`
      : `${counted(n, 'item')} contaminated; the policy allows ${count(result.settings.maxContaminated)}`;
  return suspects > 0 ? `${found}; ${counted(suspects, 'suspect item')} to look at` : found;
}

function contaminatedItems(result: ScanResult): number {
  return result.benchmarks.reduce((sum, benchmark) => sum + benchmark.counts.contaminated, 0);
}

function checkedItems(result: ScanResult): number {
  return result.benchmarks.reduce((sum, { counts }) => sum + counts.contaminated + counts.suspect + counts.clean, 0);
}

/** The exit status of a run that could not go on: never 1, which says contaminated. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return code === 'interrupted' ? 130 : 2;
}
