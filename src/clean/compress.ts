import { createGzip } from 'node:zlib';
import { Zstd } from '@hpcc-js/wasm-zstd';
import type { Compression } from '../model/input.js';
import { joinBytes } from '../read/byte-queue.js';

/** What can be written. bzip2 and xz have no well-kept writer for Node. */
export type Writable = Extract<Compression, 'none' | 'gzip' | 'zstd'>;

export function isWritable(compression: Compression): compression is Writable {
  return compression === 'none' || compression === 'gzip' || compression === 'zstd';
}

/** Compresses chunks as they are pulled; the same bytes in give the same bytes out, with no date or name in them. */
export function compress(compression: Writable, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  switch (compression) {
    case 'none':
      return chunks;
    case 'gzip':
      return gzip(chunks);
    case 'zstd':
      return zstd(chunks);
  }
}

/** Written to piece by piece, so that nothing is read ahead of what is asked for. */
async function* gzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const engine = createGzip();
  let output: Uint8Array[] = [];
  engine.on('data', (piece: Uint8Array) => output.push(piece));
  const taken = (): Uint8Array[] => {
    const pieces = output;
    output = [];
    return pieces;
  };
  try {
    for await (const chunk of chunks) {
      await new Promise<void>((resolve, reject) => {
        engine.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
      yield* taken();
    }
    await new Promise<void>((resolve, reject) => {
      engine.once('end', resolve);
      engine.once('error', reject);
      engine.end();
    });
    yield* taken();
  } finally {
    engine.destroy();
  }
}

/** Bytes of a zstd frame before compression: a file is many frames, as pzstd writes it, and any reader takes them as one. */
const FRAME = 4 * 1024 * 1024;

async function* zstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const encoder = await Zstd.load();
  let held: Uint8Array[] = [];
  let size = 0;
  let frames = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.slice(at, at + FRAME - size);
      held.push(piece);
      size += piece.length;
      at += piece.length;
      if (size < FRAME) continue;
      yield encoder.compress(joinBytes(held));
      frames++;
      held = [];
      size = 0;
    }
  }
  if (size > 0 || frames === 0) yield encoder.compress(joinBytes(held));
}
