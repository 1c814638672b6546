import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashCore, NO_TEXT } from '../../dist/hashcore/hash-core.js';
import { writeTextTables } from '../../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { SketchCore } from '../../dist/hashcore/sketch-core.js';
import type { SketchScheme } from '../../dist/model/sketch.js';
import { plainSketch } from '../../dist/neardup/plain-sketch.js';
import type { PlainSketch } from '../../dist/neardup/plain-sketch.js';
import { unicode } from './core.js';

const module = compileCore();

const SCHEME: SketchScheme = {
  profile: 1,
  method: 'one-permutation',
  bins: 128,
  bands: 21,
  rows: 6,
  shingle: { unit: 'words', size: 3 },
  // Every gram, so that the test sees all of them.
  smallBelow: (1n << 64n) - 1n,
};

const SCHEMES: readonly [name: string, scheme: SketchScheme][] = [
  ['three words, one permutation', SCHEME],
  ['one word, 64 bins', { ...SCHEME, bins: 64, bands: 16, rows: 4, shingle: { unit: 'words', size: 1 } }],
  ['nine words', { ...SCHEME, shingle: { unit: 'words', size: 9 } }],
  ['five characters', { ...SCHEME, shingle: { unit: 'characters', size: 5 } }],
  ['three words, 128 permutations', { ...SCHEME, method: 'k-permutation' }],
];

function sketcher(scheme: SketchScheme): SketchCore {
  const memory = createMemory();
  return new SketchCore(new HashCore({ module, memory, text: writeTextTables(memory, unicode) }), memory, scheme);
}

const wide = (words: Uint32Array): bigint[] =>
  Array.from({ length: words.length / 2 }, (_, i) => (BigInt(words[2 * i + 1]) << 32n) | BigInt(words[2 * i]));

function rowOf(core: SketchCore, i: number): Omit<PlainSketch, 'shingles'> & { positions: number } {
  const { tokens, shingles, smallEnd } = core.row(i);
  const [exact, normalised] = wide(core.digests(i));
  return {
    tokens,
    positions: shingles,
    signature: core.signature(i).slice(),
    bandKeys: wide(core.bandKeys(i)),
    exact,
    normalised,
    smallGrams: wide(core.smallGrams(core.row(i - 1).smallEnd, smallEnd)),
  };
}

function plainRow(text: string, scheme: SketchScheme): ReturnType<typeof rowOf> {
  const { shingles, ...rest } = plainSketch(text, scheme, unicode);
  return { ...rest, positions: shingles.length };
}

/** Words, scripts without spaces, expansions, escapes and what the tokenizer treats in its own way. */
const piece = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/) },
  { weight: 5, arbitrary: fc.constantFrom(' ', '\n', '-\n', ', ', '. ', '"', '\t', '/', '\\', '\u0000') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['é', 'e\u0301', 'ß', 'ﬁ', '漢字', 'かが', 'ไทย', '㍻', '㌖', '𝐁', '😀', '\u200b', '&amp;', '<p>', '\\frac'],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: 240, max: 270 }).map((n) => 'x'.repeat(n)) },
);
const texts = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
/** Lone surrogates have no UTF-8: both sides would see U+FFFD, but the JSON of them differs. */
const wellFormed = texts.filter((text) => text.isWellFormed());

