import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonStrings } from '../../dist/clean/json-strings.js';
import { jsonText, withoutStretches, wholeText } from '../../dist/clean/record-text.js';
import { applied, spanBefore, stretchesOf } from '../../dist/clean/stretches.js';
import { bytePositions } from '../../dist/clean/units.js';
import { wholeText as wholeOf } from '../../dist/read/later-fields.js';
import { textOf } from '../../dist/read/text-paths.js';

const KEYS = ['text', 'messages', 'content', 'b"\\', 'é'];
const PATHS = [['text'], ['messages', '*', 'content'], ['b"\\'], ['é', 'text']];

/** Strings that need every kind of escape, and pairs. */
const unit = fc.constantFrom('a', ' ', '"', '\\', '\n', '\u0000', 'é', '中', '😀', '\ud83d', '/', '{', ',');
const text = fc.string({ unit, maxLength: 12 });

const { record } = fc.letrec((tie) => ({
  record: fc.dictionary(
    fc.constantFrom(...KEYS),
    fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.constant(null),
      tie('record'),
      fc.array(tie('record'), { maxLength: 3 }),
    ),
    { maxKeys: 4 },
  ),
}));

/** JSON with escapes where there need be none, and spaces. */
const written = fc.tuple(record, fc.boolean(), fc.constantFrom(0, 2)).map(([value, escaped, indent]) => {
  const json = JSON.stringify(value, null, indent);
  const all = escaped
    ? json.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : json;
  return Buffer.from(all);
});

describe('The text of a record', () => {
  it('in JSON is what the parsed value gives', () => {
    fc.assert(
      fc.property(written, (bytes) => {
        const expected = textOf(JSON.parse(bytes.toString('utf8')), PATHS) ?? '';
        expect(jsonText(bytes, { paths: PATHS })?.text).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('that is read whole, but for fields that were named, is what the parsed value gives', () => {
    const long = fc.constant('one two three four five six seven eight nine');
    const any = fc.tuple(
      written,
      fc.dictionary(fc.oneof(long, fc.constantFrom('text', 'é')), fc.oneof(text, long), { maxKeys: 3 }),
    );
    fc.assert(
      fc.property(any, fc.subarray(KEYS), ([bytes, more], named) => {
        const whole = Buffer.from(`{"a": [${bytes.toString('utf8')}, ${JSON.stringify(more)}]}`);
        const allBut = new Set(named.map((name) => `a.${name}`));
        expect(jsonText(whole, { allBut })?.text).toBe(wholeOf(JSON.parse(whole.toString('utf8')), allBut));
      }),
      { numRuns: 500 },
    );
  });

  it('is not made up where JSON is broken, and any bytes are taken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        for (const { start, end } of jsonStrings(bytes, { paths: PATHS }) ?? []) expect(start).toBeLessThanOrEqual(end);
      }),
    );
    expect(jsonStrings(Buffer.from('{"text":"a"'), { paths: PATHS })).toBeUndefined();
    expect(jsonStrings(Buffer.from('['.repeat(100_000)), { paths: PATHS })).toBeUndefined();
  });

  it('has its characters where a decoder has them, whatever the bytes', () => {
    const bytes = fc.array(
      fc.oneof(
        fc.constantFrom(0x41, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0xff),
        fc.nat(255),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const all = Buffer.from(given);
        const decoded = all.toString('utf8');
        const units = Array.from({ length: decoded.length + 1 }, (_, i) => i);
        bytePositions(all, 0, all.length, 'plain', units).forEach((position, i) => {
          const prefix = all.subarray(0, position).toString('utf8');
          // Between the halves of a pair there is no byte.
          const splits = /[\udc00-\udfff]/.test(decoded[i] ?? '') && /[\ud800-\udbff]/.test(decoded[i - 1] ?? '');
          expect(prefix).toBe(decoded.slice(0, splits ? i - 1 : i));
        });
      }),
      { numRuns: 1000 },
    );
  });
});

