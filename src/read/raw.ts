import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { InputFile } from '../model/input.js';
import { readStdin } from './stdin.js';

/** Bytes asked of the disk at a time. */
const RAW_CHUNK = 256 * 1024;

/**
 * How files are opened. Without waiting: opening a named pipe would else last until somebody writes to it, and a thread that
 * waits so cannot be ended. Regular files do not mind (Windows has neither).
 */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What to open for the bytes of a file. */
export function placeOf({ path, keptAt = path }: InputFile): string {
  return keptAt;
}

/** The bytes of a file (or of standard input, `-`) as they are on disk, read only when asked for. */
export function rawChunks(path: string): AsyncGenerator<Uint8Array> {
  return path === '-' ? readStdin() : readFileChunks(path);
}

async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  const handle = await openFile(path);
  try {
    for (;;) {
      // A fresh buffer each time: consumers keep views of what they were given.
      const chunk = new Uint8Array(RAW_CHUNK);
      const { bytesRead } = await readFrom(handle, chunk, path);
      if (bytesRead === 0) return;
      yield bytesRead === RAW_CHUNK ? chunk : chunk.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** A directory opens without complaint and fails at the first read: both belong to the same error. */
async function readFrom(handle: FileHandle, chunk: Uint8Array, path: string): Promise<{ bytesRead: number }> {
  try {
    return await handle.read(chunk, 0, chunk.length, null);
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** Opens a file that can be read more than once and has an end. */
export async function openFile(path: string): Promise<FileHandle> {
  const handle = await open(path, OPEN_FLAGS).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  try {
    refuseStreams(path, await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Refuses what is no regular file. It would have to be looked at, planned and scanned, and a pipe gives its bytes once; a device
 * may have no end. Standard input is the one stream that is read. (A folder is left to fail at its first read.)
 */
export function refuseStreams(path: string, stats: Stats): void {
  const kind = kindOf(stats);
  if (kind === undefined) return;
  const wayOut = stats.isSocket() ? 'Save what it sends to a file.' : `Use standard input instead: - < ${path}`;
  throw new HeldoutError('unreadable', `${path}: it is ${kind}, not a file. ${wayOut}`);
}

function kindOf(stats: Stats): string | undefined {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : undefined;
}

/** The one wording for a file the system will not give us. */
export function cannotRead(path: string, cause: unknown): HeldoutError {
  return new HeldoutError('unreadable', `${path}: cannot be read: ${systemReason(cause)}`, { cause });
}

function systemReason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'no such file. Check the path.';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied. Check who may read it.';
  if (code === 'EISDIR') return 'it is a folder. Name its files, or the folder where folders are accepted.';
  // What opening a socket comes to.
  if (code === 'ENXIO') return 'it is a socket or a device without anything behind it, not a file.';
  if (code === 'ELOOP') return 'its symbolic links form a loop.';
  return `${messageOf(cause)}.`;
}
