import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate, unescapeJson } from '../../dist/match/locate.js';
import { newCore } from '../differential/core.js';

/** Pieces of text that have more bytes than characters, escapes, or both. */
const PIECE = fc.constantFrom(
  'word',
  'naïve',
  '東京',
  '🌾',
  '"',
  '\\',
  '\n',
  '\t',
  '\u0001',
  '/',
  ' ',
  'é',
  ' x1 ',
  '&amp;',
  '<b>',
);
const TEXT = fc.array(PIECE, { minLength: 1, maxLength: 30 }).map((pieces) => pieces.join(''));

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Every token of the record's text, located one by one: [characters from the start, the characters]. */
function tokensLocated(line: string): { text: string; textStart: number; spans: readonly number[] }[] {
  const core = newCore();
  core.usePaths([['text'], ['more']]);
  const length = core.writeText(`${line}\n`);
  core.core.walkRecord(core.input, core.input + length);
  const runs = core.segments(true).flatMap(({ start, end }) => {
    const tokens = core.tokens(start, end, true);
    return Array.from({ length: tokens.length }, (_, i) => ({
      itemStart: 0,
      itemEnd: 1,
      start: tokens.starts[i],
      end: tokens.ends[i],
    }));
  });
  const finding = { item: 0, part: 0, withAnswer: false, byFigures: false, coverage: 1, evidence: 1, longestRun: 1 };
  return locate(
    core,
    true,
    runs.map((run) => ({ ...finding, verdict: 'suspect' as const, runs: [run] })),
  );
}

describe('A place in a JSON record', () => {
  it.each([
    ['as JSON.stringify writes it', JSON.stringify],
    ['all in ASCII', asciiJson],
  ])('leads to the same characters of the decoded text, %s', (_, write) => {
    fc.assert(
      fc.property(TEXT, TEXT, (text, more) => {
        const whole = `${text}\n${more}`;
        for (const { text: shown, textStart, spans } of tokensLocated(write({ text, more }))) {
          expect(whole.slice(textStart, textStart + shown.length)).toBe(shown);
          const token = whole.slice(spans[0], spans[1]);
          expect(token).not.toBe('');
          expect(token).toBe(token.trim());
          expect(shown.slice(spans[0] - textStart, spans[1] - textStart)).toBe(token);
        }
      }),
    );
  });

  it('is the same however the record is escaped', () => {
    // A backslash of the text itself before an escaped letter is read as part of that escape: a case of its own.
    const text = TEXT.map((one) => one.replaceAll('\\', '|'));
    fc.assert(
      fc.property(text, text, (first, second) => {
        const record = { text: first, more: second };
        expect(tokensLocated(asciiJson(record))).toEqual(tokensLocated(JSON.stringify(record)));
      }),
    );
  });

  it('shows no more than 20,000 characters, and never half a surrogate pair', () => {
    const text = `${'🌾'.repeat(201)} first ${'🌾'.repeat(15_000)} last ${'🌾'.repeat(300)}`;
    const core = newCore();
    const length = core.writeText(text);
    core.core.scanText(core.input, core.input + length);
    const tokens = core.tokens(core.input, core.input + length, false);
    const run = (i: number) => ({ itemStart: i, itemEnd: i + 1, start: tokens.starts[i], end: tokens.ends[i] });
    const finding = {
      item: 0,
      part: 0,
      withAnswer: false,
      byFigures: false,
      verdict: 'suspect' as const,
      coverage: 1,
      evidence: 1,
      longestRun: 1,
    };
    const [place] = locate(core, false, [{ ...finding, runs: [run(0), run(tokens.length - 1)] }]);
    expect(place.text.length).toBeLessThanOrEqual(20_002);
    expect(place.text.isWellFormed()).toBe(true);
    expect(text.slice(place.spans[0], place.spans[1])).toBe('first');
    expect(text.slice(place.spans[2], place.spans[3])).toBe('last');
  });

  it('is found in strings whose escapes JSON does not know, which the core lets pass', () => {
    expect(unescapeJson('a\\qb\\u00e9\\u12\\n')).toBe('aqbéu12\n');
  });
});
