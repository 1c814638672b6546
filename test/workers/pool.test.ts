import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../dist/index.js';
import { plan } from '../../dist/pipeline.js';
import { mergeResults } from '../../dist/workers/merge.js';
import { scanUnits } from '../../dist/workers/pool.js';
import { prepare } from '../../dist/workers/setup.js';
import type { Prepared } from '../../dist/workers/setup.js';
import { unitsOf } from '../../dist/workers/unit.js';
import { documents, Folder, jsonl } from '../pipeline/support.js';

const folder = new Folder();

describe('The pool', () => {
  it('names the file that a worker failed on, and does not hang', async () => {
    const file = folder.write('docs.jsonl', jsonl(documents(50)));
    const request = { benchmarks: [folder.benchmark], against: [file], settings: DEFAULT_SETTINGS, workers: 2 };
    const { benchmarks, corpus } = await plan(request);
    const prepared = (): Prepared => prepare(benchmarks[0].items, DEFAULT_SETTINGS, 1000);
    const units = unitsOf(corpus, DEFAULT_SETTINGS, 1000).map((unit) => ({ ...unit, textPaths: [null as never] }));
    const run = scanUnits(units, prepared, { workers: 2, onProgress: () => undefined });
    await expect(run).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining(file) as string });
  });

  it('counts a file that is gone by now once, however many ranges it was cut into, and scans the others', async () => {
    const [gone, there] = ['gone.jsonl', 'there.jsonl'].map((name) => folder.write(name, jsonl(documents(50))));
    const request = { benchmarks: [folder.benchmark], against: [gone, there], settings: DEFAULT_SETTINGS, workers: 2 };
    const { benchmarks, corpus } = await plan(request);
    rmSync(gone);
    const prepared = (): Prepared => prepare(benchmarks[0].items, DEFAULT_SETTINGS, 1000);
    const units = unitsOf(corpus, DEFAULT_SETTINGS, 1000);
    const { results } = await scanUnits(units, prepared, { workers: 2, onProgress: () => undefined });
    const { files, skips } = mergeResults(units, results, []);
    expect(skips).toMatchObject([{ reason: 'unreadable-file', count: 1, examples: [{ file: gone, record: 0 }] }]);
    expect(files).toMatchObject([
      { path: gone, records: 0, xxh64: '' },
      { path: there, records: 50 },
    ]);
  });
});
