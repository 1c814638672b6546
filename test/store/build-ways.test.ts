import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeIndexes } from '../../dist/index.js';
import { jsonl } from '../property/support.js';
import { contentsOf, IndexFolder } from './support.js';

const folder = new IndexFolder();

/** Words that no other text has, the same in every run of the test. */
function prose(count: number, seed: number): string {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  return Array.from({ length: count }, () => next().toString(36)).join(' ');
}

const shared = prose(40, 999);
const corpora = [
  Array.from({ length: 400 }, (_, i) => ({ text: `${prose(240, i + 1)} ${i % 7 === 0 ? shared : ''}` })),
  // One text over and over, and texts that are too short for any gram.
  Array.from({ length: 1500 }, (_, i) => ({ text: i % 3 === 0 ? 'too short' : shared })),
  // A document that is larger than what is written at a time, between small ones, and one that repeats itself.
  [{ text: shared }, { text: prose(80_000, 7) }, { text: `${prose(30, 5)} `.repeat(300) }, { text: prose(90, 11) }],
  // Large enough to be read in several ranges.
  Array.from({ length: 2000 }, (_, i) => ({ text: prose(240, 1000 + i) })),
];
const files = corpora.map((documents, i) => folder.write(`corpus-${i}.jsonl`, jsonl(documents)));

/** Pieces that a build has left done. */
function batchesIn(partial: string): number {
  return existsSync(partial) ? readdirSync(partial).filter((name) => /^batch-\d+\.json$/.test(name)).length : 0;
}

describe('An index is the same bytes', () => {
  it('whether fingerprints are held in memory or written as runs, by any number of workers, and when memory ends early', async () => {
    const guarantee = 8;
    const alone = await Promise.all(files.map((file) => folder.build([file], { guarantee })));
    const merged = await mergeIndexes({
      indexes: alone.map(({ path }) => path),
      out: folder.fresh(),
      memoryBytes: 256 * 1024 ** 2,
      locations: true,
    });
    const expected = contentsOf(merged.path);
    const ways = [
      { workers: 1, tuning: {} },
      { workers: 3, tuning: { chunkBytes: 1 << 14 } },
      { workers: 1, tuning: { mostHeldBytes: 0 } },
      { workers: 2, tuning: { mostHeldBytes: 0, workerEntries: 1 << 17 } },
      // Held, until there is no more room.
      { workers: 1, tuning: { workerEntries: 1 << 17 } },
      { workers: 2, tuning: { workerEntries: 1 << 17 } },
    ];
    for (const { workers, tuning } of ways) {
      const built = await folder.buildTuned(files, { guarantee, workers }, tuning);
      expect(Object.keys(contentsOf(built.path))).toEqual(Object.keys(expected));
      for (const [name, bytes] of Object.entries(contentsOf(built.path)))
        expect(bytes === expected[name], `${name} of ${JSON.stringify({ workers, tuning })}`).toBe(true);
    }
  });

  it('where a build that writes runs is stopped, and one that holds what it reads goes on', async () => {
    const [large] = files.slice(-1);
    const out = folder.fresh();
    const stop = new AbortController();
    const look = setInterval(() => batchesIn(`${out}.partial`) > 0 && stop.abort(), 1);
    const begun = folder.buildTuned([large], { out, signal: stop.signal }, { mostHeldBytes: 0 });
    await expect(begun).rejects.toMatchObject({ code: 'interrupted' });
    clearInterval(look);
    expect(batchesIn(`${out}.partial`)).toBeGreaterThan(0);
    const expected = contentsOf((await folder.build([large])).path);
    expect(contentsOf((await folder.build([large], { out, resume: true })).path)).toEqual(expected);
  });
});
