import { createHash } from 'node:crypto';
import path from 'node:path';
import { HeldoutError } from '../model/errors.js';
import type { FileResult } from '../model/result.js';
import { rawChunks } from '../read/raw.js';
import { digestOf, loadDigester } from '../report/digest.js';
import type { Digester } from '../report/digest.js';
import { Contradictions } from './contradictions.js';
import { recountDerived } from './derived.js';
import { notCheckedOf } from './not-checked.js';
import { recount } from './recount.js';
import type { SavedReport } from './saved-report.js';

/** Whether a file is still the one that a report speaks of. */
export interface Checked {
  readonly kind: 'benchmark' | 'corpus' | 'output';
  /** As the report names it. */
  readonly path: string;
  /** `unknown`: the report has no digest of it (standard input cannot be read again, a damaged file was not read to its end). */
  readonly state: 'same' | 'changed' | 'missing' | 'unknown';
  readonly detail: string;
  readonly bytes: number;
  readonly xxh64: string;
  /** Of the bytes there are now; empty where there are none. */
  readonly sha256: string;
}

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
  /** Of report.json itself. */
  readonly reportSha256: string;
}

export function holds(found: Verification): boolean {
  const { files, settingsHold, isRecounted, contradictionCount, rescanned = [] } = found;
  return (
    settingsHold &&
    isRecounted &&
    contradictionCount === 0 &&
    rescanned.length === 0 &&
    files.every(({ state }) => state === 'same')
  );
}

/**
 * Reads every input and output of a report again, and counts its lines. `root`: where relative paths of inputs are taken from. Nothing
 * is scanned: that the same inputs give the same report is for a scan to show.
 */
export async function verifyReport(saved: SavedReport, root: string, toolVersion: string): Promise<Verification> {
  const { dir, report } = saved;
  const digester = await loadDigester();
  const files: Checked[] = [];
  const inputs = [
    ...report.provenance.benchmarks.map((file) => ['benchmark', file] as const),
    ...report.provenance.corpus.map((file) => ['corpus', file] as const),
  ];
  for (const [kind, file] of inputs)
    files.push(
      await checked(kind, file, path.isAbsolute(file.path) ? file.path : path.join(root, file.path), digester),
    );
  for (const file of report.outputs) files.push(await checked('output', file, path.join(dir, file.path), digester));
  const { id, ...settings } = report.settings;
  const { sha256 } = await digestsOf(path.join(dir, 'report.json'), digester);
  const isRecounted = files.every(({ kind, state }) => kind !== 'output' || state === 'same');
  const found = isRecounted ? await recount(saved, toolVersion) : new Contradictions();
  if (isRecounted && found.count === 0 && report.tool.version === toolVersion) await recountDerived(dir, found);
  return {
    files,
    settingsHold: digestOf(settings, digester) === id,
    isRecounted,
    contradictions: found.named,
    contradictionCount: found.count,
    notChecked: [...notCheckedOf(saved, toolVersion, false), ...found.open],
    reportSha256: sha256,
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

async function checked(
  kind: Checked['kind'],
  { path: name, bytes, xxh64 }: Pick<FileResult, 'path' | 'bytes' | 'xxh64'>,
  at: string,
  digester: Digester,
): Promise<Checked> {
  const as = (state: Checked['state'], detail: string, sha256 = ''): Checked => ({
    kind,
    path: name,
    state,
    detail,
    bytes,
    xxh64,
    sha256,
  });
  if (name === '-') return as('unknown', 'standard input cannot be read again');
  try {
    const now = await digestsOf(at, digester);
    if (xxh64 === '')
      return as('unknown', 'the scan did not read it to its end, so there is no digest of it', now.sha256);
    if (now.bytes === bytes && now.xxh64 === xxh64) return as('same', '', now.sha256);
    return as('changed', `then ${bytes} bytes, xxh64 ${xxh64}; now ${now.bytes} bytes, xxh64 ${now.xxh64}`, now.sha256);
  } catch (error) {
    if (error instanceof HeldoutError && error.code === 'unreadable') return as('missing', error.message);
    throw error;
  }
}

async function digestsOf(file: string, digester: Digester): Promise<{ bytes: number; xxh64: string; sha256: string }> {
  const digest = digester();
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of rawChunks(file)) {
    digest.update(chunk);
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, xxh64: digest.hex(), sha256: hash.digest('hex') };
}
