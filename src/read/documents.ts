import type { TextRecord } from '../model/document.js';
import type { InputFile, OnSkip } from '../model/input.js';
import { documentText, isWithoutWord } from './document-text.js';
import type { LaterFields } from './later-fields.js';
import { readingOf, type Planned } from './reading.js';
import { readRecords, type ReadOptions } from './records.js';
import { skipsOf } from './record-skip.js';

export interface DocumentOptions extends ReadOptions {
  /** Dotted. */
  readonly idField: string;
  /** Fields named by the user; in their place no other is read. */
  readonly textFields: readonly string[];
}

/** The documents of a corpus file of any container, in batches. */
export async function* readDocuments(
  file: InputFile,
  planned: Planned,
  options: DocumentOptions,
  onSkip: OnSkip,
  onRawBytes?: (chunk: Uint8Array) => void,
  later?: LaterFields,
): AsyncGenerator<TextRecord[]> {
  const reading = readingOf(planned, options.textFields.length === 0);
  const columns = [...reading.all.map((path) => path[0] ?? ''), options.idField, options.idField.split('.')[0]];
  const needsAll = (value: unknown): boolean => reading.elsewhere && isWithoutWord(value, reading);
  const skip = skipsOf(file.path, onSkip);
  for await (const records of readRecords(
    file,
    { ...options, columns, allBut: reading.told, needsAll, around: reading.elsewhere },
    onSkip,
    onRawBytes,
  )) {
    const batch: TextRecord[] = [];
    for (const { record, offset, value } of records) {
      const text = documentText(value, record, reading, skip, later);
      if (text !== undefined) batch.push({ record, offset, text, id: recordId(value, options.idField) });
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
