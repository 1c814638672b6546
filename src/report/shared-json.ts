import type { SkipReason } from '../model/input.js';
import type { FileResult, SkipSummary } from '../model/result.js';
import { round } from './numbers.js';
import { SKIP_MEANING } from './skip-words.js';
import type { Rate } from './wilson.js';

/** A file written beside report.json. */
export interface OutputFile {
  readonly path: string;
  readonly lines: number;
  readonly bytes: number;
  readonly xxh64: string;
}

/** What was left out or repaired, for one reason. */
export interface SkipJson {
  readonly reason: SkipReason;
  readonly meaning: string;
  readonly count: number;
  readonly examples: readonly { readonly file: string; readonly record: number; readonly detail: string }[];
}

// Every report.json has these. Key order is part of the bytes: written out, not inherited from whoever built the object.

export function skipJson({ reason, count, examples }: SkipSummary): SkipJson {
  return {
    reason,
    meaning: SKIP_MEANING[reason],
    count,
    examples: examples.map(({ file, record, detail }) => ({ file, record, detail })),
  };
}

export function fileJson(file: FileResult): FileResult {
  return {
    path: file.path,
    container: file.container,
    compression: file.compression,
    bytes: file.bytes,
    records: file.records,
    skipped: file.skipped,
    xxh64: file.xxh64,
    ...(file.textPaths ? { textPaths: file.textPaths } : {}),
    ...(file.notRead ? { notRead: file.notRead } : {}),
  };
}

export function outputJson({ path, lines, bytes, xxh64 }: OutputFile): OutputFile {
  return { path, lines, bytes, xxh64 };
}

export function rateJson({ value, low, high }: Rate): Rate {
  return { value: round(value, 6), low: round(low, 6), high: round(high, 6) };
}
