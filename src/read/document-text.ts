import type { NotReadField, TextPaths } from '../model/input.js';
import { isBlank } from './prose.js';
import { strangersOf, wholeText, type LaterFields } from './later-fields.js';
import type { Reading } from './reading.js';
import type { RecordSkip } from './record-skip.js';
import { ownPaths, textOf } from './text-paths.js';

/** Where in a record its text stands: at these paths, or everywhere but at these fields (dotted, arrays left out). */
export type TextPlace = { readonly paths: TextPaths } | { readonly allBut: ReadonlySet<string> };

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
  const { place, own, elsewhere, strangers } = placed(value, reading);
  if (elsewhere !== undefined) skip('other-field', record, elsewhere);
  else for (const stranger of strangers) later?.add(stranger);
  if (!place) {
    skip('no-text', record, `it has none of ${namesOf(reading.paths)}`);
    return undefined;
  }
  if ('allBut' in place) return wholeText(value, place.allBut);
  return place.paths.length === reading.own.length && elsewhere === undefined ? own : textOf(value, place.paths);
}

/** Where `documentText` finds it. */
export function textPlace(value: unknown, reading: Reading): TextPlace | undefined {
  return placed(value, reading).place;
}

interface Placed {
  /** Undefined where there is no text. */
  readonly place: TextPlace | undefined;
  /** The text at the file's own paths. */
  readonly own: string | undefined;
  /** Why it was looked for elsewhere, and where it was found. */
  readonly elsewhere?: string;
  readonly strangers: readonly NotReadField[];
}

function placed(value: unknown, reading: Reading): Placed {
  const { paths, all, elsewhere, told } = reading;
  const own = textOf(value, reading.own);
  const isWordless = own === undefined || isBlank(own);
  const strangers = strangersOf(value, reading);
  if (strangers.length > 0 && elsewhere) {
    const why = isWordless ? `${namesOf(paths)} without a word` : 'text where the first records have none';
    const from = strangers.map(({ field }) => field).join(', ');
    const allBut = (isWordless ? undefined : told) ?? new Set();
    return { place: { allBut }, own, elsewhere: `${why}; read from ${from}`, strangers };
  }
  if (isWordless && elsewhere) {
    const others = ownPaths(value);
    const other = textOf(value, others);
    if (other !== undefined && !isBlank(other)) {
      const from = `${namesOf(paths)} without a word; read from ${namesOf(others)}`;
      return { place: { paths: others }, own, elsewhere: from, strangers };
    }
  }
  return { place: own === undefined ? undefined : { paths: all }, own, strangers };
}

/** Whether `documentText` would look elsewhere. */
export function isWithoutWord(value: unknown, { own }: Reading): boolean {
  const text = textOf(value, own);
  return text === undefined || isBlank(text);
}

function namesOf(paths: TextPaths): string {
  return paths.map((path) => path.filter((step) => step !== '*').join('.')).join(', ');
}
