import type { TextRecord } from '../model/document.js';
import type { InputFile, OnSkip, TextPaths } from '../model/input.js';
import { readRecords, type ReadOptions } from './records.js';
import { textOf } from './text-paths.js';

export interface DocumentOptions extends ReadOptions {
  /** Dotted. */
  readonly idField: string;
}

/** The documents of a corpus file of any container, in batches. */
export async function* readDocuments(
  file: InputFile,
  paths: TextPaths,
  options: DocumentOptions,
  onSkip: OnSkip,
  onRawBytes?: (chunk: Uint8Array) => void,
): AsyncGenerator<TextRecord[]> {
  const columns = [...paths.map((path) => path[0] ?? ''), options.idField, options.idField.split('.')[0]];
  for await (const records of readRecords(file, { ...options, columns }, onSkip, onRawBytes)) {
    const batch: TextRecord[] = [];
    for (const { record, offset, value } of records) {
      const text = textOf(value, paths);
      // A field that is there but empty is an empty document, not a missing one.
      if (text !== undefined) batch.push({ record, offset, text, id: recordId(value, options.idField) });
      else onSkip({ reason: 'no-text', file: file.path, record, detail: `it has none of ${namesOf(paths)}` });
    }
    if (batch.length > 0) yield batch;
  }
}

/** The record's own id, where it is a string or a number. */
export function recordId(value: unknown, idField: string): string | undefined {
  let at: unknown = value;
  const own = child(value, idField);
  if (own !== undefined) at = own;
  else for (const step of idField.split('.')) at = child(at, step);
  if (typeof at === 'string' && at !== '') return at;
  return typeof at === 'number' ? String(at) : undefined;
}

function child(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

function namesOf(paths: TextPaths): string {
  return paths.map((path) => path.filter((step) => step !== '*').join('.')).join(', ');
}
