import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonElements, type JsonElement } from '../../dist/read/json-elements.js';

function elements(
  text: string,
  cuts: readonly number[] = [],
  maxBytes = 1e9,
): { found: JsonElement[]; cutShort: boolean } {
  const bytes = Buffer.from(text);
  const reader = new JsonElements(maxBytes);
  const found: JsonElement[] = [];
  const points = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < points.length; i++) found.push(...reader.push(bytes.subarray(points[i - 1], points[i])));
  const end = reader.end();
  return { found: [...found, ...end.found], cutShort: end.cutShort };
}

function texts(text: string, cuts: readonly number[] = []): string[] {
  return elements(text, cuts).found.map((one) => Buffer.from(one.bytes ?? []).toString());
}

const LAYOUTS = [undefined, 1, '\t', '\r\n  '] as const;

describe('JSON records', () => {
  test('are the elements of a top-level array, however it is laid out and cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.array(fc.nat(400)),
        fc.constantFrom(...LAYOUTS),
        (values, cuts, layout) => {
          const text = JSON.stringify(values, null, layout);
          const expected = (JSON.parse(text) as unknown[]).map((value) => JSON.stringify(value));
          const got = texts(text, cuts).map((one) => JSON.stringify(JSON.parse(one)));
          expect(got).toEqual(expected);
          expect(elements(text, cuts).cutShort).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('are the elements of a known field of a top-level object, the rest dropped', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 }),
        fc.dictionary(fc.constantFrom('a', 'version', 'da"ta', '[{'), fc.jsonValue()),
        fc.array(fc.nat(400)),
        fc.constantFrom(...LAYOUTS),
        (values, around, cuts, layout) => {
          const text = JSON.stringify({ ...around, data: values, z: around }, null, layout);
          const got = texts(text, cuts).map((one) => JSON.stringify(JSON.parse(one)));
          expect(got).toEqual((JSON.parse(JSON.stringify(values)) as unknown[]).map((value) => JSON.stringify(value)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('of two lists in one object are both given', () => {
    expect(texts('{"train": [{"a":1}], "meta": {"data": [{"no": 1}]}, "test" : [ {"b":2},{"c":3} ] }')).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"c":3}',
    ]);
  });

  test('are whole top-level values otherwise: an object stays one record, with its lists', () => {
    const object = '{"messages": [{"role":"user"}], "data": ["x"], "items": []}';
    expect(texts(object)).toEqual([object]);
    expect(texts('{"a":1}\n{"b":2} 3 "x"')).toEqual(['{"a":1}', '{"b":2}', '3', '"x"']);
  });

  test('tell where they start, in bytes, byte-order mark or not', () => {
    const { found } = elements('\ufeff[ {"é":1},\n {"b":2}]', [2, 6]);
    expect(found.map(({ record, offset }) => [record, offset])).toEqual([
      [1, 5],
      [2, 16],
    ]);
  });

  test('over the limit are told but not kept; the others are given', () => {
    const { found } = elements(`[{"a":1},{"b":"${'x'.repeat(50)}"},{"c":3}]`, [20, 30, 40], 20);
    expect(found.map((one) => (one.bytes ? Buffer.from(one.bytes).toString() : undefined))).toEqual([
      '{"a":1}',
      undefined,
      '{"c":3}',
    ]);
  });

  test('of a file that stops early are given, and that it stops is told', () => {
    const { found, cutShort } = elements('[{"a":1},{"b":2},{"c"');
    expect(found.length).toBe(3);
    expect(cutShort).toBe(true);
    expect(elements('{"data":[{"a":1}]').cutShort).toBe(true);
    expect(elements('[1,2').cutShort).toBe(true);
  });

  test('one broken record does not take the others with it', () => {
    expect(texts('[{"a":1}, {"b": oops}, {"c":3}]')).toEqual(['{"a":1}', '{"b": oops}', '{"c":3}']);
  });

  test('come to an end whatever is in the file, however it is cut', () => {
    const byte = fc.constantFrom(...'[]{}",: \n1ax\\', '{"a":1}', '[{"data":[', 'data');
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 30 }), fc.array(fc.nat(40)), (bytes, cuts) => {
        const text = bytes.join('');
        const whole = elements(text);
        expect(whole.found.length).toBeLessThanOrEqual(text.length);
        expect(texts(text, cuts)).toEqual(texts(text));
        expect(elements(text, cuts).cutShort).toBe(whole.cutShort);
      }),
      { numRuns: 5000 },
    );
    expect(texts('[{"a":1}]]]}garbage {"b":2}')).toEqual(['{"a":1}', ']', ']', '}garbage', '{"b":2}']);
    expect(texts('[{"a":1}}, {"b":2}]')).toEqual(['{"a":1}', '}', '{"b":2}']);
  });
});
