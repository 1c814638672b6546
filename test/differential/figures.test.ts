import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashCore } from '../../dist/hashcore/hash-core.js';
import { writeTextTables } from '../../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { buildSearch } from '../../dist/seeds/build-catalog.js';
import { figureKey, slotOf } from '../../dist/seeds/figures.js';
import type { Figures } from '../../dist/seeds/figures.js';
import { tokenize } from '../../dist/text/tokenize.js';
import { buildWeights } from '../../dist/text/weights.js';
import { unicode } from './core.js';

const module = compileCore();

/** As in assembly/figures.ts: what the figures of a gram may be apart; grams this near are one candidate. Tokens. */
const LEAST_REACH = 6;
const MOST_REACH = 256;
const JOIN = 64;

interface Figure {
  readonly token: number;
  readonly hash: number;
}

/** Tokens that begin and end with a digit. */
function figuresIn(text: string): Figure[] {
  const bytes = new TextEncoder().encode(text);
  const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
  return [...tokenize(bytes, unicode)]
    .map(({ hash, start, end }, token) => ({ token, hash: Number(hash & 0xffffffffn), start, end }))
    .filter(({ start, end }) => isDigit(bytes[start]) && isDigit(bytes[end - 1]));
}

function candidatesIn(text: string, { keys }: Figures): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  const all = figuresIn(text);
  all.forEach(({ token }, i) => {
    for (const size of [4, 3]) {
      const gram = all.slice(Math.max(0, i + 1 - size), i + 1);
      if (gram.length < size) continue;
      const first = gram[0].token;
      const key = figureKey(
        gram.map(({ hash }) => hash),
        0,
        size,
      );
      if (token - first < LEAST_REACH || token - first > MOST_REACH || keys[slotOf(keys, key)] !== key) continue;
      const before = found.at(-1);
      if (before && first <= before.last + JOIN) before.last = token;
      else found.push({ first, last: token });
      break;
    }
  });
  return found;
}

const word = fc.constantFrom(...'alder birch cedar 桥 洞 é 3rd x1 7 12 40 95 260 1999'.split(' '));
const figure = fc.constantFrom(...'7 12 40 95 260 1999'.split(' '));
const filler = fc.nat(300).map((count) => 'gorse '.repeat(count));
const text = fc
  .array(fc.oneof({ weight: 3, arbitrary: figure }, { weight: 3, arbitrary: word }, { weight: 1, arbitrary: filler }), {
    maxLength: 120,
  })
  .map((words) => words.join(' '));

/** Each question ends with this, so that each has a gram. */
const TAIL = '12 alder cedar birch 95 birch alder cedar 260';

describe('the figures that the core finds and their plain twin', () => {
  it('make the same stretches candidates, in documents of several batches too', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, text, (questions, before, behind) => {
        const document = `${before} ${questions[0]} ${TAIL} ${behind}`;
        const items = questions.map((question, i) => ({
          ...{ benchmark: 'b', id: String(i), file: 'b', record: i },
          parts: [{ name: 'question' as const, text: `${question} ${TAIL}` }],
        }));
        const memory = createMemory();
        const shared = { module, memory, text: writeTextTables(memory, unicode) };
        const { catalog, table } = buildSearch(new HashCore(shared, 1 << 16), memory, items, buildWeights([]));
        const core = new HashCore(shared, 1 << 16, table);
        const length = core.writeText(document);
        core.core.scanText(core.input, core.input + length);
        const found = core.candidates(false).filter(({ part }) => part === table.parts);
        seen += found.length;
        expect(found.map(({ first, last }) => ({ first, last }))).toEqual(candidatesIn(document, catalog.figures));
      }),
      { numRuns: 100 },
    );
    expect(seen).toBeGreaterThan(50);
  });
});
