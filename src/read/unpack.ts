import type { Compression } from '../model/input.js';
import { HeldoutError } from '../model/errors.js';
import { decompress } from './decompress.js';

/** Bytes as they are on disk. */
export interface RawSource {
  first(): AsyncIterable<Uint8Array>;
  /** The same once more; undefined where that cannot be. */
  again(): AsyncIterable<Uint8Array> | undefined;
}

/** Decoders that drop what they have decoded in the step in which they meet damage: up to 256 KB, or a whole small file. */
const WITHHOLDING: readonly Compression[] = ['gzip', 'xz'];

/** More than a decoder is given at a time (read/raw.ts). */
const LAST_STEP = 512 * 1024;

/**
 * Decompresses, and gives every byte that stands before damage before it throws. What a decoder withholds is fetched by
 * decoding once more, with ever smaller steps near the damage, and passing over what was given already.
 */
export async function* unpack(compression: Compression, source: RawSource): AsyncGenerator<Uint8Array> {
  const steps = new Steps(source.first(), Infinity, 1);
  let given = 0;
  try {
    for await (const piece of decompress(compression, steps)) {
      given += piece.length;
      yield piece;
    }
  } catch (cause) {
    if (WITHHOLDING.includes(compression) && !(cause instanceof HeldoutError))
      yield* withheld(compression, source, given, steps.taken);
    throw cause;
  }
}

async function* withheld(
  compression: Compression,
  source: RawSource,
  given: number,
  taken: number,
): AsyncGenerator<Uint8Array> {
  let fineFrom = taken - LAST_STEP;
  for (const step of [1024, 1]) {
    const raw = source.again();
    if (!raw) return;
    const steps = new Steps(raw, fineFrom, step);
    let decoded = 0;
    try {
      for await (const piece of decompress(compression, steps)) {
        decoded += piece.length;
        const fresh = Math.min(piece.length, decoded - given);
        if (fresh <= 0) continue;
        given += fresh;
        yield piece.subarray(piece.length - fresh);
      }
    } catch {
      // The damage that is known already.
    }
    fineFrom = steps.taken - 2 * step;
  }
}

/** Chunks as they come, cut to `step` bytes from byte `fineFrom` on; `taken` counts what was asked for. */
class Steps {
  taken = 0;
  readonly #chunks: AsyncIterable<Uint8Array>;
  readonly #fineFrom: number;
  readonly #step: number;

  constructor(chunks: AsyncIterable<Uint8Array>, fineFrom: number, step: number) {
    this.#chunks = chunks;
    this.#fineFrom = fineFrom;
    this.#step = step;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#chunks) {
      for (let at = 0; at < chunk.length;) {
        const before = this.#fineFrom - this.taken;
        const piece = chunk.subarray(at, at + (before > 0 ? before : this.#step));
        at += piece.length;
        this.taken += piece.length;
        yield piece;
      }
    }
  }
}
