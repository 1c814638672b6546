import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { SavedReport } from '../audit/saved-report.js';
import { HeldoutError } from '../model/errors.js';
import type { FileResult } from '../model/result.js';
import { rawChunks } from '../read/raw.js';
import { loadDigester } from '../report/digest.js';

/** A file of the corpus as it is now, and as it was scanned. */
export interface CorpusFile {
  readonly path: string;
  readonly scanned: FileResult;
  /** Where it goes: its path from the folder that all files are in, with slashes. */
  readonly name: string;
  /** Fields that the scan was told to read, dotted; empty where it found them by itself. */
  readonly textFields: readonly string[];
}

/**
 * Which file of a report each file is: the one of that path, or, for a corpus that was moved, the one with those bytes. A file
 * that was not scanned is refused: nobody knows what it holds.
 */
export async function corpusFiles(paths: readonly string[], { report }: SavedReport): Promise<CorpusFile[]> {
  const byPath = new Map(report.provenance.corpus.map((file) => [path.resolve(file.path), file]));
  const common = commonFolder(paths);
  const files: CorpusFile[] = [];
  for (const file of paths) {
    const scanned = byPath.get(path.resolve(file)) ?? (await sameBytes(file, report.provenance.corpus));
    if (!scanned)
      throw new HeldoutError(
        'usage',
        `${file}: the report has no such file and none with these bytes: it was not scanned, or has changed since. Scan it first.`,
      );
    const name = path.relative(common, path.resolve(file)).split(path.sep).join('/');
    files.push({ path: file, scanned, name, textFields: report.settings.textFields });
  }
  return files;
}

async function sameBytes(file: string, all: readonly FileResult[]): Promise<FileResult | undefined> {
  const size = (await stat(file).catch(() => undefined))?.size;
  const candidates = all.filter(({ bytes, xxh64 }) => bytes === size && xxh64 !== '');
  if (candidates.length === 0) return undefined;
  const digest = (await loadDigester())();
  for await (const chunk of rawChunks(file)) digest.update(chunk);
  const hex = digest.hex();
  return candidates.find(({ xxh64 }) => xxh64 === hex);
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((file) => path.dirname(path.resolve(file)).split(path.sep));
  const [first = []] = folders;
  const differs = first.findIndex((step, i) => folders.some((steps) => steps[i] !== step));
  return first.slice(0, differs < 0 ? first.length : differs).join(path.sep) || path.sep;
}
