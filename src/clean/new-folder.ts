import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';
import { loadDigester } from '../report/digest.js';
import { TEMPORARY, whyNotWritten } from '../report/output-folder.js';

/** A file as it was written. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly xxh64: string;
}

/** A folder that appears under its name whole, or not at all. */
export class NewFolder {
  private readonly target: string;
  private readonly temporary: string;

  private constructor(target: string, temporary: string) {
    this.target = target;
    this.temporary = temporary;
  }

  /** Refuses a folder that is there, unless it is empty: nothing is overwritten. */
  static async begin(dir: string): Promise<NewFolder> {
    const target = path.resolve(dir);
    const inside = await namesIn(dir);
    if (inside.length > 0)
      throw new HeldoutError(
        'output',
        `${dir}: the folder exists and is not empty; nothing is overwritten. Choose another --out.`,
      );
    const temporary = path.join(
      path.dirname(target),
      `${TEMPORARY}${randomUUID().slice(0, 8)}-${path.basename(target)}`,
    );
    await attempt(dir, () => mkdir(temporary, { recursive: true }));
    return new NewFolder(target, temporary);
  }

  /** Writes a file as its chunks are pulled. `name` is relative, with slashes. */
  async write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<WrittenFile> {
    const digest = (await loadDigester())();
    const file = path.join(this.temporary, name);
    const shownAs = path.join(path.relative('', this.target), name);
    let bytes = 0;
    await attempt(shownAs, () => mkdir(path.dirname(file), { recursive: true }));
    const handle = await attempt(shownAs, () => open(file, 'wx'));
    try {
      for await (const chunk of chunks) {
        // Not `write`, which may write a part of it and call that a success.
        await attempt(shownAs, () => handle.appendFile(chunk));
        digest.update(chunk);
        bytes += chunk.length;
      }
      await attempt(shownAs, () => handle.sync());
    } finally {
      await handle.close();
    }
    return { path: name, bytes, xxh64: digest.hex() };
  }

  /** Where a file is until the folder has its name. */
  pathOf(name: string): string {
    return path.join(this.temporary, name);
  }

  async remove(name: string): Promise<void> {
    await rm(path.join(this.temporary, name), { force: true });
  }

  /** Gives the folder its name. */
  async finish(): Promise<void> {
    // An empty folder of that name makes room.
    await rmdir(this.target).catch(() => undefined);
    await attempt(this.target, () => rename(this.temporary, this.target));
  }

  async abandon(): Promise<void> {
    await rm(this.temporary, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function namesIn(dir: string): Promise<string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR')
      throw new HeldoutError('output', `${dir}: is a file. Choose another --out.`, { cause: error });
    throw cannotWrite(dir, error);
  }
}

async function attempt<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw cannotWrite(name, error);
  }
}

function cannotWrite(name: string, cause: unknown): HeldoutError {
  const message = `${name}: cannot be written: ${whyNotWritten(cause) ?? messageOf(cause)}. Nothing was left behind; choose another --out.`;
  return new HeldoutError('output', message, { cause });
}
