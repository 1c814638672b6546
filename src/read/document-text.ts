import type { TextPaths } from '../model/input.js';
import { isBlank } from './prose.js';
import type { LaterFields } from './later-fields.js';
import type { Reading } from './reading.js';
import type { RecordSkip } from './record-skip.js';
import { ownPaths, textOf } from './text-paths.js';

/**
 * A record's text. Where its file's text fields are missing or hold no word, that of its own next usual fields, which is told;
 * undefined (told, too) where it has no text at all. A field that is there but empty is an empty document, not a missing one.
 */
export function documentText(
  value: unknown,
  record: number,
  reading: Reading,
  skip: RecordSkip,
  later?: LaterFields,
): string | undefined {
  const { paths, own, all, elsewhere } = reading;
  const text = textOf(value, own);
  if (elsewhere && (text === undefined || isBlank(text))) {
    const others = ownPaths(value);
    const other = textOf(value, others);
    if (other !== undefined && !isBlank(other)) {
      skip('other-field', record, `${namesOf(paths)} without a word; read from ${namesOf(others)}`);
      return other;
    }
  }
  if (text === undefined) skip('no-text', record, `it has none of ${namesOf(paths)}`);
  else later?.take(value, reading);
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
