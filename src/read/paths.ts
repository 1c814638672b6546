import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type FastGlob from 'fast-glob';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { OnSkip } from '../model/input.js';

/**
 * Files, folders (all files below), globs and `-` to the files they mean, as the user would name them, in code unit order
 * and once each. A folder or file that cannot be read is not an error here. Hidden files and folders (`.git`, `.DS_Store`) are
 * seldom data: they are left out where they are not named, and told one by one, a hidden folder as one.
 */
export async function expandPaths(patterns: readonly string[], onSkip: OnSkip): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    for (const file of await expandOne(pattern, onSkip)) found.add(file);
  }
  return [...found].sort(byCodeUnit);
}

async function expandOne(pattern: string, onSkip: OnSkip): Promise<string[]> {
  if (pattern === '-') return ['-'];
  // What exists is meant literally, even if its name has brackets or stars in it.
  const kind = await kindOf(pattern);
  if (kind === 'file') return [tidy(pattern)];
  if (kind === 'folder') return filesBelow(pattern, onSkip);
  if (!(await fastGlob()).isDynamicPattern(pattern)) throw nothingThere(pattern);
  const files = await glob(pattern, onSkip);
  if (files.length === 0) throw noMatch(pattern);
  return files;
}

function nothingThere(pattern: string): HeldoutError {
  return new HeldoutError(
    'no-input',
    `${pattern}: no such file or folder. Check the path (it is taken from the current folder).`,
  );
}

function noMatch(pattern: string): HeldoutError {
  return new HeldoutError(
    'no-input',
    `${pattern}: no file matches this pattern. Check it; in quotes, so that the shell leaves it alone, ** crosses folders.`,
  );
}

async function kindOf(name: string): Promise<'file' | 'folder' | 'none'> {
  try {
    return (await stat(name)).isDirectory() ? 'folder' : 'file';
  } catch {
    // A dangling or looping link is there, though it leads nowhere: reading it will say so.
    return (await lstat(name).catch(() => undefined)) ? 'file' : 'none';
  }
}

async function glob(pattern: string, onSkip: OnSkip): Promise<string[]> {
  const matches = await matchesOf(pattern, false);
  const files: string[] = [];
  for (const match of matches) {
    if ((await kindOf(match)) === 'file') files.push(tidy(match));
  }
  // What the pattern would match if it went into hidden folders and took hidden files.
  const all = await matchesOf(pattern, true);
  const seen = new Set(matches);
  const hidden = new Set(all.filter((match) => !seen.has(match)).map(hiddenPart));
  for (const name of [...hidden].sort(byCodeUnit)) tellHidden(name, onSkip);
  return files;
}

/** Loaded for the first pattern: paths that exist need none of it. */
async function fastGlob(): Promise<typeof FastGlob> {
  return (await import('fast-glob')).default;
}

async function matchesOf(pattern: string, dot: boolean): Promise<string[]> {
  const match = await fastGlob();
  // `**` does not go through linked folders: a pair of links to a parent would otherwise match for ever.
  return match(pattern, { onlyFiles: false, followSymbolicLinks: false, suppressErrors: true, dot });
}

/** A path up to its first hidden folder, or to its own name. */
function hiddenPart(match: string): string {
  const steps = tidy(match).split(path.sep);
  const at = steps.findIndex((step) => isHidden(step));
  return steps.slice(0, at < 0 ? undefined : at + 1).join(path.sep);
}

function isHidden(name: string): boolean {
  return name.startsWith('.') && name !== '.' && name !== '..';
}

function tellHidden(file: string, onSkip: OnSkip): void {
  onSkip({ reason: 'hidden-file', file, record: 0, detail: 'its name begins with a dot; name it to have it read' });
}

/** Every file below a folder. Links are followed, but no folder is entered twice on one way down. */
async function filesBelow(folder: string, onSkip: OnSkip): Promise<string[]> {
  const files: string[] = [];
  let hidden = 0;
  const entered = new Set<string>();
  const enter = async (name: string): Promise<void> => {
    const real = await realpath(name).catch(() => name);
    if (entered.has(real)) return;
    entered.add(real);
    for (const entry of await namesIn(name, onSkip)) {
      const child = path.join(name, entry);
      if (isHidden(entry)) {
        hidden += 1;
        tellHidden(tidy(child), onSkip);
        continue;
      }
      if ((await kindOf(child)) === 'folder') await enter(child);
      else files.push(tidy(child));
    }
  };
  await enter(folder);
  if (files.length === 0) {
    const but = hidden > 0 ? ` but hidden ones (${hidden}), which have to be named` : '';
    throw new HeldoutError('no-input', `${folder}: there is no file in this folder${but}.`);
  }
  return files;
}

async function namesIn(folder: string, onSkip: OnSkip): Promise<string[]> {
  try {
    return (await readdir(folder)).sort(byCodeUnit);
  } catch (error) {
    onSkip({
      reason: 'unreadable-file',
      file: folder,
      record: 0,
      detail: `the folder cannot be listed: ${messageOf(error)}`,
    });
    return [];
  }
}

/** `./a.jsonl` and `a.jsonl` are one file. */
function tidy(name: string): string {
  return path.normalize(name);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
