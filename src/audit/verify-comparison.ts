import path from 'node:path';
import { digestOf, loadDigester } from '../report/digest.js';
import { checked, digestsOf, placeOfInput } from './checked-file.js';
import type { Checked } from './checked-file.js';
import { Contradictions } from './contradictions.js';
import { recountDerivedComparison } from './derived.js';
import { recountComparison } from './recount-comparison.js';
import type { SavedComparison } from './saved-comparison.js';
import type { Verification } from './verify.js';

/**
 * Reads every input and output of a comparison's report again, and counts its lines. Nothing is compared: that the same inputs
 * give the same report is for another comparison to show. `root`: where relative paths of inputs begin.
 */
export async function verifyComparison(
  saved: SavedComparison,
  root: string,
  toolVersion: string,
): Promise<Verification> {
  const { dir, report } = saved;
  const digester = await loadDigester();
  const files: Checked[] = [];
  for (const file of report.provenance.files)
    files.push(await checked('compared', file, placeOfInput(file.path, root), digester));
  for (const file of report.outputs) files.push(await checked('output', file, path.join(dir, file.path), digester));
  const { id, ...settings } = report.settings;
  const { sha256 } = await digestsOf(path.join(dir, 'report.json'), digester);
  const isOurs = report.tool.version === toolVersion;
  const isRecounted = files.every(({ kind, state }) => kind !== 'output' || state === 'same');
  const found = new Contradictions();
  if (isRecounted) await recountComparison(saved, isOurs, found);
  // Of a report that is wrong in itself no page is made.
  if (isRecounted && found.count === 0 && isOurs) await recountDerivedComparison(dir, found);
  return {
    files,
    settingsHold: digestOf(settings, digester) === id,
    isRecounted,
    contradictions: found.named,
    contradictionCount: found.count,
    notChecked: notChecked(saved, isOurs),
    reportSha256: sha256,
    ...(isOurs ? {} : { otherVersion: report.tool.version }),
  };
}

/** What reading a report and its inputs again cannot tell, a sentence each. */
function notChecked({ report }: SavedComparison, isOurs: boolean): string[] {
  return [
    'that the texts of the pairs stand in the inputs, that they are as alike as it says, and that no pair is missing: only another comparison tells',
    'wording that sets share, records of each file, what was skipped and why: they agree with the sums, no more',
    ...(report.redaction ? ['the digests that stand for text: only who has the key can tell'] : []),
    ...(report.partial ? ['what a comparison that was interrupted or limited did not read'] : []),
    ...(isOurs ? [] : [`the form of the lines, and the pages: ${report.tool.version} wrote the report`]),
  ];
}
