import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineSplitter } from '../../dist/read/lines.js';

interface Seen {
  line: number;
  offset: number;
  text: string | undefined;
}

function split(bytes: Uint8Array, cuts: readonly number[], maxBytes = 1e9): Seen[] {
  const splitter = new LineSplitter(maxBytes);
  const seen: Seen[] = [];
  const points = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  const note = (lines: ReturnType<LineSplitter['push']>): void => {
    for (const { line, offset, bytes: own } of lines) {
      seen.push({ line, offset, text: own === undefined ? undefined : Buffer.from(own).toString('latin1') });
    }
  };
  for (let i = 1; i < points.length; i++) note(splitter.push(bytes.subarray(points[i - 1], points[i])));
  note(splitter.end());
  return seen;
}

describe('lines', () => {
  test('number every line, blank ones too, and tell where each starts', () => {
    expect(split(Buffer.from('a\n\n  \nbc\nd'), [])).toEqual([
      { line: 1, offset: 0, text: 'a' },
      { line: 4, offset: 6, text: 'bc' },
      { line: 5, offset: 9, text: 'd' },
    ]);
  });

  test('end in LF, CRLF or the end of the file; a byte-order mark is no part of the first', () => {
    expect(split(Buffer.from('\ufeffa\r\nb\r\nc\r'), [])).toEqual([
      { line: 1, offset: 3, text: 'a' },
      { line: 2, offset: 6, text: 'b' },
      { line: 3, offset: 9, text: 'c' },
    ]);
  });

  test('of exactly the limit are given, longer ones are told but not kept', () => {
    const bytes = Buffer.from(`${'x'.repeat(10)}\r\n${'y'.repeat(11)}\nz`);
    for (const cuts of [[], [3], [1, 2, 3, 5, 8, 13, 20, 21, 22]]) {
      expect(split(bytes, cuts, 10)).toEqual([
        { line: 1, offset: 0, text: 'x'.repeat(10) },
        { line: 2, offset: 12, text: undefined },
        { line: 3, offset: 24, text: 'z' },
      ]);
    }
  });

  test('stay the same however the bytes are cut into chunks', () => {
    const piece = fc.constantFrom('\n', '\r\n', '\r', 'a', 'bb', '\ufeff', 'é', ' ', '{"k":1}', 'x'.repeat(20));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(fc.nat(200)),
        fc.integer({ min: 4, max: 30 }),
        (all, cuts, limit) => {
          const bytes = Buffer.from(all.join(''));
          expect(split(bytes, cuts, limit)).toEqual(split(bytes, [], limit));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('hold what the file holds: joined, they are its text', () => {
    fc.assert(
      fc.property(fc.array(fc.string().map((text) => text.replace(/[\r\n]/g, '_'))), (texts) => {
        const filled = texts.map((text) => `.${text}`);
        const seen = split(Buffer.from(filled.join('\n')), [5, 11]);
        expect(seen.map((one) => Buffer.from(one.text ?? '', 'latin1').toString())).toEqual(filled);
      }),
    );
  });
});
