import type { SkipReason } from '../model/input.js';

/** What each reason means for the reader of a result: was something left out, or only repaired? */
export const SKIP_MEANING: Readonly<Record<SkipReason, string>> = {
  'unreadable-file': 'file could not be opened: all of it is missing from the result',
  'corrupt-file': 'file is damaged or cut short: what came before the damage was scanned',
  'broken-record': 'record could not be parsed: left out',
  'record-too-long': 'record is over the size limit: left out',
  'no-text': 'record has none of the text fields: left out',
  'no-split': 'record does not say which split it belongs to: left out',
  'other-field': 'text fields hold no word, or others hold text too: read from other fields of the record',
  'not-utf8': 'bytes are not UTF-8: scanned with replacement characters',
  'not-text': 'most of a record is not UTF-8 text: does not count as read',
  'empty-file': 'file is empty',
  'hidden-file': 'file or folder is hidden and was not named: not read',
  'duplicate-id': 'item id was seen before: kept under a new id',
  'no-question': 'benchmark record has no usable part: left out',
};

/** Short form, for a list. `n` decides the plural. */
export function skipLabel(reason: SkipReason, n: number): string {
  const s = n === 1 ? '' : 's';
  const labels: Readonly<Record<SkipReason, string>> = {
    'unreadable-file': `unreadable file${s}`,
    'corrupt-file': `damaged file${s}`,
    'broken-record': `broken record${s}`,
    'record-too-long': `record${s} over the size limit`,
    'no-text': `record${s} without text`,
    'no-split': `record${s} without a split`,
    'other-field': `record${s} read from other fields`,
    'not-utf8': `record${s} that ${n === 1 ? 'is' : 'are'} not UTF-8`,
    'not-text': `record${s} that ${n === 1 ? 'is' : 'are'} mostly not text`,
    'empty-file': `empty file${s}`,
    'hidden-file': n === 1 ? 'hidden file or folder' : 'hidden files or folders',
    'duplicate-id': `duplicate item id${s}`,
    'no-question': `benchmark record${s} without a question`,
  };
  return labels[reason];
}

/** Repaired rather than left out. */
export function isRepair(reason: SkipReason): boolean {
  return reason === 'not-utf8' || reason === 'duplicate-id' || reason === 'other-field';
}
