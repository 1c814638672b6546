import { open, type FileHandle } from 'node:fs/promises';
import { HeldoutError, messageOf } from '../model/errors.js';
import { readStdin } from './stdin.js';

/** Bytes asked of the disk at a time. */
const RAW_CHUNK = 256 * 1024;

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

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw cannotRead(path, error);
  }
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
  if (code === 'ELOOP') return 'its symbolic links form a loop.';
  return `${messageOf(cause)}.`;
}
