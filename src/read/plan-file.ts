import { HeldoutError, messageOf } from '../model/errors.js';
import type { InputFile, OnSkip } from '../model/input.js';
import type { FilePlan } from '../model/plan.js';
import { DEFAULT_SETTINGS } from '../model/settings.js';
import { fieldsSeen } from './fields-seen.js';
import { notReadOf, SAMPLE } from './not-read.js';
import { placeOf } from './raw.js';
import { latePathsOf, readingOf } from './reading.js';
import { readRecords, recordsOf } from './records.js';
import { readHead, sniffFile } from './sniff.js';
import { findTextPaths } from './text-paths.js';

/** Bytes of standard input looked at for them: it cannot be read twice. */
const STDIN_SAMPLE = 4 * 1024 * 1024;

/** How a corpus file will be read; undefined (and told to `onSkip`) where there is nothing to read. `keptAt`: as sniffFile. */
export async function planFile(
  path: string,
  named: readonly string[],
  onSkip: OnSkip,
  keptAt?: string,
): Promise<FilePlan | undefined> {
  let file: InputFile;
  let sample: Sample;
  try {
    file = await sniffFile(path, keptAt);
    if (file.container === 'text') return await planText(file, onSkip);
    sample = await sampleOf(file);
  } catch (error) {
    if (!(error instanceof HeldoutError) || error.code !== 'unreadable') throw error;
    onSkip({ reason: 'unreadable-file', file: path, record: 0, detail: messageOf(error) });
    return undefined;
  }
  if (sample.values.length === 0 && sample.skipped === 0) {
    onSkip({ reason: 'empty-file', file: path, record: 0, detail: 'it holds no record' });
    return undefined;
  }
  // Nothing but broken records so far: reading in earnest will count them.
  if (sample.values.length === 0) {
    if (named.length > 0) return { file, textPaths: named.map((field) => field.split('.')), told: [] };
    return { file, textPaths: [['text']], latePaths: latePathsOf([]), told: [] };
  }
  const textPaths = findTextPaths(sample.values, named, path);
  const notRead = notReadOf(sample.values, readingOf({ textPaths }, false).own);
  const seen = fieldsSeen(sample.values).strings;
  // Where the user has named fields, no other is read.
  const latePaths = named.length > 0 ? [] : latePathsOf(seen);
  const told = notRead?.fields.map(({ field }) => field) ?? [];
  return { file, textPaths, latePaths, told, ...(notRead ? { notRead } : {}) };
}

async function planText(file: InputFile, onSkip: OnSkip): Promise<FilePlan | undefined> {
  const head = await readHead(placeOf(file), 1024);
  if (head.bytes.length > 0 || !head.whole) return { file, textPaths: [[]] };
  onSkip({ reason: 'empty-file', file: file.path, record: 0, detail: 'it is empty' });
  return undefined;
}

interface Sample {
  readonly values: readonly unknown[];
  /** Records that could not be taken; they are reported when the file is read in earnest. */
  readonly skipped: number;
}

async function sampleOf(file: InputFile): Promise<Sample> {
  const values: unknown[] = [];
  let skipped = 0;
  const options = { maxRecordBytes: DEFAULT_SETTINGS.maxRecordBytes, limit: SAMPLE };
  const records =
    placeOf(file) === '-'
      ? recordsOf(file, stdinHead(), options, () => (skipped += 1))
      : readRecords(file, options, (skip) => (skipped += skip.reason === 'empty-file' ? 0 : 1));
  try {
    for await (const batch of records) {
      for (const { value } of batch) values.push(value);
      if (values.length >= SAMPLE) break;
    }
  } catch (error) {
    // Damage further on is no reason not to read what comes before it.
    if (values.length === 0) throw error;
  }
  return { values: values.slice(0, SAMPLE), skipped };
}

/** Its end is likely cut: then the last record is broken, which here is of no matter. */
async function* stdinHead(): AsyncGenerator<Uint8Array> {
  yield (await readHead('-', STDIN_SAMPLE)).bytes;
}
