import { HeldoutError } from '../model/errors.js';
import { joinBytes } from './byte-queue.js';
import { rawChunks } from './raw.js';

/** All bytes of a small file; over the limit it is refused before it is gathered. */
export async function readWhole(path: string, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of rawChunks(path)) {
    size += piece.length;
    if (size > maxBytes)
      throw new HeldoutError(
        'unreadable',
        `${path}: larger than ${maxBytes.toLocaleString('en')} bytes. Is it the right file?`,
      );
    pieces.push(piece);
  }
  return joinBytes(pieces);
}
