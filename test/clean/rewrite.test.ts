import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compress } from '../../dist/clean/compress.js';
import { layoutOf } from '../../dist/clean/layout.js';
import { readingOf } from '../../dist/read/reading.js';
import type { Removal } from '../../dist/clean/removals.js';
import { rewritten } from '../../dist/clean/rewrite.js';
import type { Container, InputFile } from '../../dist/model/input.js';
import { decompress } from '../../dist/read/decompress.js';
import { recordsOf } from '../../dist/read/records.js';
import { textOf } from '../../dist/read/text-paths.js';

const OPTIONS = { maxRecordBytes: 1 << 20, limit: 0 };

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}

interface Read {
  readonly record: number;
  readonly offset: number;
  readonly text: string | undefined;
}

async function read(file: InputFile, bytes: Uint8Array): Promise<Read[]> {
  const records: Read[] = [];
  for await (const batch of recordsOf(file, chunked(bytes, 1 << 16), OPTIONS, () => undefined))
    for (const { record, offset, value } of batch) records.push({ record, offset, text: textOf(value, [['text']]) });
  return records;
}

const removalAt = ({ record, offset }: Read): Removal => ({ file: 'f', record, offset, id: '', matches: [] });

const text = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '"', ',', '\n', '[', '}', '\\', 'é', '😀'),
  minLength: 1,
  maxLength: 8,
});
const newline = fc.constantFrom('\n', '\r\n');
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A file of a container: each record's own bytes, and what is around them. */
const FILES: Readonly<Partial<Record<Container, fc.Arbitrary<string>>>> = {
  jsonl: fc
    .tuple(fc.array(text, { minLength: 1, maxLength: 6 }), newline, fc.boolean(), fc.boolean())
    .map(([texts, end, mark, last]) => {
      const lines = texts.map(
        (one, i) => `${i % 3 === 2 ? `${end}  ${end}` : ''}${JSON.stringify({ n: i, text: one })}`,
      );
      return `${mark ? '\ufeff' : ''}${lines.join(end)}${last ? end : ''}`;
    }),
  json: fc
    .tuple(fc.array(text, { minLength: 1, maxLength: 6 }), fc.constantFrom(0, 2), fc.boolean(), fc.boolean())
    .map(([texts, indent, mark, wrapped]) => {
      const records = texts.map((one, i) => ({ n: i, text: one }));
      return `${mark ? '\ufeff' : ''}${JSON.stringify(wrapped ? { version: 1, data: records, more: [1] } : records, null, indent)}`;
    }),
  csv: fc
    .tuple(fc.array(text, { minLength: 1, maxLength: 6 }), newline, fc.boolean(), fc.boolean())
    .map(([texts, end, mark, last]) => {
      const rows = texts.map((one, i) => `${i},${quoted(one)},x`);
      return `${mark ? '\ufeff' : ''}n,text,"la ""st"${end}${rows.join(end)}${last ? end : ''}`;
    }),
};

describe.each(Object.entries(FILES))('A %s file', (container, files) => {
  const file: InputFile = { path: 'f', bytes: 0, container: container as Container, compression: 'none' };
  const size = fc.constantFrom(1, 2, 3, 7, 1 << 16);
  const picks = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });

  it('passes byte for byte where no record is changed', async () => {
    await fc.assert(
      fc.asyncProperty(files, picks, size, async (content, wanted, chunk) => {
        const bytes = Buffer.from(content);
        const removals = (await read(file, bytes)).filter((_, i) => wanted[i]).map(removalAt);
        const layout = layoutOf(file, readingOf({ textPaths: [['text']] }, false));
        if (!layout) throw new Error('no layout');
        const out = await all(rewritten(chunked(bytes, chunk), removals, layout, (record) => ({ bytes: record })));
        expect(out.toString()).toBe(content);
      }),
    );
  });

  it('without some of its records has all the others, byte for byte and in order', async () => {
    await fc.assert(
      fc.asyncProperty(files, picks, size, async (content, wanted, chunk) => {
        const bytes = Buffer.from(content);
        const records = await read(file, bytes);
        const gone = records.filter((_, i) => wanted[i]);
        const layout = layoutOf(file, readingOf({ textPaths: [['text']] }, false));
        if (!layout) throw new Error('no layout');
        const seen: (string | undefined)[] = [];
        const own: string[] = [];
        const drop = (record: Uint8Array): object => {
          seen.push(layout.textOf(record)?.text);
          own.push(Buffer.from(record).toString());
          return {};
        };
        const out = await all(rewritten(chunked(bytes, chunk), gone.map(removalAt), layout, drop));
        // What was dropped is what was meant …
        expect(seen).toEqual(gone.map((record) => record.text));
        // … what is left reads as the rest …
        const left = records.filter((_, i) => !wanted[i]).map((record) => record.text);
        // (An object whose list is empty is a record itself.)
        if (left.length > 0 || container !== 'json')
          expect((await read(file, out)).map((record) => record.text)).toEqual(left);
        // … and but for commas between elements, it is the file with those bytes taken out.
        let rest = content;
        for (const piece of own) rest = rest.replace(piece, '');
        const bare = (all: string): string => (container === 'json' ? all.replace(/[\s,]+/g, '') : all);
        if (container !== 'json') expect(out.toString()).toBe(rest);
        else {
          expect(bare(out.toString())).toBe(bare(rest));
          expect(() => JSON.parse(out.toString().replace('\ufeff', '')) as unknown).not.toThrow();
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('Compressing', () => {
  it.each(['gzip', 'zstd'] as const)(
    'to %s is undone by reading, frames and all, and gives the same bytes twice',
    async (kind) => {
      const bytes = Buffer.from('a leaf fell on the water '.repeat(400_000));
      const once = await all(compress(kind, chunked(bytes, 300_000)));
      expect((await all(decompress(kind, chunked(once, 65_536)))).equals(bytes)).toBe(true);
      expect((await all(compress(kind, chunked(bytes, 1_000_000)))).length).toBeLessThan(bytes.length / 50);
      expect((await all(compress(kind, chunked(bytes, 300_000)))).equals(once)).toBe(true);
      expect((await all(decompress(kind, compress(kind, chunked(Buffer.alloc(0), 1))))).length).toBe(0);
    },
  );
});
