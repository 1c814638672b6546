import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeIndexes, openIndex } from '../../dist/index.js';
import { plainSketch } from '../../dist/neardup/plain-sketch.js';
import { loadDigester } from '../../dist/report/digest.js';
import { IndexReader } from '../../dist/store/index-reader.js';
import { RECORD_SCHEME, sketchOf } from '../../dist/store/record-scheme.js';
import { encodeSignature } from '../../dist/store/signature-code.js';
import { unicode } from '../differential/core.js';
import { CONTAINERS, jsonl, proseOf, WORDS } from '../property/support.js';
import { contentsOf, IndexFolder } from './support.js';

const folder = new IndexFolder();
const memoryBytes = 256 * 1024 ** 2;
const digester = await loadDigester();
const scheme = sketchOf(RECORD_SCHEME);

/** Record, signature and sorted band keys of each row of an index. */
interface Kept {
  readonly record: number;
  readonly code: readonly number[];
  readonly keys: readonly number[];
}

function keptIn(index: string): Kept[] {
  const reader = new IndexReader(index, digester);
  const records = reader.records();
  if (!records) throw new Error('it keeps no records');
  const keys = Array.from({ length: records.columns.records }, (): number[] => []);
  for (let block = 0; block < records.bandBlocks; block++) {
    const entries = records.bandsOf(block);
    entries.rows.forEach((row, i) => keys[row].push(entries.keys[i]));
  }
  const kept = keys.map((own, row) => {
    const { record, code } = records.row(row);
    return { record, code: [...code], keys: own };
  });
  records.close();
  reader.close();
  return kept;
}

function plainOf(text: string, record: number): Kept {
  const { signature, bandKeys } = plainSketch(text, scheme, unicode);
  const keys = bandKeys.map((key) => Number(key >> 32n)).sort((a, b) => a - b);
  return { record, code: [...encodeSignature(signature)], keys };
}

const words = (seed: number, length: number): string =>
  Array.from({ length }, (_, w) => `${WORDS[(w * (seed + 3) + w * w * seed) % WORDS.length]}${(w * seed) % 9}`).join(
    ' ',
  );

describe('An index with records', () => {
  it('keeps of each record what the plain sketch says, in any container', async () => {
    const texts = fc.array(
      fc.oneof(
        proseOf(1, 6),
        proseOf(30, 60),
        fc.integer({ min: 300, max: 3000 }).map((length) => words(length, length)),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom(...CONTAINERS), async (all, container) => {
        const documents = all.map((text, i) => ({ id: `d${i}`, text }));
        const corpus = folder.write(container.name, container.bytes(documents, 0.5));
        const { path } = await folder.build([corpus], { records: true });
        const expected = all.map((text, i) => plainOf(text, i + 1));
        expect(keptIn(path).map((one) => ({ ...one, record: 0 }))).toEqual(
          expected.map((one) => ({ ...one, record: 0 })),
        );
        if (container.name.endsWith('.jsonl')) expect(keptIn(path)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('numbers records by their line, whatever stands between them', async () => {
    const lines = [
      '{"text":"one two three four"}',
      '',
      '{"text":"broken',
      '{"text":""}',
      '{"text":"five six seven"}',
      '{"t\\u0065xt":"eight nine ten"}',
    ];
    const corpus = folder.write('lines.jsonl', `${lines.join('\n')}\n`);
    const { path } = await folder.build([corpus], { records: true });
    expect(keptIn(path)).toEqual([
      plainOf('one two three four', 1),
      plainOf('five six seven', 5),
      plainOf('eight nine ten', 6),
    ]);
  });

  it('is the same bytes for any order, cut, number of workers and way of merging', async () => {
    const files = [2500, 40, 1, 1100].map((count, file) =>
      folder.write(
        `part-${file}.jsonl`,
        jsonl([
          { text: '?!' },
          ...Array.from({ length: count }, (_, i) => ({ text: words(file * 5000 + i, 12 + (i % 70)) })),
        ]),
      ),
    );
    // Long enough to be read in ranges by who has less memory.
    const long = Array.from({ length: 400 }, (_, i) => words(i + 90_000, 60).padEnd(45_000, ` ${words(i, 900)}`));
    files.push(folder.write('long.jsonl', jsonl(long.map((text) => ({ text })))));
    const whole = await folder.build(files, { records: true, memoryBytes: 1024 ** 3 });
    const expected = contentsOf(whole.path);
    const parallel = await folder.build([...files].reverse(), { records: true, workers: 2, memoryBytes });
    expect(contentsOf(parallel.path)).toEqual(expected);
    const parts = await Promise.all(files.map((file) => folder.build([file], { records: true })));
    const merge = async (...indexes: string[]): Promise<string> => {
      const merged = await mergeIndexes({ indexes, out: folder.fresh(), memoryBytes, locations: true });
      return merged.path;
    };
    const [a, b, c, d, e] = parts.map(({ path }) => path);
    expect(contentsOf(await merge(d, b, e, a, c))).toEqual(expected);
    expect(contentsOf(await merge(await merge(c, a), await merge(e, await merge(b, d))))).toEqual(expected);
    await expect((await openIndex(whole.path)).verify()).resolves.toBeGreaterThan(0);
    expect(keptIn(whole.path)).toHaveLength(2500 + 40 + 1 + 1100 + 400);
  });

  it('differs from one without in these columns and what names them alone', async () => {
    const corpus = folder.write('few.jsonl', jsonl(Array.from({ length: 30 }, (_, i) => ({ text: words(i, 40) }))));
    const [without, kept] = [await folder.build([corpus]), await folder.build([corpus], { records: true })];
    const { 'manifest.json': manifest, 'inputs.jsonl': inputs, ...columns } = contentsOf(kept.path);
    const { 'bands.column': bands, 'signatures.column': signatures, ...others } = columns;
    expect(bands.length * signatures.length).toBeGreaterThan(0);
    const { 'manifest.json': before, 'inputs.jsonl': files, ...expected } = contentsOf(without.path);
    expect(others).toEqual(expected);
    expect(before).toContain('"version": 1');
    expect(before + files).not.toMatch(/records"?: \{|signed/);
    expect(manifest).toContain('"version": 2');
    expect(inputs).toContain('"signed":30');
  });

  it('loses them where it is merged with one without, published, or where they are not wanted; epsilon keeps them', async () => {
    const [one, other] = [3, 4].map((seed) => folder.write(`seed-${seed}.jsonl`, jsonl([{ text: words(seed, 40) }])));
    const { path: kept } = await folder.build([one], { records: true });
    const { path: without } = await folder.build([other]);
    const merged = async (indexes: string[], options: object): Promise<Record<string, string>> => {
      const { path } = await mergeIndexes({ indexes, out: folder.fresh(), memoryBytes, locations: true, ...options });
      await (await openIndex(path)).verify();
      return contentsOf(path);
    };
    for (const [indexes, options] of [
      [[kept, without], {}],
      [[kept], { publish: true, locations: false }],
      [[kept], { records: false }],
    ] as const) {
      const contents = await merged([...indexes], options);
      expect(Object.keys(contents)).not.toContain('signatures.column');
      expect(contents['manifest.json']).toContain('"version": 1');
      expect(contents['inputs.jsonl']).not.toContain('signed');
    }
    const shorter = await merged([kept], { epsilon: 2 ** -20 });
    expect(shorter['signatures.column']).toBe(contentsOf(kept)['signatures.column']);
    await expect(folder.build([one], { records: true, publish: true })).rejects.toMatchObject({ code: 'usage' });
  });
});
