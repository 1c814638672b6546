import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { Bench } from '../cli/run.js';
import { edited, sentence } from '../neardup/support.js';

const bench = new Bench();
afterAll(() => bench.remove());

const TRAIN = Array.from({ length: 30 }, (_, i) => ({ id: `t${i}`, text: sentence(i) }));
bench.jsonl('train.jsonl', TRAIN);
bench.jsonl('test.jsonl', [
  { id: 'same', text: TRAIN[3].text },
  { id: 'near', text: edited(TRAIN[4].text, 12) },
  { id: 'own', text: sentence(900) },
]);
mkdirSync(bench.path('scratch'));
mkdirSync(bench.path('node_modules'));
symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), bench.path('node_modules/heldout'));

/** What a module of a user prints, as JSON: it knows the package by its name and nothing else of it. */
function printed(code: string): unknown {
  bench.write('user.mjs', code);
  return JSON.parse(execFileSync(process.execPath, ['user.mjs'], { cwd: bench.dir, encoding: 'utf8' }));
}

describe('A user of the package', () => {
  it('compares sets, goes through what was found as often as it likes, and leaves nothing behind', () => {
    const found = printed(`
      import { compareCorpora, DEFAULT_COMPARE } from 'heldout';
      const result = await compareCorpora({
        sets: [{ name: 'train', paths: ['train.jsonl'] }, { name: 'test', paths: ['test.jsonl'] }],
        settings: { ...DEFAULT_COMPARE, threshold: 0.7 },
        memoryBytes: 8 << 20,
        scratch: 'scratch',
      });
      const pairs = () => [...result.pairs()].map(({ kind, left, right }) => [kind, left.id, right.id, right.text.length]);
      const said = { pairs: pairs(), again: pairs(), drop: [...result.duplicates()].filter((one) => one.drop).map((one) => one.id),
        clusters: [...result.clusters()].map(({ records, representative }) => [records, representative.id]),
        wording: result.overlaps.map(({ of, containment }) => [of, containment.standardError]) };
      result.close();
      console.log(JSON.stringify(said));
    `);
    const pairs = [
      ['near', 't4', 'near', edited(TRAIN[4].text, 12).length],
      ['exact', 't3', 'same', TRAIN[3].text.length],
    ];
    expect(found).toEqual({
      pairs,
      again: pairs,
      drop: ['t3', 't4'],
      clusters: [
        [2, 'same'],
        [2, 'near'],
      ],
      wording: [
        ['train', 0],
        ['test', 0],
      ],
    });
    expect(readdirSync(bench.path('scratch'))).toEqual([]);
  });

  it('is told by a code what cannot be done', () => {
    const codes = printed(`
      import { compareCorpora, DEFAULT_COMPARE, HeldoutError } from 'heldout';
      const code = async (paths, settings = {}) => {
        try {
          const sets = [{ name: 'a', paths }, { name: 'b', paths: paths[0] === '-' ? paths : ['test.jsonl'] }];
          (await compareCorpora({ sets, settings: { ...DEFAULT_COMPARE, ...settings }, memoryBytes: 8 << 20 })).close();
          return 'done';
        } catch (error) {
          return error instanceof HeldoutError ? error.code : String(error);
        }
      };
      console.log(JSON.stringify([await code(['train.jsonl']), await code(['-']), await code(['train.jsonl'], { keep: ['c'] }), await code(['none.jsonl'])]));
    `);
    expect(codes).toEqual(['done', 'usage', 'usage', 'no-input']);
  });
});
