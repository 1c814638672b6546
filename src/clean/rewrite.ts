import { ByteQueue } from '../read/byte-queue.js';
import { COMMA } from '../read/json-bytes.js';
import type { Edit } from './edit.js';
import type { Layout } from './layout.js';
import type { Removal } from './removals.js';

/**
 * A file's decompressed bytes with some of its records edited, pulled chunk by chunk. Nothing else changes: what is between
 * the records passes as it is (only the comma that a dropped element of a JSON list leaves behind goes with it).
 */
export async function* rewritten(
  chunks: AsyncIterable<Uint8Array>,
  removals: readonly Removal[],
  layout: Layout,
  edit: (bytes: Uint8Array, removal: Removal) => Pick<Edit, 'bytes'>,
): AsyncGenerator<Uint8Array> {
  const source = new Source(chunks);
  const commas = layout.hasCommas ? new Commas() : undefined;
  try {
    await layout.begin(source.queue);
    for (const removal of removals) {
      for await (const chunk of source.upTo(removal.offset)) yield* commas ? commas.hold(chunk) : [chunk];
      // Empty where the file ends before it: it is not the one that was scanned, and whoever edits will see.
      const { bytes } = edit(await source.record(layout), removal);
      if (commas) yield* bytes ? commas.release() : commas.drop();
      if (bytes) yield bytes;
    }
    for await (const chunk of source.upTo(Infinity)) yield* commas ? commas.hold(chunk) : [chunk];
    if (commas) yield* commas.release();
  } finally {
    await source.queue.close();
  }
}

/** The bytes of a file by position. */
export class Source {
  readonly queue: ByteQueue;
  /** Where the next byte stands. */
  at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.queue = new ByteQueue(chunks);
  }

  async *upTo(offset: number): AsyncGenerator<Uint8Array> {
    while (this.at < offset && (await this.queue.has(1))) {
      const chunk = this.queue.held.subarray(0, Math.min(this.queue.held.length, offset - this.at));
      yield chunk;
      this.drop(chunk.length);
    }
  }

  /** The bytes of the record that begins here. */
  async record(layout: Layout): Promise<Uint8Array> {
    for (let size = 1; ; size = this.queue.held.length * 2) {
      const more = await this.queue.has(size);
      const end = layout.recordEnd(this.queue.held);
      if (end < 0 && more) continue;
      const bytes = this.queue.held.slice(0, end < 0 ? this.queue.held.length : end);
      this.drop(bytes.length);
      return bytes;
    }
  }

  private drop(count: number): void {
    this.queue.drop(count);
    this.at += count;
  }
}

/** Keeps back the spaces and commas at the end of what passes, until it is known whether the record behind them stays. */
class Commas {
  private tail: Uint8Array = new Uint8Array(0);
  /** The first comma to come belongs to a record that went, if nothing but spaces is before it. */
  private eats = false;

  *hold(chunk: Uint8Array): Generator<Uint8Array> {
    const bytes = this.eats ? this.eaten(chunk) : chunk;
    let end = bytes.length;
    while (end > 0 && isBetween(bytes[end - 1])) end--;
    if (end > 0) {
      yield this.tail;
      yield bytes.subarray(0, end);
      this.tail = new Uint8Array(0);
    }
    this.tail = Buffer.concat([this.tail, bytes.subarray(end)]);
  }

  *release(): Generator<Uint8Array> {
    yield this.tail;
    this.tail = new Uint8Array(0);
    this.eats = false;
  }

  /** The record behind the tail goes: so does the comma before it, or else the one behind it. */
  *drop(): Generator<Uint8Array> {
    const comma = this.tail.lastIndexOf(COMMA);
    if (comma >= 0) this.tail = this.tail.subarray(0, comma);
    else this.eats = true;
    yield* [];
  }

  private eaten(chunk: Uint8Array): Uint8Array {
    const at = chunk.findIndex((byte) => byte > 0x20);
    if (at < 0) return chunk;
    this.eats = false;
    return chunk[at] === COMMA ? Buffer.concat([chunk.subarray(0, at), chunk.subarray(at + 1)]) : chunk;
  }
}

function isBetween(byte: number): boolean {
  return byte === COMMA || byte <= 0x20;
}
