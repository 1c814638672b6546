import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntryBuffer } from '../../dist/hashcore/entry-buffer.js';
import { HashCore } from '../../dist/hashcore/hash-core.js';
import { writeTextTables } from '../../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { gramsOf, select } from '../../dist/text/select.js';
import type { Windows } from '../../dist/text/select.js';
import { tokenize } from '../../dist/text/tokenize.js';
import { unicode } from './core.js';

const memory = createMemory();
const core = new HashCore({ module: compileCore(), memory, text: writeTextTables(memory, unicode) }, 1 << 16);
const buffer = new EntryBuffer(memory, core.core, 1 << 14);
core.core.placeSeeding(0);

const encoder = new TextEncoder();
const tokensOf = (text: string): bigint[] => [...tokenize(encoder.encode(text), unicode)].map(({ hash }) => hash);

/** Key, document and place of every entry, in the order they were written. */
function entries(): { key: bigint; document: number; place: number }[] {
  const words = buffer.words(buffer.count);
  return Array.from({ length: buffer.count }, (_, i) => ({
    key: (BigInt(words[4 * i + 1]) << 32n) | BigInt(words[4 * i]),
    document: words[4 * i + 2],
    place: words[4 * i + 3],
  }));
}

function scanTexts(texts: readonly string[]): void {
  core.core.openRun();
  texts.forEach((text, i) => {
    const length = core.writeText(text);
    core.core.placeTextOrigin(i, i + 1);
    expect(core.core.scanText(core.input, core.input + length)).toBe(0);
  });
}

const word = fc.constantFrom(
  ...'alder birch cedar dogwood elm fir gorse hazel iris juniper 桥 洞 宽 米 果 度 カ ナ ไ ท é 12 7 Alder'.split(' '),
);
const words = (most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(word, fc.stringMatching(/^[a-z]{3,6}$/), fc.constantFrom('东', '西')), { maxLength: most })
    .map((list) => list.join(' '));
const windows: fc.Arbitrary<Windows> = fc.constantFrom(
  { words: 6, singles: 9 },
  { words: 1, singles: 1 },
  { words: 25, singles: 37 },
  { words: 64, singles: 96 },
);

describe('the selection kernel and its plain twin', () => {
  it('choose the same fingerprints of any document', () => {
    fc.assert(
      fc.property(fc.array(words(120), { minLength: 1, maxLength: 4 }), windows, (texts, chosen) => {
        buffer.select(chosen);
        scanTexts(texts);
        const found = entries();
        texts.forEach((text, document) => {
          const own = found.filter((entry) => entry.document === document).map(({ key }) => key);
          expect(new Set(own)).toEqual(select(tokensOf(text), chosen));
        });
      }),
      { numRuns: 400 },
    );
  });

  it('see every gram where every one is wanted, with its last token', () => {
    fc.assert(
      fc.property(words(60), (text) => {
        buffer.selectAll();
        scanTexts([text]);
        const found = entries().map(({ key, place }) => ({ hash: key, last: place }));
        expect(found).toEqual(gramsOf(tokensOf(text)));
      }),
      { numRuns: 400 },
    );
  });

  it('agree on a record of several strings, wherever it is cut into them, and on what comes after it', () => {
    buffer.select({ words: 6, singles: 9 });
    const text =
      'alder birch cedar elm fir gorse hazel iris juniper 桥 洞 宽 米 果 度 alder elm fir 洞 宽 birch cedar'.split(' ');
    core.usePaths([['text', '*']]);
    for (let cut = 0; cut <= text.length; cut++) {
      const line = `${JSON.stringify({ text: [text.slice(0, cut).join(' '), text.slice(cut).join(' ')] })}\n`;
      const bytes = encoder.encode(line + line);
      core.bytes(core.input, bytes.length).set(bytes);
      core.terminate(bytes.length);
      core.core.openRun();
      core.core.placeOrigin(core.input, 65530, 10);
      expect(core.core.scanLines(core.input, core.input + bytes.length)).toBe(0);
      const found = entries();
      for (const document of [0, 1]) {
        const own = found.filter((entry) => entry.document === document).map(({ key }) => key);
        expect(new Set(own)).toEqual(select(tokensOf(text.join(' ')), { words: 6, singles: 9 }));
      }
      // The second line begins in the next 64 KB: a block, its first record and its first document.
      expect([...buffer.blocks(0)]).toEqual([0, 11, 0, 1, 12, 1]);
      expect(new Set(found.map(({ place }) => place))).toEqual(new Set([0, 1]));
    }
  });

  it('keep nothing of a document that finds no room', () => {
    const small = new EntryBuffer(memory, core.core, 1200);
    small.select({ words: 1, singles: 1 });
    const long = Array.from({ length: 3000 }, (_, i) => `word${i}`).join(' ');
    for (const text of ['one two three four five six seven eight nine', long]) {
      const length = core.writeText(text);
      core.core.placeTextOrigin(0, 1);
      const status = core.core.scanText(core.input, core.input + length);
      expect(status).toBe(text === long ? 16 : 0);
      expect(small.count).toBe(2);
    }
    core.core.placeWindows(1, 1, 1);
    new EntryBuffer(memory, core.core, 1 << 14);
  });

  it('finds a shared run of the guarantee in whatever it stands, with each pair of windows', () => {
    const run = fc.array(fc.stringMatching(/^[a-z]{2,9}$/), { minLength: 13, maxLength: 13 });
    fc.assert(
      fc.property(words(60), words(60), words(30), words(30), run, (a, b, c, d, shared) => {
        const windows = { words: 6, singles: 9 };
        const item = new Set(gramsOf(tokensOf(`${a} ${shared.join(' ')} ${b}`)).map(({ hash }) => hash));
        const document = select(tokensOf(`${c} ${shared.join('-')}, ${d}`), windows);
        expect([...document].some((hash) => item.has(hash))).toBe(true);
      }),
      { numRuns: 300 },
    );
    const point = fc.constantFrom(...'桥洞宽米果度东西南北上下左右大小多少山水');
    const mixed = fc.array(fc.oneof(point, word), { minLength: 21, maxLength: 21 });
    fc.assert(
      fc.property(words(60), words(60), words(30), words(30), mixed, (a, b, c, d, shared) => {
        const item = new Set(gramsOf(tokensOf(`${a} ${shared.join(' ')} ${b}`)).map(({ hash }) => hash));
        const document = select(tokensOf(`${c} ${shared.join(' ')} ${d}`), { words: 6, singles: 9 });
        expect([...document].some((hash) => item.has(hash))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