describe.each(SCHEMES)('The sketch kernel and its plain twin (%s)', (_, scheme) => {
  const core = sketcher(scheme);

  it('sketch any text alike', () => {
    fc.assert(
      fc.property(texts, (text) => {
        core.reset();
        core.sketchText(text);
        expect(rowOf(core, 0)).toEqual(plainRow(text, scheme));
      }),
      { numRuns: 150 },
    );
  });

  it('have the same shingles', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const upper = plainSketch(text, scheme, unicode).shingles.map((hash) => Number(hash >> 11n));
        expect([...core.shinglesOf(text)]).toEqual([...new Set(upper)].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('agree over texts of many batches', () => {
    const words = Array.from({ length: 3000 }, (_value, i) => `w${(i * 7919) % 1291}`);
    for (const text of [words.join(' '), `${words.slice(0, 500).join(' ')} ${'漢字仮名交'.repeat(300)}`]) {
      core.reset();
      core.sketchText(text);
      expect(rowOf(core, 0)).toEqual(plainRow(text, scheme));
    }
  });
});

describe('Lines of JSON', () => {
  const core = sketcher(SCHEME);

  function sketchLines(bytes: Uint8Array, cuts: readonly number[]): { rows: unknown[]; lines: number[] } {
    core.core.reserveInput(bytes.length);
    core.core.bytes(core.core.input, bytes.length).set(bytes);
    core.core.terminate(bytes.length);
    core.core.usePaths([['text'], ['more', '*']]);
    core.reset();
    const lines: number[] = [];
    const rows: unknown[] = [];
    let passed = 0;
    let from = 0;
    for (const cut of [...cuts, bytes.length])
      while (from < cut) {
        const before = core.length;
        const status = core.core.core.sketchLines(core.core.input + from, core.core.input + cut);
        for (let row = before; row < core.length; row++) {
          lines.push(passed + core.row(row).line);
          rows.push(rowOf(core, row));
        }
        passed += core.core.core.sketchLinesPassed.value;
        from = core.core.core.sketchEnd.value - core.core.input;
        expect([0, NO_TEXT]).toContain(status);
        if (status === 0) continue;
        lines.push(passed);
        rows.push(undefined);
      }
    return { rows, lines };
  }

  it('give the sketches of their texts, escaped or not, at all split points between lines', () => {
    fc.assert(
      fc.property(fc.array(wellFormed, { minLength: 1, maxLength: 5 }), fc.boolean(), (list, ascii) => {
        const json = list.map((text, i) => JSON.stringify(i % 2 ? { more: [text, text], id: i } : { id: i, text }));
        const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
        const written = json.map((line) => (ascii ? line.replace(/[^\0-\x7f]/g, escape) : line));
        const bytes = new TextEncoder().encode(`${written.join('\n\n')}\n`);
        const expected = list.map((text, i) => (i % 2 ? `${text}\n${text}` : text));
        const cuts = [...bytes.keys()].filter((at) => at > 0 && bytes[at - 1] === 10);
        for (const cut of [[], ...cuts.map((at) => [at]), cuts.slice(0, -1)]) {
          const { rows, lines } = sketchLines(bytes, cut);
          expect(lines).toEqual(list.map((_value, i) => 2 * i + 1));
          let grams = 0;
          rows.forEach((row, i) => {
            const plain = plainRow(expected[i], SCHEME);
            // What the tokenizer makes of text that looks like an escape is its own affair; sketches follow it.
            const isPlain = !/[\\<&-]/.test(expected[i]);
            // A record without a word is left to the host.
            if (row === undefined) {
              if (isPlain) expect(plain.tokens).toBe(0);
              return;
            }
            expect((row as PlainSketch).exact).toBe(plain.exact);
            if (isPlain) expect(row).toEqual(plain);
            grams += (row as PlainSketch).smallGrams.length;
          });
          // … and leaves nothing behind.
          expect(core.length === 0 ? 0 : core.row(core.length - 1).smallEnd).toBe(grams);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stop when the rows are full, and go on where they stopped', () => {
    const bytes = new TextEncoder().encode(
      Array.from({ length: 700 }, (_, i) => `${JSON.stringify({ text: `record number ${i} of many` })}\n`).join(''),
    );
    core.core.reserveInput(bytes.length);
    core.core.bytes(core.core.input, bytes.length).set(bytes);
    core.core.terminate(bytes.length);
    core.core.usePaths([['text']]);
    const seen: number[] = [];
    let passed = 0;
    for (let p = core.core.input, end = p + bytes.length; p < end;) {
      core.reset();
      core.core.core.sketchLines(p, end);
      for (let i = 0; i < core.length; i++) seen.push(passed + core.row(i).line);
      passed += core.core.core.sketchLinesPassed.value;
      p = core.core.core.sketchEnd.value;
    }
    expect(seen).toEqual(Array.from({ length: 700 }, (_, i) => i + 1));
  });
});
