import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decompress } from '../../dist/read/decompress.js';
import { unpack } from '../../dist/read/unpack.js';
import { drained, fixture, inPieces, LINES, SECOND } from './support.js';

const CODECS = {
  // Every piece is a trip to a thread: less of it.
  gzip: { lines: gzipSync(LINES.subarray(0, 20_000)), second: gzipSync(SECOND), text: LINES.subarray(0, 20_000) },
  zstd: { lines: fixture('lines.jsonl.zst'), second: fixture('second.zst'), text: LINES },
  bzip2: { lines: fixture('lines.jsonl.bz2'), second: fixture('second.bz2'), text: LINES },
  xz: { lines: fixture('lines.jsonl.xz'), second: fixture('second.xz'), text: LINES },
} as const;
const NAMES = ['gzip', 'zstd', 'bzip2', 'xz'] as const;
const PIECES = [1e9, 65_536, 1000, 1];
const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5]);

describe.each(NAMES)('%s', { timeout: 30_000 }, (name) => {
  const { lines, second, text } = CODECS[name];

  test.each(PIECES)('gives every byte of one stream, read in pieces of %d', async (size) => {
    const { bytes, error } = await drained(decompress(name, inPieces(lines, size)));
    expect(error).toBeUndefined();
    expect(bytes.equals(text)).toBe(true);
  });

  test.each(PIECES)('gives every byte of concatenated streams, read in pieces of %d', async (size) => {
    const joined = Buffer.concat([second, lines, second]);
    const { bytes, error } = await drained(decompress(name, inPieces(joined, size)));
    expect(error).toBeUndefined();
    expect(bytes.equals(Buffer.concat([SECOND, text, SECOND]))).toBe(true);
  });

  test.each(PIECES)('says so when the stream is cut short, after the good bytes (pieces of %d)', async (size) => {
    const cut = Buffer.concat([second, lines.subarray(0, lines.length - 1)]);
    const { bytes, error } = await drained(decompress(name, inPieces(cut, size)));
    expect(error).toBeInstanceOf(Error);
    expect(bytes.length).toBeGreaterThanOrEqual(SECOND.length);
    const whole = Buffer.concat([SECOND, text]);
    expect(bytes.equals(whole.subarray(0, bytes.length))).toBe(true);
  });

  test.each(PIECES)('never takes other bytes after the stream for its end (pieces of %d)', async (size) => {
    const { error } = await drained(decompress(name, inPieces(Buffer.concat([lines, Buffer.from('garbage')]), size)));
    expect(error).toBeInstanceOf(Error);
  });

  test.each(PIECES)('gives the small stream before other bytes, before it says so (pieces of %d)', async (size) => {
    for (const junk of ['garbage', '\u001f\u008bgarbage', 'x', '\u0000\u0000x'.repeat(500)]) {
      const open = (): AsyncGenerator<Uint8Array> =>
        inPieces(Buffer.concat([second, Buffer.from(junk, 'latin1')]), size);
      const { bytes, error } = await drained(unpack(name, { first: open, again: open }));
      expect(error).toBeInstanceOf(Error);
      expect(bytes.toString()).toBe(SECOND.toString());
    }
  });

  test('gives as much before a changed byte as one-byte steps do', async () => {
    const damaged = Buffer.concat([second, lines]);
    damaged[second.length + Math.floor(lines.length * 0.6)] ^= 0x55;
    const open = (): AsyncGenerator<Uint8Array> => inPieces(damaged, 1e9);
    const { bytes, error } = await drained(unpack(name, { first: open, again: open }));
    const finely = await drained(decompress(name, inPieces(damaged, 1)));
    expect(error).toBeInstanceOf(Error);
    expect(bytes.length).toBeGreaterThan(SECOND.length);
    expect(bytes.equals(finely.bytes)).toBe(true);
  });

  test.each([1e9, 1000])('notices a changed byte anywhere in the data (pieces of %d)', async (size) => {
    for (const share of [0.2, 0.5, 0.8]) {
      const damaged = Buffer.from(lines);
      damaged[Math.floor(damaged.length * share)] ^= 0x55;
      const { error } = await drained(decompress(name, inPieces(damaged, size)));
      expect(error).toBeInstanceOf(Error);
    }
  });

  test('can be left early, again and again, without harm to the next reader', async () => {
    for (let i = 0; i < 20; i++) {
      for await (const piece of decompress(name, inPieces(lines, 4096))) if (piece.length > 0) break;
    }
    const { bytes } = await drained(decompress(name, inPieces(lines, 4096)));
    expect(bytes.equals(text)).toBe(true);
  });
});

describe('zstd', () => {
  test.each(PIECES)('goes past skippable frames before, between and after (pieces of %d)', async (size) => {
    const { lines, second } = CODECS.zstd;
    const joined = Buffer.concat([SKIPPABLE, lines, SKIPPABLE, SKIPPABLE, second, SKIPPABLE]);
    const { bytes, error } = await drained(decompress('zstd', inPieces(joined, size)));
    expect(error).toBeUndefined();
    expect(bytes.equals(Buffer.concat([LINES, SECOND]))).toBe(true);
  });

  test('reads a thousand small frames', async () => {
    const joined = Buffer.concat(Array.from({ length: 1000 }, () => CODECS.zstd.second));
    const { bytes, error } = await drained(decompress('zstd', inPieces(joined, 777)));
    expect(error).toBeUndefined();
    expect(bytes.length).toBe(1000 * SECOND.length);
  });

  test('says which window is too wide', async () => {
    const wide = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 1, 0, 0]);
    const { error } = await drained(decompress('zstd', inPieces(wide, 100)));
    expect(String(error)).toContain('--long=27');
  });
});

describe('gzip', () => {
  test('lets zeros after the last member pass, as gzip does, but nothing behind them', async () => {
    const padded = Buffer.concat([CODECS.gzip.lines, Buffer.alloc(512)]);
    expect((await drained(decompress('gzip', inPieces(padded, 100)))).error).toBeUndefined();
    const more = Buffer.concat([padded, CODECS.gzip.second]);
    expect((await drained(decompress('gzip', inPieces(more, 100)))).error).toBeInstanceOf(Error);
  });
});
