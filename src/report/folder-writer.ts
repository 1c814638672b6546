import { randomUUID } from 'node:crypto';
import type * as nodeFs from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Digester } from './digest.js';
import { cannotWrite, checkOutput, TEMPORARY } from './output-folder.js';
import type { FolderFs } from './output-folder.js';
import type { OutputFile } from './shared-json.js';

/** What writing needs of the file system: a test hands in one that fails. */
export type ReportFs = FolderFs & Pick<typeof nodeFs, 'mkdir' | 'open' | 'rename' | 'rm'>;

/** Text gathered before it is written, in UTF-16 units. */
const BATCH = 1 << 20;

/** The files of a report on their way: written to a temporary folder, under the names they will have. */
export class NewFiles {
  readonly names: string[] = [];
  private readonly folder: string;
  private readonly digester: Digester;
  private readonly fs: ReportFs;

  constructor(folder: string, digester: Digester, fs: ReportFs) {
    this.folder = folder;
    this.digester = digester;
    this.fs = fs;
  }

  /** Writes as it goes: a scan may have found hundreds of thousands of matches, and their text is never held twice. */
  async write(path: string, pieces: Iterable<string>): Promise<OutputFile> {
    this.names.push(path);
    const digest = this.digester();
    let written = 0;
    let lines = 0;
    const handle = await this.fs.open(join(this.folder, path), 'wx');
    try {
      const flush = async (text: string): Promise<void> => {
        const bytes = Buffer.from(text, 'utf8');
        digest.update(bytes);
        // Not `write`, which may write a part of it and call that a success.
        await handle.appendFile(bytes);
        written += bytes.length;
      };
      let batch = '';
      for (const piece of pieces) {
        lines++;
        batch += piece;
        if (batch.length < BATCH) continue;
        await flush(batch);
        batch = '';
      }
      if (batch !== '') await flush(batch);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { path, lines, bytes: written, xxh64: digest.hex() };
  }
}

/**
 * Fills the folder of a report, whole or not at all: everything goes to a temporary folder first and is moved into place when
 * it is safely on disk, in the order it was written. Whatever fails, an older report stays as it was. `obsolete` names
 * what an older report may have and the new one must not keep.
 */
export async function fillFolder<T>(
  dir: string,
  fill: (files: NewFiles) => Promise<T>,
  obsolete: readonly string[],
  digester: Digester,
  fs: ReportFs,
): Promise<T> {
  const isNew = (await checkOutput(dir, fs)) === 'new';
  const target = resolve(dir);
  // A new folder appears in one rename. Into one that is there files are moved from within: it may be a mount point.
  const name = `${TEMPORARY}${randomUUID().slice(0, 8)}`;
  const temporary = isNew ? join(dirname(target), `${name}-${basename(target)}`) : join(target, name);
  try {
    if (isNew) await fs.mkdir(dirname(target), { recursive: true });
    await fs.mkdir(temporary);
    const files = new NewFiles(temporary, digester, fs);
    const filled = await fill(files);
    await syncFolder(temporary, fs);
    if (isNew) await fs.rename(temporary, target);
    else await moveInto(target, temporary, files.names, obsolete, fs);
    await syncFolder(isNew ? dirname(target) : target, fs);
    return filled;
  } catch (error) {
    throw cannotWrite(dir, error);
  } finally {
    await fs.rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Moves files over those of an older report; if one cannot be moved, the older ones are put back. */
async function moveInto(
  target: string,
  temporary: string,
  names: readonly string[],
  obsolete: readonly string[],
  fs: ReportFs,
): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  const aside = async (name: string): Promise<void> => {
    const kept = join(temporary, `${name}.old`);
    const older = await moved(join(target, name), kept, fs);
    undo.unshift(() => (older ? fs.rename(kept, join(target, name)) : fs.rm(join(target, name), { force: true })));
  };
  try {
    for (const name of obsolete) if (!names.includes(name)) await aside(name);
    for (const name of names) {
      await aside(name);
      await fs.rename(join(temporary, name), join(target, name));
    }
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
}

/** False where there is nothing to move. */
async function moved(from: string, to: string, fs: ReportFs): Promise<boolean> {
  try {
    await fs.rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Makes the names in a folder last. Not every file system can: Windows refuses, and there is nothing to do about it. */
async function syncFolder(folder: string, fs: ReportFs): Promise<void> {
  const handle = await fs.open(folder, 'r').catch(() => undefined);
  if (!handle) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
