import { readFileSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../dist/index.js';
import { plan } from '../../dist/pipeline.js';
import { loadDigester } from '../../dist/report/digest.js';
import { mergeResults } from '../../dist/workers/merge.js';
import { scanUnits } from '../../dist/workers/pool.js';
import { prepare } from '../../dist/workers/setup.js';
import type { Prepared } from '../../dist/workers/setup.js';
import { unitsOf } from '../../dist/workers/unit.js';
import { documents, Folder, jsonl } from './support.js';

const folder = new Folder();
const digester = await loadDigester();
const LONG = { id: 'long', text: 'On and on it went. '.repeat(900) };
const DOCS = [...documents(60), LONG, ...documents(60)];

function digestOf(file: string): string {
  const digest = digester();
  digest.update(readFileSync(file));
  return digest.hex();
}

describe('The digest of a file that is scanned in ranges', () => {
  it.each([
    [1, 700, 5000],
    [2, 700, 5000],
    [4, 700, 64],
    [3, 5000, 4096],
    [2, 1 << 20, 1 << 20],
  ])("is the file's for %d workers, ranges of %d bytes read %d at a time", async (workers, rangeBytes, chunkBytes) => {
    const files = ['one.jsonl', 'two.jsonl'].map((name, i) => folder.write(name, `\n${jsonl(DOCS.slice(i))}  `));
    const { corpus } = await folder.scan(files, { workers, grain: { rangeBytes, chunkBytes } });
    expect(corpus.map(({ xxh64 }) => xxh64)).toEqual(files.map(digestOf));
  });

  it('is none where the file ends before the plan said, and nobody waits for the ranges that are gone', async () => {
    const file = folder.write('cut.jsonl', jsonl(DOCS));
    const request = { benchmarks: [folder.benchmark], against: [file], settings: DEFAULT_SETTINGS, workers: 2 };
    const { benchmarks, corpus } = await plan(request);
    truncateSync(file, 4000);
    const units = unitsOf(corpus, DEFAULT_SETTINGS, 1000, true);
    const prepared = (): Prepared => prepare(benchmarks[0].items, DEFAULT_SETTINGS, 1000);
    const { results } = await scanUnits(units, prepared, { workers: 2, onProgress: () => undefined });
    expect(mergeResults(units, results, []).files[0].xxh64).toBe('');
  });

  it('holds nobody up when a worker fails', async () => {
    const file = folder.write('docs.jsonl', jsonl(DOCS));
    const request = { benchmarks: [folder.benchmark], against: [file], settings: DEFAULT_SETTINGS, workers: 2 };
    const { benchmarks, corpus } = await plan(request);
    const units = unitsOf(corpus, DEFAULT_SETTINGS, 1000, true).map((unit, i) =>
      i === 2 ? { ...unit, file: 1, textPaths: [null as never] } : unit,
    );
    const prepared = (): Prepared => prepare(benchmarks[0].items, DEFAULT_SETTINGS, 1000);
    const run = scanUnits(units, prepared, { workers: 2, onProgress: () => undefined });
    await expect(run).rejects.toMatchObject({ code: 'internal' });
  });
});
