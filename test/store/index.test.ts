import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, mergeIndexes, openIndex, scan } from '../../dist/index.js';
import type { Match, ScanResult } from '../../dist/index.js';
import { CONTAINERS, jsonl, proseOf, surroundings, WORDS } from '../property/support.js';
import { contentsOf, IndexFolder } from './support.js';

const folder = new IndexFolder();

function against(target: string, bench: string, workers = 1): Promise<ScanResult> {
  return scan({ benchmarks: [bench], against: [target], settings: DEFAULT_SETTINGS, workers });
}

/** Documents of which some hold a question, whole or a stretch of at least 13 words. */
const planted = fc.record({
  questions: fc.uniqueArray(proseOf(24, 40), { minLength: 1, maxLength: 4 }),
  around: fc.array(fc.tuple(surroundings, surroundings), { minLength: 3, maxLength: 6 }),
  picks: fc.array(fc.record({ question: fc.nat(), from: fc.nat(11), length: fc.integer({ min: 13, max: 40 }) }), {
    ...{ minLength: 3, maxLength: 6 },
  }),
});

const key = ({ item, document }: Match): string => `${item} ${document.file}#${document.record}`;

describe('An index', () => {
  it('finds every match with a run as long as it guarantees, as a streaming scan does, in any container', async () => {
    await fc.assert(
      fc.asyncProperty(
        planted,
        fc.constantFrom(...CONTAINERS),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (plan, container, cut) => {
          const documents = plan.around.map(([before, after], i) => {
            const pick = plan.picks[i % plan.picks.length];
            const words = plan.questions[pick.question % plan.questions.length].split(/(?=\s)/);
            return {
              id: `d${i}`,
              text: `${before} ${words.slice(pick.from, pick.from + pick.length).join('')} ${after}`,
            };
          });
          const corpus = folder.write(container.name, container.bytes(documents, cut));
          const bench = folder.write(
            'bench.jsonl',
            jsonl(plan.questions.map((question, i) => ({ id: `q${i}`, question }))),
          );
          const { path } = await folder.build([corpus]);
          const [streamed, asked] = [await against(corpus, bench), await against(path, bench)];
          const found = new Map(asked.matches.map((match) => [key(match), match]));
          for (const match of streamed.matches.filter(({ longestRun }) => longestRun >= 13))
            expect(found.get(key(match)), key(match)).toEqual(match);
          expect(asked.totals).toEqual(streamed.totals);
          expect(asked.corpus).toMatchObject(
            streamed.corpus.map(({ xxh64, records, skipped }) => ({ xxh64, records, skipped })),
          );
          // And nothing that a streaming scan does not find.
          const all = new Set(streamed.matches.map(key));
          for (const one of found.keys()) expect(all).toContain(one);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is the same bytes for any order, number of workers and way of merging', async () => {
    const texts = Array.from({ length: 4 }, (_, file) =>
      Array.from({ length: 30 }, (_, i) => ({
        text: Array.from({ length: 60 }, (_, w) => WORDS[(w * (i + 3) + file * i * 7 + w * w) % WORDS.length]).join(
          ' ',
        ),
      })),
    );
    const files = texts.map((documents, i) => folder.write(`part-${i}.jsonl`, jsonl(documents)));
    const whole = await folder.build(files);
    const expected = contentsOf(whole.path);
    const parallel = await folder.build([...files].reverse(), { workers: 2, memoryBytes: 1024 ** 3 });
    expect(contentsOf(parallel.path)).toEqual(expected);
    const parts = await Promise.all(files.map((file) => folder.build([file])));
    const [a, b, c, d] = parts.map(({ path }) => path);
    const merge = async (...indexes: string[]): Promise<string> => {
      const merged = await mergeIndexes({
        indexes,
        out: folder.fresh(),
        memoryBytes: 256 * 1024 ** 2,
        locations: true,
      });
      return merged.path;
    };
    expect(contentsOf(await merge(d, b, a, c))).toEqual(expected);
    expect(contentsOf(await merge(await merge(c, a), await merge(b, d)))).toEqual(expected);
    expect(contentsOf(await merge(await merge(await merge(d, a), b), c))).toEqual(expected);
    await expect((await openIndex(whole.path)).verify()).resolves.toBeGreaterThan(0);
  });
});
