import type * as nodeFs from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HeldoutError, messageOf } from '../model/errors.js';
import { shown } from './escape.js';

export type FolderFs = Pick<typeof nodeFs, 'access' | 'constants' | 'readdir' | 'readFile'>;

/** A folder of ours that only a killed run leaves behind. */
export const TEMPORARY = '.heldout-partial-';

/**
 * May a report be written here? A folder that is there must be empty or hold an older report: nobody's files are mixed with
 * ours. Asked before a scan starts, since a scan can take hours, and again before anything is written.
 */
export async function checkOutput(dir: string, fs: FolderFs): Promise<'new' | 'existing'> {
  const names = await namesIn(dir, fs);
  if (names === undefined) {
    await checkWritable(dir, await existingParent(resolve(dir), fs), fs);
    return 'new';
  }
  const foreign = names.filter((name) => !name.startsWith(TEMPORARY));
  if (foreign.length > 0 && !(await isReport(dir, fs)))
    throw new HeldoutError(
      'output',
      `${shown(dir)}: the folder is not empty and holds no heldout report, so nothing is written to it. ` +
        `Choose another with --out, or empty it first.`,
    );
  await checkWritable(dir, dir, fs);
  return 'existing';
}

async function namesIn(dir: string, fs: FolderFs): Promise<string[] | undefined> {
  try {
    return await fs.readdir(dir);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'ENOTDIR')
      throw new HeldoutError('output', `${shown(dir)}: is not a folder. Choose another with --out.`, { cause: error });
    throw cannotWrite(dir, error);
  }
}

async function isReport(dir: string, fs: FolderFs): Promise<boolean> {
  try {
    const report: unknown = JSON.parse(await fs.readFile(join(dir, 'report.json'), 'utf8'));
    const schema = typeof report === 'object' && report !== null && 'schema' in report ? report.schema : undefined;
    return typeof schema === 'string' && /^heldout-(report|compare)\//.test(schema);
  } catch {
    return false;
  }
}

async function existingParent(path: string, fs: FolderFs): Promise<string> {
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    try {
      await fs.access(parent, fs.constants.F_OK);
      return parent;
    } catch (error) {
      if (parent === dirname(parent)) throw cannotWrite(path, error);
    }
  }
}

async function checkWritable(dir: string, folder: string, fs: FolderFs): Promise<void> {
  try {
    await fs.access(folder, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw cannotWrite(dir, error);
  }
}

/** The one wording for a report that cannot be written. */
export function cannotWrite(dir: string, cause: unknown): HeldoutError {
  if (cause instanceof HeldoutError) return cause;
  return new HeldoutError(
    'output',
    `${shown(dir)}: the report cannot be written: ${systemReason(cause)}. ` +
      `Nothing was left behind, and an older report there is as it was.`,
    { cause },
  );
}

function systemReason(cause: unknown): string {
  const reason = whyNotWritten(cause);
  if (reason === undefined) return shown(messageOf(cause));
  const space = isFull(cause) ? 'free some space or ' : '';
  return `${reason}; ${space}choose another folder with --out`;
}

/** What the system says of a file that cannot be written, in words; undefined where it says something else. */
export function whyNotWritten(cause: unknown): string | undefined {
  const code = codeOf(cause);
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'EDQUOT') return 'your disk quota is used up';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EROFS') return 'the file system is read-only';
  if (code === 'ENOTDIR') return 'a part of the path is a file';
  return code === 'ENOENT' ? 'no such folder' : undefined;
}

function isFull(cause: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(String(codeOf(cause)));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
