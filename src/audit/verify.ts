import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import type { FileResult } from '../model/result.js';
import { digestOf, loadDigester } from '../report/digest.js';
import { checked, digestsOf, placeOfInput } from './checked-file.js';
import type { Checked } from './checked-file.js';
import { Contradictions } from './contradictions.js';
import { recountDerived } from './derived.js';
import { notCheckedOf } from './not-checked.js';
import { recount } from './recount.js';
import type { SavedReport } from './saved-report.js';

/** What still holds of a report. */
export interface Verification {
  readonly files: readonly Checked[];
  /** Whether the settings give the id that the report states. */
  readonly settingsHold: boolean;
  /** Whether its lines were counted again: only where items.jsonl and matches.jsonl are as they were. */
  readonly isRecounted: boolean;
  /** What it says that does not go with the rest of what it says, the first of them in words. */
  readonly contradictions: readonly string[];
  readonly contradictionCount: number;
  /** Where the inputs were scanned again: what differs, in words; nothing does where it is empty. */
  readonly rescanned?: readonly string[];
  /** What is not known after all that, in words. */
  readonly notChecked: readonly string[];
  /** The heldout that wrote the report, where it is another than this: what only that one can tell was not checked. */
  readonly otherVersion?: string;
  /** Of report.json itself. */
  readonly reportSha256: string;
}

export function holds(found: Verification): boolean {
  return found.otherVersion === undefined && holdsAsFar(found);
}

/** Whether nothing that was checked fails. */
export function holdsAsFar(found: Verification): boolean {
  const { files, settingsHold, isRecounted, contradictionCount, rescanned = [] } = found;
  return (
    settingsHold &&
    isRecounted &&
    contradictionCount === 0 &&
    rescanned.length === 0 &&
    files.every(({ state }) => state === 'same')
  );
}

/** How a report is held against what there is. */
export interface Verifying {
  /** Where relative paths of inputs begin. */
  readonly root: string;
  readonly toolVersion: string;
  /** Reads the records that matches name again; the corpus is for `clean` to take apart, which stands behind this. */
  readonly recheckQuotes: (
    saved: SavedReport,
    root: string,
    isSame: (file: FileResult) => boolean,
    found: Contradictions,
  ) => Promise<void>;
}

/**
 * Reads every input and output of a report again, and counts its lines. Nothing
 * is scanned: that the same inputs give the same report is for a scan to show.
 */
export async function verifyReport(
  saved: SavedReport,
  { root, toolVersion, recheckQuotes }: Verifying,
): Promise<Verification> {
  const { dir, report } = saved;
  const digester = await loadDigester();
  const files: Checked[] = [];
  const inputs = [
    ...report.provenance.benchmarks.map((file) => ['benchmark', file] as const),
    ...report.provenance.corpus.map((file) => ['corpus', file] as const),
  ];
  for (const [kind, file] of inputs) files.push(await checked(kind, file, placeOfInput(file.path, root), digester));
  for (const file of report.outputs) files.push(await checked('output', file, path.join(dir, file.path), digester));
  const { id, ...settings } = report.settings;
  const { sha256 } = await digestsOf(path.join(dir, 'report.json'), digester);
  const isRecounted = files.every(({ kind, state }) => kind !== 'output' || state === 'same');
  const hasBenchmarks = files.every(({ kind, state }) => kind !== 'benchmark' || state === 'same');
  const found = isRecounted ? await recount(saved, { toolVersion, root, hasBenchmarks }) : new Contradictions();
  // Of a report that is wrong in itself nothing else is looked for.
  if (isRecounted && found.count === 0 && report.tool.version === toolVersion) {
    const same = new Set(files.filter(({ state }) => state === 'same').map((file) => file.path));
    await recheckQuotes(saved, root, (file) => same.has(file.path), found);
    await recountDerived(dir, found);
  }
  return {
    files,
    settingsHold: digestOf(settings, digester) === id,
    isRecounted,
    contradictions: found.named,
    contradictionCount: found.count,
    notChecked: [...notCheckedOf(saved, toolVersion, false), ...found.open],
    reportSha256: sha256,
    ...(report.tool.version === toolVersion ? {} : { otherVersion: report.tool.version }),
  };
}

/** Refuses benchmarks that are not those of the report: scanning with others would look for other items. */
export async function requireBenchmarks({ report }: SavedReport): Promise<void> {
  const digester = await loadDigester();
  for (const file of report.provenance.benchmarks) {
    const { state, detail } = await checked('benchmark', file, file.path, digester);
    if (state === 'changed' || state === 'missing')
      throw new HeldoutError(
        'unreadable',
        `${file.path}: ${state === 'changed' ? 'it has changed since the scan' : 'it is not there'} (${detail}), so what is ` +
          'left of the corpus cannot be scanned for the same items. Bring it back, or scan again; --no-rescan takes out ' +
          'only what the report names.',
      );
  }
}
