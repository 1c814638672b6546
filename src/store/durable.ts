import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';

/** Writes a file that is there whole or not at all, whatever happens meanwhile. */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.tmp`;
  writing(path, () => {
    const file = openSync(temporary, 'w');
    try {
      writeAll(file, typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  });
}

/** `writeSync` may write a part and call that a success. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at);
}

/** Makes the names in a folder last, where the file system can. */
export function syncFolder(folder: string): void {
  let file: number;
  try {
    file = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(file);
  } catch {
    // Windows and some network file systems refuse: there is nothing to do about it.
  } finally {
    closeSync(file);
  }
}

/** Runs what writes to `path`; what goes wrong is said with the way out. */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw cannotWriteIndex(path, error);
  }
}

export function cannotWriteIndex(path: string, cause: unknown): HeldoutError {
  if (cause instanceof HeldoutError) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const reason = full ? 'the disk is full' : messageOf(cause);
  const way = full
    ? 'Free some space and run the same command again; heldout index goes on with what is done by --resume.'
    : 'Choose another place with --out.';
  return new HeldoutError('output', `${path}: the index cannot be written: ${reason}. ${way}`, { cause });
}
