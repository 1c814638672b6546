import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pair } from '../../dist/model/comparison.js';
import { Folder, jsonl } from '../pipeline/support.js';
import { compareSets, sentence } from './support.js';

const folder = new Folder();
let files = 0;

/** How a record stands in a set: which text, and in which of its forms. */
const record = fc.record({ text: fc.integer({ min: 0, max: 4 }), form: fc.integer({ min: 0, max: 2 }) });
const set = fc.array(record, { minLength: 1, maxLength: 8 });

function textOf({ text, form }: { text: number; form: number }): string {
  const plain = sentence(text);
  return [plain, plain.toUpperCase(), `(${plain})`][form];
}

async function compared(sets: readonly (readonly { text: number; form: number }[])[], within: boolean) {
  const paths = sets.map((records) => {
    files++;
    return folder.write(`${files}.jsonl`, jsonl(records.map((one, i) => ({ id: `r${i}`, text: textOf(one) }))));
  });
  return compareSets(within ? { all: paths } : Object.fromEntries(paths.map((path, i) => [`s${i}`, [path]])), {
    within,
  });
}

const placeOf = ({ file, record: number }: Pair['left']): string => `${file}#${number}`;

describe('Records of the same text or words', () => {
  it.each([
    ['between sets', false],
    ['inside one', true],
  ])('%s are pairs, each once: of every record with its closest, and true', async (_what, within) => {
    await fc.assert(
      fc.asyncProperty(fc.array(set, { minLength: 2, maxLength: 3 }), async (sets) => {
        const { all, every } = await compared(sets, within);
        const keys = every.map(({ left, right }) => [placeOf(left), placeOf(right)].sort().join(' '));
        expect(new Set(keys).size).toBe(keys.length);
        const paired = new Set(keys.flatMap((key) => key.split(' ')));
        expect(all.map(({ file, record: number }) => `${file}#${number}`).filter((one) => !paired.has(one))).toEqual(
          [],
        );
        for (const { kind, left, right } of every) {
          expect(left.text.toLowerCase().replace(/\W+/g, '')).toBe(right.text.toLowerCase().replace(/\W+/g, ''));
          expect(kind).toBe(left.text === right.text ? 'exact' : 'normalised');
          if (!within) expect(left.set).not.toBe(right.set);
        }
        // No more than one for each record: no quadratic blow-up.
        expect(every.length).toBeLessThanOrEqual(all.length);
        const going = new Set(all.filter(({ drop }) => drop).map(({ file, record: number }) => `${file}#${number}`));
        for (const side of every.flatMap(({ left, right }) => [left, right]))
          expect(side.drop).toBe(going.has(placeOf(side)));
      }),
      { numRuns: 40 },
    );
  });

  it('ten thousand copies are a cluster of as many pairs, each with the beginning of the text alone', async () => {
    const text = sentence(7, 200);
    const path = folder.write('copies.jsonl', jsonl(Array.from({ length: 10_000 }, () => ({ text }))));
    const { every, groups } = await compareSets({ all: [path] }, { within: true });
    expect(every).toHaveLength(9_999);
    expect(groups.map(({ records }) => records)).toEqual([10_000]);
    expect(every[0].left.text).toBe(text.slice(0, 300));
    expect(every[0].left.textIsCut).toBe(true);
  });
});
