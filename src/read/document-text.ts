import type { TextPaths } from '../model/input.js';
import { isBlank } from './prose.js';
import { strangersOf, wholeText, type LaterFields } from './later-fields.js';
import type { Reading } from './reading.js';
import type { RecordSkip } from './record-skip.js';
import { ownPaths, textOf } from './text-paths.js';

/**
 * A record's text. Where its file's text fields are missing or hold no word, that of its own next usual fields, and where it has
 * text at a place that none of the records looked at beforehand has any, all of it: both are told. Undefined (told, too) where
 * it has no text at all. A field that is there but empty is an empty document, not a missing one.
 */
export function documentText(
  value: unknown,
  record: number,
  reading: Reading,
  skip: RecordSkip,
  later?: LaterFields,
): string | undefined {
  const { paths, own, all, elsewhere, told } = reading;
  const text = textOf(value, own);
  const isWordless = text === undefined || isBlank(text);
  const strangers = strangersOf(value, reading);
  if (strangers.length > 0 && elsewhere) {
    const why = isWordless ? `${namesOf(paths)} without a word` : 'text where the first records have none';
    skip('other-field', record, `${why}; read from ${strangers.map(({ field }) => field).join(', ')}`);
    return wholeText(value, (isWordless ? undefined : told) ?? new Set());
  }
  if (isWordless && elsewhere) {
    const others = ownPaths(value);
    const other = textOf(value, others);
    if (other !== undefined && !isBlank(other)) {
      skip('other-field', record, `${namesOf(paths)} without a word; read from ${namesOf(others)}`);
      return other;
    }
  }
  if (text === undefined) skip('no-text', record, `it has none of ${namesOf(paths)}`);
  for (const stranger of strangers) later?.add(stranger);
  return text === undefined || all.length === own.length ? text : textOf(value, all);
}

/** Whether `documentText` would look elsewhere. */
export function isWithoutWord(value: unknown, { own }: Reading): boolean {
  const text = textOf(value, own);
  return text === undefined || isBlank(text);
}

function namesOf(paths: TextPaths): string {
  return paths.map((path) => path.filter((step) => step !== '*').join('.')).join(', ');
}
