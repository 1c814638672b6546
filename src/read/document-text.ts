import type { TextPaths } from '../model/input.js';
import { isBlank } from './prose.js';
import type { RecordSkip } from './record-skip.js';
import { ownPaths, textOf } from './text-paths.js';

export interface TextOptions {
  readonly paths: TextPaths;
  /** Whether a record without a word there may have its text elsewhere: not where the user has named the fields. */
  readonly elsewhere: boolean;
}

/**
 * A record's text. Where its file's text fields are missing or hold no word, that of its own next usual fields, which is told;
 * undefined (told, too) where it has no text at all. A field that is there but empty is an empty document, not a missing one.
 */
export function documentText(
  value: unknown,
  record: number,
  { paths, elsewhere }: TextOptions,
  skip: RecordSkip,
): string | undefined {
  const text = textOf(value, paths);
  if (elsewhere && (text === undefined || isBlank(text))) {
    const own = ownPaths(value);
    const other = textOf(value, own);
    if (other !== undefined && !isBlank(other)) {
      skip('other-field', record, `${namesOf(paths)} without a word; read from ${namesOf(own)}`);
      return other;
    }
  }
  if (text === undefined) skip('no-text', record, `it has none of ${namesOf(paths)}`);
  return text;
}

/** Whether `documentText` would look elsewhere. */
export function isWithoutWord(value: unknown, paths: TextPaths): boolean {
  const text = textOf(value, paths);
  return text === undefined || isBlank(text);
}

function namesOf(paths: TextPaths): string {
  return paths.map((path) => path.filter((step) => step !== '*').join('.')).join(', ');
}
