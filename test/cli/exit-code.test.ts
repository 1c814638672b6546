import { describe, expect, it } from 'vitest';
import { exitCodeOf, outcome } from '../../dist/cli/exit-code.js';
import type { ScanResult } from '../../dist/model/result.js';
import { cleanResult, fileOf, fullResult, itemOf, matchOf } from '../report/fixture.js';

const clean = cleanResult();
const SHARED = 'a ferry carries 37 lorries across the Elbe';
const leaky = (n: number): ScanResult => {
  const ids = Array.from({ length: n }, (_, i) => String(i + 1));
  return {
    ...clean,
    benchmarks: [{ ...clean.benchmarks[0], counts: { contaminated: n, suspect: 0, clean: 50 - n, unchecked: 0 } }],
    items: ids.map((id) => itemOf('tiny', id, 'contaminated', '', 'question')),
    matches: ids.map((item) =>
      matchOf({ benchmark: 'tiny', item, itemText: SHARED, documentText: SHARED, shared: [SHARED] }),
    ),
  };
};
const words = (result: ScanResult, interrupted = false): string[] =>
  outcome(result, interrupted).findings.map(({ word }) => word);

describe('the exit status', () => {
  it('is 0 when nothing is contaminated and nothing is missing', () => {
    expect(outcome(clean, false).code).toBe(0);
    expect(words(clean)).toEqual(['PASS']);
  });

  it('is 1 when something is contaminated, and what is missing is said as well', () => {
    const end = outcome(fullResult(), false);
    expect(end.code).toBe(1);
    expect(words(fullResult())).toEqual(['CONTAMINATED', 'INCOMPLETE']);
    expect(end.findings[0].text).toMatch(/^2 items of 1,369 checked; the policy allows none: /);
    expect(end.findings[0].text).toContain(
      'gsm8k 1 (question+answer, 98.1%) in corpus/part-003.jsonl.zst record 12,034',
    );
  });

  it('is 0 for as many contaminated items as the policy allows, 1 for one more', () => {
    const allowing = (maxContaminated: number): ScanResult => ({
      ...leaky(43),
      settings: { ...clean.settings, maxContaminated },
    });
    expect(outcome(allowing(43), false).code).toBe(0);
    expect(outcome(allowing(42), false).code).toBe(1);
  });

  it.each(['unreadable-file', 'corrupt-file'] as const)('is 3 for any %s', (reason) => {
    expect(outcome({ ...clean, skips: [{ reason, count: 1, examples: [] }] }, false).code).toBe(3);
  });

  it('is 3 when more records are skipped than the policy allows, of the corpus or of a benchmark', () => {
    const corpus = (skipped: number): ScanResult => ({ ...clean, corpus: [fileOf('corpus/a', 1000, skipped)] });
    expect(outcome(corpus(1), false).code).toBe(0);
    expect(outcome(corpus(2), false).code).toBe(3);
    expect(outcome(corpus(2), false).findings[0].text).toMatch(
      /^2 of 1,000 corpus records skipped \(0\.2%\); the policy allows 0\.1%: most in corpus\/a \(2\)\. /,
    );
    const benchmark = { ...clean.benchmarks[0], files: [fileOf('bench/a', 10, 1)] };
    expect(outcome({ ...clean, benchmarks: [benchmark] }, false).code).toBe(3);
  });

  it('is 0 for records that were repaired, not left out', () => {
    expect(outcome({ ...clean, skips: [{ reason: 'not-utf8', count: 9, examples: [] }] }, false).code).toBe(0);
  });

  it('is 3 when not one item could be checked: that is not clean', () => {
    const counts = { contaminated: 0, suspect: 0, clean: 0, unchecked: 2 };
    const unchecked = { ...clean, benchmarks: [{ ...clean.benchmarks[0], counts }] };
    expect(outcome(unchecked, false).code).toBe(3);
  });

  it('is 2 when no document could be read', () => {
    expect(outcome({ ...clean, totals: { ...clean.totals, documents: 0 } }, false).code).toBe(2);
  });

  it('is 130 when interrupted, whatever was found', () => {
    expect(outcome({ ...fullResult(), partial: true }, true).code).toBe(130);
    expect(words(fullResult(), true)[0]).toBe('INTERRUPTED');
  });

  it('comes with one line for each failing condition: what, where, what to do', () => {
    const [found] = outcome(leaky(5), false).findings;
    expect(found.text).toBe(
      '5 items of 50 checked; the policy allows none: tiny 1 (question, 100%) in corpus/a.jsonl record 1, ' +
        'tiny 2 (question, 100%) in corpus/a.jsonl record 1, tiny 3 (question, 100%) in corpus/a.jsonl record 1 and ' +
        '2 more. Take them out with "heldout clean", or waive them in heldout.config.json, or take this report as a ' +
        '--baseline',
    );
    for (const { text } of outcome(fullResult(), false).findings) expect(text).not.toMatch(/\p{Cc}|\p{Bidi_C}/u);
  });

  it('of a run that could not go on is never 1', () => {
    const codes = ['usage', 'no-input', 'unreadable', 'no-such-field', 'no-questions', 'output', 'internal'] as const;
    for (const code of codes) expect(exitCodeOf(code)).toBe(2);
    expect(exitCodeOf('interrupted')).toBe(130);
  });
});
