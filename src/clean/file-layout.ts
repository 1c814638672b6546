import type { InputFile } from '../model/input.js';
import { planFile } from '../read/plan-file.js';
import { readingOf } from '../read/reading.js';
import type { CorpusFile } from './corpus-files.js';
import { layoutOf } from './layout.js';
import type { Layout } from './layout.js';

/**
 * How the records of a file lie, and where their text is: the fields that the report names, and those that the scan reads besides
 * wherever they come (read/reading). These follow from the first records, so the file is looked at as the scan looked at it.
 */
export async function layoutOfFile({ path, scanned, textFields }: CorpusFile): Promise<Layout | undefined> {
  const input: InputFile = { ...scanned, path };
  const planned = await planFile(path, textFields, () => undefined);
  const textPaths = scanned.textPaths ?? planned?.textPaths ?? [['text']];
  return layoutOf(input, readingOf({ ...planned, textPaths }, textFields.length === 0));
}
