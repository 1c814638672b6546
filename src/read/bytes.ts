import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { InputFile } from '../model/input.js';
import { joinBytes } from './byte-queue.js';
import { cannotRead, OPEN_FLAGS, placeOf, rawChunks, refuseStreams } from './raw.js';
import { unpack, type RawSource } from './unpack.js';

/** Smallest chunk handed on, but for the last: what each chunk costs downstream is then paid rarely. */
const LEAST_CHUNK = 256 * 1024;

/**
 * The decompressed bytes of a file, pulled chunk by chunk. A damaged or cut-short file first gives every byte that
 * could be decoded and then throws HeldoutError('unreadable'). `onRawBytes` sees the bytes on disk, in order.
 */
export async function* readBytes(
  file: InputFile,
  onRawBytes?: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of coalesced(unpack(file.compression, rawSource(placeOf(file), onRawBytes)))) {
      bytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof HeldoutError) throw error;
    const where =
      bytes === 0 ? 'nothing could be read' : `the first ${bytes.toLocaleString('en')} decompressed bytes were read`;
    throw new HeldoutError(
      'unreadable',
      `${file.path}: damaged ${file.compression} data: ${messageOf(error)}; ${where}. Fetch or compress the file again.`,
      { cause: error },
    );
  }
}

/** Of standard input, which comes once, this much is kept should it have to be decoded again. */
const MOST_KEPT = 4 * 1024 * 1024;

function rawSource(path: string, onRawBytes: ((chunk: Uint8Array) => void) | undefined): RawSource {
  if (path !== '-') return { first: () => watched(rawChunks(path), onRawBytes), again: () => rawChunks(path) };
  const kept: Uint8Array[] = [];
  let size = 0;
  const keep = (chunk: Uint8Array): void => {
    size += chunk.length;
    if (size <= MOST_KEPT) kept.push(chunk);
    else kept.length = 0;
    onRawBytes?.(chunk);
  };
  return { first: () => watched(rawChunks(path), keep), again: () => (size <= MOST_KEPT ? each(kept) : undefined) };
}

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* watched(
  raw: AsyncIterable<Uint8Array>,
  onRawBytes: ((chunk: Uint8Array) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of raw) {
    onRawBytes?.(chunk);
    yield chunk;
  }
}

/** Gathers small pieces (a file may hold one compressed frame per record); gives what it has before an error passes. */
async function* coalesced(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  let failure: { readonly cause: unknown } | undefined;
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((cause: unknown) => {
        failure = { cause };
        return { done: true, value: undefined } as const;
      });
      if (next.done === true) break;
      held.push(next.value);
      size += next.value.length;
      if (size < LEAST_CHUNK) continue;
      yield joinBytes(held);
      held = [];
      size = 0;
    }
    if (size > 0) yield joinBytes(held);
    if (failure) throw failure.cause;
  } finally {
    await iterator.return?.();
  }
}

/** An uncompressed file, read at any position. */
export interface PlainFile {
  readonly bytes: number;
  /** Fills `target` from `position` on; fewer bytes than `target` holds only at the end of the file. */
  readInto(target: Uint8Array, position: number): number;
  close(): void;
}

/** Opens a file for synchronous reads of byte ranges; `target` may be a view over shared memory. */
export function openPlain(path: string): PlainFile {
  const descriptor = attempt(path, () => openSync(path, OPEN_FLAGS));
  const stats = attempt(path, () => fstatSync(descriptor));
  refuseStreams(path, stats);
  const bytes = stats.size;
  return {
    bytes,
    readInto(target, position) {
      let filled = 0;
      while (filled < target.length) {
        const count = attempt(path, () =>
          readSync(descriptor, target, filled, target.length - filled, position + filled),
        );
        if (count === 0) break;
        filled += count;
      }
      return filled;
    },
    close: () => closeSync(descriptor),
  };
}

/** Bytes a file has on disk at this moment. */
export function bytesNow(path: string): number {
  return attempt(path, () => statSync(path).size);
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw cannotRead(path, error);
  }
}
