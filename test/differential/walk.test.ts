import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strangersOf } from '../../dist/read/later-fields.js';
import { readingOf } from '../../dist/read/reading.js';
import { textOf } from '../../dist/read/text-paths.js';
import { STRANGE } from '../../dist/hashcore/hash-core.js';
import { newCore } from './core.js';

const core = newCore();

/** The strings that the walker finds in a line at the paths, decoded; undefined when it calls the line broken. */
function walked(line: string, paths: readonly (readonly string[])[]): string[] | undefined {
  core.usePaths(paths);
  const length = core.writeText(line);
  const end = core.core.walkRecord(core.input, core.input + length) >>> 0;
  if (end === 0) return undefined;
  const rest = Buffer.from(core.bytes(end, core.input + length - end)).toString();
  if (rest.trim() !== '') return undefined;
  return core.segments(true).map(({ start, end: stop }) => {
    const raw = Buffer.from(core.bytes(start, stop - start)).toString();
    return JSON.parse(`"${raw}"`) as string;
  });
}

const keys = fc.constantFrom('text', 'content', 'messages', 'a', 'b', 'é', 'text2');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(0, -1.5, 1e21, true, false, null, '', 'a"b', 'c\\d', '\\', '\u0000', 'x'.repeat(70)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
}));
const paths = fc.constantFrom(
  [['text']],
  [['messages', '*', 'content']],
  [['a', 'b'], ['text']],
  [['*']],
  [['a'], ['a', '*'], ['é']],
  [['text'], ['b'], ['a', 'text'], ['messages', '*'], ['content', '*', 'b']],
  // As many as there is room for.
  [...Array.from({ length: 29 }, (_, i) => ['x'.repeat(i + 3)]), ['text', '*'], ['content', 'a'], ['text']],
);
const spaced = fc.constantFrom(undefined, 1, '\t');

/** Where a string of JSON ends, of which everything behind its first quote is given: the number of its closing quote's byte. */
function plainStringEnd(rest: string): number | undefined {
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] === '\\') i++;
    else if (rest[i] === '"') return i;
    else if (rest.charCodeAt(i) < 32) return undefined;
  }
  return undefined;
}

describe('the JSON walker and JSON.parse', () => {
  it('end a string at the same quote, wherever runs of backslashes stand', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.nat(70).map((count) => 'x'.repeat(count)) },
      { weight: 4, arbitrary: fc.nat(66).map((count) => '\\'.repeat(count)) },
      fc.constantFrom('"', '\\"', '\u0001', '\\\u0001'),
    );
    core.usePaths([['text']]);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const rest = `${pieces.join('')}"}`;
        const length = core.writeText(`{"text":"${rest}`);
        core.core.walkRecord(core.input, core.input + length);
        const ends = core.segments(true).map(({ start, end }) => end - start);
        const end = plainStringEnd(rest);
        expect(ends).toEqual(end === undefined ? [] : [end]);
      }),
      { numRuns: 3000 },
    );
  });

  it('find the same text at the same paths, however the record is spaced', () => {
    fc.assert(
      fc.property(fc.dictionary(keys, value, { maxKeys: 5 }), paths, spaced, (record, at, space) => {
        // A record is a line: what JSON.stringify breaks over lines is put back on one.
        const line = JSON.stringify(record, undefined, space).replaceAll('\n', ' ');
        const found = walked(line, at);
        expect(found).toBeDefined();
        expect(found?.length === 0 ? undefined : found?.join('\n')).toBe(textOf(record, at));
      }),
      { numRuns: 2000 },
    );
  });

  it('call the same lines broken, whatever is cut out of them or put in', () => {
    const inserted = fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', 'x', '1', ' ', 'null');
    fc.assert(
      fc.property(fc.dictionary(keys, value, { maxKeys: 4 }), fc.nat(), fc.nat(3), inserted, (record, at, cut, put) => {
        const whole = JSON.stringify(record);
        const place = at % (whole.length + 1);
        const line = (whole.slice(0, place) + put + whole.slice(place + cut)).toWellFormed();
        const isJson = parses(line);
        // Only ever in this direction: the walker does not look into escapes, which costs no text.
        if (isJson) expect(walked(line, [['text']])).toBeDefined();
        else if (!line.includes('\\')) expect(walked(line, [['text']])).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the JSON walker and the parsing readers', () => {
  const words = fc
    .array(fc.constantFrom('a', 'Elbe', 'two', 'é', '塔', 'た', 'ไทย', '—', '"', '\\', '\n', '\u00a0', '\u2003'), {
      maxLength: 24,
    })
    .chain((all) => fc.constantFrom('', ' ').map((between) => all.join(between)));
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      words,
      fc.array(tie('node'), { maxLength: 5 }),
      fc.dictionary(fc.oneof(keys, words), tie('node'), { maxKeys: 4 }),
    ),
  }));
  const told = fc.constantFrom<readonly string[]>([], ['text'], ['a.b', 'é', 'content'], ['messages', 'b.a', 'a']);

  it('agree on text at places that nobody knows of: what the latter see, the former stops for', () => {
    let strange = 0;
    fc.assert(
      fc.property(fc.dictionary(keys, node, { maxKeys: 5 }), paths, told, (record, at, named) => {
        const line = JSON.stringify(record);
        core.usePaths(at, [], new Set(named));
        const length = core.writeText(`${line}\n`);
        const status = core.core.scanLines(core.input, core.input + length);
        const seen = strangersOf(record, readingOf({ textPaths: at, told: named }, false)).length > 0;
        if (seen) expect(status & STRANGE).not.toBe(0);
        // Rarely in vain: it does not know which strings of a list belong together, nor what is a space behind an escape.
        if (status & STRANGE && !seen) strange++;
      }),
      { numRuns: 3000 },
    );
    expect(strange).toBeLessThan(1500);
  });
});

function parses(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
