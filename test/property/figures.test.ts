import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Match } from '../../dist/index.js';
import { Folder, WORDS } from './support.js';

const folder = new Folder();

const HALF = WORDS.length / 2;
const ofBenchmark = fc.constantFrom(...WORDS.slice(0, HALF));
const ofDocument = fc.constantFrom(...WORDS.slice(HALF));

/** Figures that do not follow from each other: five of two or three digits, no two the same. */
const figures = fc
  .uniqueArray(fc.integer({ min: 11, max: 996 }), { minLength: 5, maxLength: 9 })
  .filter((all) => all.every((n, i) => i < 2 || !follow(all[i - 2], all[i - 1], n)));

function follow(a: number, b: number, c: number): boolean {
  return c === b + 1 || c - b === b - a || c * a === b * b;
}

/** How many words stand before each figure, at least three: fewer make one figure of two. */
const gaps = fc.array(fc.integer({ min: 3, max: 9 }), { minLength: 10, maxLength: 10 });

function write(figures: readonly number[], gaps: readonly number[], words: readonly string[]): string {
  let next = 0;
  const some = (count: number): string[] => Array.from({ length: count }, () => words[next++ % words.length]);
  return [...figures.flatMap((figure, i) => [...some(gaps[i]), String(figure)]), ...some(6)].join(' ');
}

async function scanFor(question: string, text: string): Promise<readonly Match[]> {
  const { matches } = await folder.scanFor([{ id: 'q', question }], [{ id: 'd', text }]);
  return matches.filter(({ verdict }) => verdict === 'contaminated');
}

const wordsOf = (word: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.array(word, { minLength: 20, maxLength: 40 });

describe('A question whose figures stand in a document among other words', () => {
  it('is found, its figures are the spans, and the match says what it is', async () => {
    await fc.assert(
      fc.asyncProperty(figures, gaps, wordsOf(ofBenchmark), wordsOf(ofDocument), async (all, spaces, own, other) => {
        const text = `${other.slice(0, 9).join(' ')}. ${write(all, spaces, other)}`;
        const [match] = await scanFor(write(all, spaces, own), text);
        expect(match.reason).toMatch(/numbers stand there in their order/);
        expect(match.spans.map(({ document: [from, to] }) => text.slice(from, to))).toEqual(all.map(String));
      }),
      { numRuns: 20 },
    );
  });

  it('is not where they stand in another order, or with none of the words between', async () => {
    await fc.assert(
      fc.asyncProperty(figures, gaps, wordsOf(ofBenchmark), wordsOf(ofDocument), async (all, spaces, own, other) => {
        const question = write(all, spaces, own);
        expect(await scanFor(question, write([...all].reverse(), spaces, other))).toEqual([]);
        expect(await scanFor(question, `${other.join(' ')} ${all.join('.')} ${other.join(' ')}`)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('is not where the figures only count up', async () => {
    const count = [1, 2, 3, 4, 5, 6, 7, 8];
    const list = write(count, Array<number>(8).fill(4), WORDS.slice(HALF));
    expect(await scanFor(write(count, Array<number>(8).fill(4), WORDS.slice(0, HALF)), list)).toEqual([]);
  });
});

describe('Two questions with the same figures', () => {
  it('are both found where they stand in a third language; a third that fits less is not', async () => {
    const spaces = Array<number>(6).fill(4);
    const all = [31, 74, 12, 260, 95, 18];
    const questions = [
      { id: 'a', question: write(all, spaces, WORDS.slice(0, 30)) },
      { id: 'b', question: write(all, spaces, WORDS.slice(30, 60)) },
      { id: 'c', question: write([...all, 87, 41], [...spaces, 4, 4], WORDS.slice(10, 50)) },
    ];
    const { matches } = await folder.scanFor(questions, [{ id: 'd', text: write(all, spaces, WORDS.slice(60)) }]);
    expect(matches.map(({ item }) => item).sort()).toEqual(['a', 'b']);
  });
});
