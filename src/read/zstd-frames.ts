import { ByteQueue } from './byte-queue.js';

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const LEGACY = 0xfd2fb520;
const BLOCK_LIMIT = 128 * 1024;
/** The widest window the decoder takes (`zstd --long=27`). */
const WINDOW_LIMIT = 128 * 1024 * 1024;

/**
 * Cuts zstd data into its units (frame headers and blocks), and is strict about the frame structure itself:
 * the decoder used (zstddec) tells neither errors nor leftovers reliably, so the walk around it must.
 * Skippable frames are dropped here. Format: RFC 8878, section 3.1.
 */
export async function* zstdUnits(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const queue = new ByteQueue(raw);
  try {
    while (await queue.has(1)) {
      const magic = readU32(await queue.peek(4, 'zstd data'));
      if (magic === MAGIC) yield* frameUnits(queue);
      else if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) await skipFrame(queue);
      else throw new Error(notAFrame(magic));
    }
  } finally {
    await queue.close();
  }
}

function notAFrame(magic: number): string {
  if ((magic & 0xfffffff8) >>> 0 === LEGACY) return 'zstd before version 0.8 is not supported; recompress it';
  return 'there are other bytes where a zstd frame should start';
}

async function skipFrame(queue: ByteQueue): Promise<void> {
  const header = await queue.take(8, 'zstd data');
  let left = readU32(header.subarray(4));
  while (left > 0) {
    const step = Math.min(left, BLOCK_LIMIT);
    await queue.take(step, 'zstd data');
    left -= step;
  }
}

async function* frameUnits(queue: ByteQueue): AsyncGenerator<Uint8Array> {
  const header = await takeHeader(queue);
  yield header;
  const checksum = (header[4] & 4) !== 0 ? 4 : 0;
  for (;;) {
    const head = await queue.peek(3, 'zstd data');
    const bits = head[0] | (head[1] << 8) | (head[2] << 16);
    const last = (bits & 1) === 1;
    const type = (bits >> 1) & 3;
    const size = bits >> 3;
    if (type === 3 || size > BLOCK_LIMIT) throw new Error('a zstd block header is damaged');
    // A run-length block stores one byte, whatever its size says.
    yield await queue.take(3 + (type === 1 ? 1 : size) + (last ? checksum : 0), 'zstd data');
    if (last) return;
  }
}

async function takeHeader(queue: ByteQueue): Promise<Uint8Array> {
  const descriptor = (await queue.peek(5, 'zstd data'))[4];
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3];
  const contentSize = [single ? 1 : 0, 2, 4, 8][descriptor >> 6];
  const header = await queue.take(5 + (single ? 0 : 1) + dictionary + contentSize, 'zstd data');
  if (!single && windowSize(header[5]) > WINDOW_LIMIT) {
    throw new Error('its zstd window is larger than 128 MB (--long above 27); recompress it with --long=27 or less');
  }
  if (header.subarray(5 + (single ? 0 : 1), 5 + (single ? 0 : 1) + dictionary).some((byte) => byte !== 0)) {
    throw new Error('it needs a zstd dictionary, which is not supported; recompress it without one');
  }
  return header;
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function readU32(bytes: Uint8Array): number {
  return (bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24)) >>> 0;
}
