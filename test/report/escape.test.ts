import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeJson, safeJsonPage, shown } from '../../dist/report/escape.js';

/** Characters a terminal acts on rather than shows. */
const ACTIVE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u; // eslint-disable-line no-control-regex

/** Any code unit, controls and lone surrogates too. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0, max: 0x9f }),
      fc.integer({ min: 0x2000, max: 0x206f }),
    ),
  )
  .map((units) => String.fromCharCode(...units));

describe('corpus text on a terminal', () => {
  it.each([
    ['clears no screen', '\u001b[2Jx', '␛[2Jx'],
    ['sets no title', '\u001b]0;owned\u0007', '␛]0;owned␇'],
    ['starts no sequence with a C1 control', '\u009b31m', '<U+009B>31m'],
    ['reverses no line', 'a\u202eb\u2066c', 'a<U+202E>b<U+2066>c'],
    ['hides no zero-width space', 'Ho\u200bw', 'Ho<U+200B>w'],
    ['hides no tag characters', 'a\u{e0041}', 'a<U+E0041>'],
    ['stays on one line', 'a\r\nb\tc\u2028d\u0085e', 'a  b c d e'],
    ['holds no lone surrogate', 'a\ud800b', 'a\ufffdb'],
    ['keeps emoji sequences, Persian and accents as they are', '👩‍💻 می‌خواهم é', '👩‍💻 می‌خواهم é'],
  ])('%s', (_promise, text, safe) => {
    expect(shown(text)).toBe(safe);
  });

  it('never holds a character the terminal would act on', () => {
    fc.assert(fc.property(anyText, (text) => !ACTIVE.test(shown(text)) && shown(text).isWellFormed()));
  });
});

describe('corpus text in JSON', () => {
  it('is safe to cat, on one line, and parses to exactly what was read', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = safeJson({ [text]: [text] });
        expect(ACTIVE.test(line)).toBe(false);
        expect(line.isWellFormed()).toBe(true);
        expect(JSON.parse(line)).toEqual({ [text]: [text] });
      }),
    );
  });

  it('is the same value indented', () => {
    const value = { a: ['\u202e\n', { b: '\u{e0041}' }], c: 1 };
    expect(JSON.parse(safeJsonPage(value))).toEqual(value);
    expect(safeJsonPage(value)).toContain('"\\u202e\\n"');
  });
});
