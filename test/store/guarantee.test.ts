import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeIndexes } from '../../dist/index.js';
import { loadDigester } from '../../dist/report/digest.js';
import { IndexReader } from '../../dist/store/index-reader.js';
import { lookUpTexts } from '../../dist/workers/look-up-texts.js';
import { jsonl, WORDS } from '../property/support.js';
import { IndexFolder } from './support.js';

const folder = new IndexFolder();
const digester = await loadDigester();
const memoryBytes = 256 * 1024 ** 2;

/** Whether a text meets any key of an index, by looking up all of its grams. */
function isFound(index: string, text: string): boolean {
  const reader = new IndexReader(index, digester);
  const { hits } = lookUpTexts(reader, [text], text.length);
  reader.close();
  return hits.length > 0;
}

const words = (least: number, most: number): fc.Arbitrary<string[]> =>
  fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.stringMatching(/^[a-z]{2,9}$/)), {
    minLength: least,
    maxLength: most,
  });

/** Own words, so that nothing is shared but what is planted. */
const strange = (mark: string, count: number): string =>
  Array.from({ length: count }, (_, i) => `${mark}${i * 7 + 3}x`).join(' ');

describe('A run as long as the guarantee', () => {
  it('is found, whatever stands around it, in whichever shard, however the shards were merged, with whatever keys', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(8, 13, 32),
        words(40, 40),
        fc.array(fc.tuple(words(0, 30), words(0, 30)), { minLength: 3, maxLength: 3 }),
        fc.nat(2),
        fc.constantFrom(undefined, 2 ** -24, 2 ** -12),
        async (guarantee, all, around, shard, epsilon) => {
          const run = all.slice(0, guarantee).join(' ');
          const files = around.map(([before, after], i) => {
            const text = `${before.join(' ')} ${i === shard ? run : strange('none', 20)} ${after.join(' ')}`;
            return folder.write(`shard-${i}.jsonl`, jsonl([{ text: strange(`doc${i}`, 30) }, { text }]));
          });
          const [a, b, c] = await Promise.all(files.map((file) => folder.build([file], { guarantee })));
          const merge = async (indexes: string[], out: string, last: boolean): Promise<string> => {
            const options = last && epsilon !== undefined ? { epsilon } : {};
            return (await mergeIndexes({ indexes, out, memoryBytes, locations: true, ...options })).path;
          };
          const merged = await merge(
            [c.path, await merge([b.path, a.path], folder.fresh(), false)],
            folder.fresh(),
            true,
          );
          expect(isFound(merged, `${strange('item', 9)} ${run} ${strange('end', 9)}`)).toBe(true);
        },
      ),
      { numRuns: 10 },
    );
  });
});

describe('A look-up of what is not there', () => {
  it('is answered wrongly as often as the certificate says', async () => {
    const text = (seed: number): string =>
      Array.from({ length: 4000 }, (_, i) => `w${(seed * 7919 + i) * 31}`).join(' ');
    const file = folder.write('random.jsonl', jsonl(Array.from({ length: 20 }, (_, i) => ({ text: text(i) }))));
    const { path, manifest } = await folder.build([file], { epsilon: 2 ** -8, locationsPerKey: 0 });
    const epsilon = manifest.keys / 2 ** manifest.keyBits;
    expect(epsilon).toBeLessThanOrEqual(2 ** -8);
    expect(epsilon).toBeGreaterThan(2 ** -10);
    const reader = new IndexReader(path, digester);
    const strangers = Array.from({ length: 30 }, (_, i) => text(1000 + i));
    const { lookUps, hits } = lookUpTexts(reader, strangers, strangers.join(' ').length);
    reader.close();
    // Five standard deviations of a count that is as good as Poisson's; the texts are always the same.
    const expected = lookUps * epsilon;
    expect(Math.abs(hits.length - expected)).toBeLessThan(5 * Math.sqrt(expected));
    expect(hits.length).toBeGreaterThan(100);
  });
});
