import { stat } from 'node:fs/promises';
import { HeldoutError } from '../model/errors.js';
import type { Compression, Container, InputFile } from '../model/input.js';
import { joinBytes } from './byte-queue.js';
import { foreignFormat, unlikeText, utf16Order, type Foreign } from './foreign-formats.js';
import { isNotText } from './not-text.js';
import { cannotRead, rawChunks, refuseStreams } from './raw.js';
import { containerOf } from './sniff-container.js';
import { compressionOf } from './sniff-magic.js';
import { peekStdin } from './stdin.js';
import { unpack } from './unpack.js';

/** Decompressed bytes looked at. */
const HEAD = 256 * 1024;
/** Bytes of standard input looked at: enough for the first block of any compression. */
const STDIN_HEAD = 4 * 1024 * 1024;

/** The start of a file, decompressed. */
export interface Head {
  readonly compression: Compression;
  /** Decompressed. */
  readonly bytes: Uint8Array;
  /** Whether `bytes` is all there is. */
  readonly whole: boolean;
}

/**
 * Tells a file's compression and container by its content; its name decides only where the content fits several.
 * Standard input (`-`) is peeked at: readBytes gives it whole all the same. `keptAt`: where it was put, for it to be read twice.
 */
export async function sniffFile(path: string, keptAt?: string): Promise<InputFile> {
  const place = keptAt ?? path;
  const bytes = place === '-' ? 0 : await sizeOf(place);
  const head = await readHead(place, HEAD);
  refuseTwice(path, head);
  const foreign = foreignFormat(head.bytes);
  if (foreign !== undefined) throw notRead(path, foreign);
  const container = containerOf(head.bytes, head.whole, path);
  const isText = container === 'parquet' || !isNotText(Buffer.from(head.bytes).toString('utf8'));
  if (!isText && (isWhollyText(container) || utf16Order(head.bytes))) throw notRead(path, unlikeText(head.bytes));
  if (container === 'parquet') refuseStreamedParquet(path, place, head.compression);
  return { path, bytes, container, compression: head.compression, ...(keptAt === undefined ? {} : { keptAt }) };
}

/** Containers whose every byte is text; in the others a record alone may be none. */
function isWhollyText(container: Container): boolean {
  return container === 'text' || container === 'csv' || container === 'tsv';
}

function notRead(path: string, { name, wayOut }: Foreign): HeldoutError {
  const message = `${path}: it looks like ${name}, which is not read. ${wayOut.replaceAll('FILE', () => inShell(path))}`;
  return new HeldoutError('unreadable', message);
}

/** A file's name in a command, where it needs no quotes; what stands for it, where it does. */
function inShell(path: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(path) ? path : 'FILE';
}

/** Compressed once more by accident: as text it would only be noise. */
function refuseTwice(path: string, { compression, bytes }: Head): void {
  const inner = compressionOf(bytes);
  if (compression === 'none' || inner === 'none') return;
  const message = `${path}: it is compressed twice: ${inner} inside ${compression}. Decompress it once first.`;
  throw new HeldoutError('unreadable', message);
}

/** A Parquet file is read from its end, which a stream does not have. */
function refuseStreamedParquet(path: string, place: string, compression: Compression): void {
  if (place === '-')
    throw new HeldoutError('unreadable', '-: Parquet cannot be read from standard input. Save it to a file.');
  if (compression === 'none') return;
  throw new HeldoutError(
    'unreadable',
    `${path}: a Parquet file inside ${compression}. Decompress it first; Parquet compresses itself.`,
  );
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  refuseStreams(path, stats);
  return stats.size;
}

/** The first `limit` decompressed bytes; damage further on is left for reading in earnest to find. */
export async function readHead(path: string, limit: number): Promise<Head> {
  const start = path === '-' ? await peekStdin(STDIN_HEAD) : await firstChunk(path);
  const compression = compressionOf(start);
  const open = (): AsyncIterable<Uint8Array> => (path === '-' ? once(start) : rawChunks(path));
  const pieces: Uint8Array[] = [];
  let size = 0;
  let whole = true;
  try {
    for await (const piece of unpack(compression, { first: open, again: open })) {
      pieces.push(piece);
      size += piece.length;
      if (size <= limit) continue;
      whole = false;
      break;
    }
  } catch (error) {
    if (error instanceof HeldoutError) throw error;
    whole = false;
  }
  // What was peeked of standard input may end anywhere.
  if (path === '-' && start.length >= STDIN_HEAD) whole = false;
  return { compression, bytes: joinBytes(pieces).subarray(0, limit), whole };
}

async function firstChunk(path: string): Promise<Uint8Array> {
  for await (const chunk of rawChunks(path)) return chunk;
  return new Uint8Array(0);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
