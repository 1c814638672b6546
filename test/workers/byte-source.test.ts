import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openPlain } from '../../dist/read/bytes.js';
import { RangeSource, StreamSource } from '../../dist/workers/byte-source.js';
import type { ByteSource } from '../../dist/workers/byte-source.js';

const dir = mkdtempSync(path.join(tmpdir(), 'heldout-source-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function all(source: ByteSource, step: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (;;) {
    const target = new Uint8Array(step);
    const length = await source.fill(target);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(Buffer.from(target.subarray(0, length)));
  }
}

describe('Ranges of a file', () => {
  it('together give every line once, and each gives the lines that begin in it, wherever they are cut', async () => {
    const text = fc.array(fc.constantFrom('a', 'bb', '\n', '\n\n', '\r\n', 'long line '), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (parts, size, step) => {
          const bytes = Buffer.from(parts.join(''));
          const file = path.join(dir, 'lines');
          writeFileSync(file, bytes);
          const plain = openPlain(file);
          let position = 0;
          for (let from = 0; from === 0 || from < bytes.length; from += size) {
            const source = new RangeSource(plain, from, from + size);
            const given = await all(source, step);
            if (given.length === 0) continue;
            expect(source.start).toBe(position);
            expect(source.start).toBeGreaterThanOrEqual(from);
            expect(given).toEqual(bytes.subarray(position, position + given.length));
            // The last line in it begins before the range's end.
            expect(position + given.subarray(0, -1).lastIndexOf(10) + 1).toBeLessThan(from + size);
            position += given.length;
          }
          expect(position).toBe(bytes.length);
          plain.close();
        },
      ),
    );
  });
});

describe('A stream of chunks', () => {
  async function* chunks(pieces: readonly string[]): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield Buffer.from(piece);
  }

  it('is given whole, whatever the size of the chunks and of the buffer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string()), fc.integer({ min: 1, max: 9 }), async (pieces, step) => {
        expect((await all(new StreamSource(chunks(pieces)), step)).toString()).toBe(
          Buffer.from(pieces.join('')).toString(),
        );
      }),
    );
  });

  it('that stays silent is left when the run is stopped', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('first');
      await new Promise(() => undefined);
    }
    const abort = new AbortController();
    const source = new StreamSource(silent(), abort.signal);
    const reading = all(source, 100);
    setTimeout(() => abort.abort(), 10);
    expect((await reading).toString()).toBe('first');
    await source.close();
  });

  it('that was stopped before is not waited for', async () => {
    async function* silent(): AsyncGenerator<Uint8Array> {
      await new Promise(() => undefined);
    }
    expect(await new StreamSource(silent(), AbortSignal.abort()).fill(new Uint8Array(9))).toBe(0);
  });
});