describe('A cut', () => {
  const spans = fc.array(
    fc.tuple(fc.nat(40), fc.nat(15)).map(([from, size]) => [from, from + size] as const),
    { maxLength: 4 },
  );

  it('takes out what its spans say and nothing else: all other bytes of the record are as they were', () => {
    fc.assert(
      fc.property(written, spans, fc.constantFrom('', '[removed]'), (bytes, some, mask) => {
        const before = jsonText(bytes, { paths: PATHS });
        if (!before) return;
        const stretches = stretchesOf(before.text, some, 0);
        const after = withoutStretches(bytes, before, stretches, mask);
        const cutFields = before.fields.map((field) => {
          const own = stretches
            .map(([a, b]) => [Math.max(a - field.offset, 0), Math.min(b - field.offset, field.text.length)] as const)
            .filter(([a, b]) => a < b);
          return { field, text: applied(field.text, own, mask), isCut: own.length > 0 };
        });
        // The text is the old one without the stretches, field by field …
        expect(jsonText(after, { paths: PATHS })?.fields.map((field) => field.text)).toEqual(
          cutFields.map(({ text }) => text),
        );
        // … and around the fields nothing moved; nor in a field that no stretch is in.
        const skeleton = (all: Uint8Array, fields: readonly { start: number; end: number }[]): string => {
          let kept = 0;
          let rest = '';
          fields.forEach(({ start, end }, i) => {
            rest += Buffer.from(all.subarray(kept, start)).toString('latin1');
            if (!cutFields[i].isCut) rest += Buffer.from(all.subarray(start, end)).toString('latin1');
            kept = end;
          });
          return rest + Buffer.from(all.subarray(kept)).toString('latin1');
        };
        expect(skeleton(after, jsonText(after, { paths: PATHS })?.fields ?? [])).toBe(skeleton(bytes, before.fields));
        expect(() => JSON.parse(Buffer.from(after).toString('utf8')) as unknown).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it('with a margin takes no more than the margin, and no half of a word where there are spaces', () => {
    const words = 'one two three four five six seven';
    expect(stretchesOf(words, [[8, 13]], 0)).toEqual([[8, 13]]);
    expect(applied(words, stretchesOf(words, [[8, 13]], 6), '|')).toBe('one | five six seven');
    expect(stretchesOf('一座石桥共有九个桥洞', [[4, 6]], 2)).toEqual([[2, 8]]);
    const any = fc.string({ unit, maxLength: 60 });
    fc.assert(
      fc.property(any, spans, fc.nat(10), (given, some, margin) => {
        for (const [from, to] of stretchesOf(given, some, margin)) {
          const own = some.filter(([a, b]) => a <= to && b >= from && a < Math.min(b, given.length));
          const first = Math.min(...own.map(([a]) => a));
          const last = Math.max(...own.map(([, b]) => b));
          // One more where it would split a pair.
          expect(from).toBeGreaterThanOrEqual(first - margin - 1);
          expect(to).toBeLessThanOrEqual(last + margin + 1);
        }
      }),
    );
  });

  it('of what a cut left is found again in the text as it was', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(
        plain,
        spans,
        fc.constantFrom('', '[removed]'),
        fc.nat(50),
        fc.nat(20),
        (given, some, mask, at, size) => {
          const stretches = stretchesOf(given, some, 0);
          const cut = applied(given, stretches, mask);
          const span = [Math.min(at, cut.length), Math.min(at + size, cut.length)] as const;
          const [from, to] = spanBefore(span, stretches, mask.length);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(given.length);
          if (mask !== '') return;
          // Without the stretches, it is the same characters.
          const inside = stretches
            .map(([a, b]) => [Math.max(a - from, 0), Math.min(b, to) - from] as const)
            .filter(([a, b]) => a < b);
          expect(applied(given.slice(from, to), inside, '')).toBe(cut.slice(...span));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('in a text file keeps its byte-order mark and its bytes', () => {
    const bytes = Buffer.from('\ufeffone two\r\nthree');
    const text = wholeText(bytes);
    expect(text.text).toBe('one two\r\nthree');
    expect(Buffer.from(withoutStretches(bytes, text, [[4, 7]], '')).toString()).toBe('\ufeffone \r\nthree');
  });
});
