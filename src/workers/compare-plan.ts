import type { CompareRequest } from '../model/comparison.js';
import { HeldoutError } from '../model/errors.js';
import type { InputFile, Skip } from '../model/input.js';
import type { FilePlan } from '../model/plan.js';
import type { Scratch } from '../neardup/scratch.js';
import { unlessAborted } from '../read/abort.js';
import { expandPaths } from '../read/paths.js';
import { planFile } from '../read/plan-file.js';
import { readingOf } from '../read/reading.js';
import type { Reading } from '../read/reading.js';
import { readStdin } from '../read/stdin.js';

/** A file to compare, and the set that the command line gave it to. */
export interface PlannedFile {
  readonly input: InputFile;
  readonly plan: FilePlan;
  readonly reading: Reading;
  readonly set: number;
}

/** How each file will be read. What comes by standard input is put into the scratch folder first: it is read twice. */
export async function planComparison(request: CompareRequest, skips: Skip[], scratch: Scratch): Promise<PlannedFile[]> {
  const { settings, signal } = request;
  const note = (skip: Skip): void => void skips.push(skip);
  const files: PlannedFile[] = [];
  for (const { path, set } of await pathsOf(request, note)) {
    if (signal?.aborted) return files;
    const keptAt = path === '-' ? await keptInput(request, scratch) : undefined;
    const plan = await planFile(path, settings.textFields, note, keptAt);
    if (plan) files.push({ input: plan.file, plan, reading: readingOf(plan, settings.textFields.length === 0), set });
  }
  return files;
}

/** All of them before any is read: a name that leads nowhere need not wait for the end of standard input. */
async function pathsOf(
  { sets }: CompareRequest,
  note: (skip: Skip) => void,
): Promise<{ readonly path: string; readonly set: number }[]> {
  const found: { path: string; set: number }[] = [];
  for (const [set, { paths }] of sets.entries())
    for (const path of await expandPaths(paths, note)) found.push({ path, set });
  if (found.filter(({ path }) => path === '-').length > 1)
    throw new HeldoutError('usage', 'standard input (-) is given twice, but it comes once: save it to a file.');
  const twice = found.find(({ path, set }) => found.some((other) => other.path === path && other.set < set));
  if (twice) {
    const first = found.find(({ path }) => path === twice.path)?.set ?? 0;
    throw new HeldoutError(
      'usage',
      `${twice.path} is in two sets, ${sets[first].name} and ${sets[twice.set].name}: every record of it would be in both. ` +
        'Give it to one of them; --within looks for duplicates inside one.',
    );
  }
  return found;
}

/** Standard input as a file of the scratch folder. */
async function keptInput({ signal, onProgress }: CompareRequest, scratch: Scratch): Promise<string> {
  const file = scratch.file();
  const { path } = file;
  const keep = async (): Promise<true> => {
    let bytesDone = 0;
    for await (const chunk of readStdin()) {
      // Who was told to stop has left, and the scratch folder is gone.
      if (signal?.aborted) break;
      file.append(chunk);
      bytesDone += chunk.length;
      onProgress?.({ phase: 'corpus', bytesDone, bytesTotal: 0, documents: 0, hits: 0 });
    }
    return true;
  };
  if (!(await unlessAborted(keep(), signal)) || signal?.aborted)
    throw new HeldoutError(
      'interrupted',
      'interrupted before standard input was read to its end; nothing was compared, and no report was written.',
    );
  return path;
}

export function nothingToCompare(skips: readonly Skip[]): HeldoutError {
  const damaged = skips.find(({ reason }) => reason === 'unreadable-file' || reason === 'corrupt-file');
  if (damaged) return new HeldoutError('unreadable', `nothing to compare: ${damaged.detail}`);
  const empty = skips.find(({ reason }) => reason === 'empty-file');
  return new HeldoutError(
    'no-input',
    `nothing to compare: ${empty ? `${empty.file}: ${empty.detail}` : 'no file is left'}.`,
  );
}
