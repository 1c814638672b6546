import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import { rawChunks } from '../read/raw.js';
import { loadDigester } from '../report/digest.js';
import { COMPARISON_FORMATS, FORMATS } from '../report/formats/format-names.js';
import { comparisonRenderings } from '../report/formats/compare-format.js';
import { renderings } from '../report/formats/format.js';
import type { Rendering } from '../report/formats/format.js';
import type { Contradictions } from './contradictions.js';
import { readComparison } from './saved-comparison.js';
import { readReport } from './whole-report.js';

/**
 * Makes what is made from a report once more, and compares it with the files beside it: report.json has no digest of these, and a
 * page is what people read. A page of changes (`changes.html`) is made from two reports and is left alone.
 */
export async function recountDerived(dir: string, found: Contradictions): Promise<void> {
  await recountRenderings(dir, await renderings(await readReport(dir), FORMATS), found);
}

/** The same of a comparison. */
export async function recountDerivedComparison(dir: string, found: Contradictions): Promise<void> {
  await recountRenderings(dir, await comparisonRenderings(await readComparison(dir), COMPARISON_FORMATS), found);
}

async function recountRenderings(dir: string, made: readonly Rendering[], found: Contradictions): Promise<void> {
  const digester = await loadDigester();
  for (const { path: name, pieces } of made) {
    const there = await digestOfFile(path.join(dir, name));
    if (there === undefined) continue;
    const again = digester();
    for (const piece of pieces) again.update(Buffer.from(piece, 'utf8'));
    if (again.hex() !== there) found.add(`${name} is not what the report gives; "heldout report" makes it again`);
  }
}

/** Undefined where there is none. */
async function digestOfFile(file: string): Promise<string | undefined> {
  const digest = (await loadDigester())();
  try {
    for await (const chunk of rawChunks(file)) digest.update(chunk);
    return digest.hex();
  } catch (error) {
    if (error instanceof HeldoutError && error.code === 'unreadable') return undefined;
    throw error;
  }
}
