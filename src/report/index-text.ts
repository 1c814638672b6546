import type { IndexedFile, IndexManifest } from '../model/index-manifest.js';
import { shown } from './escape.js';
import { bytes as bytesText, count, counted } from './numbers.js';
import type { Style } from './style.js';

/** What an index holds and promises, for a person. */
export function certificateLines(path: string, manifest: IndexManifest, bytes: number): string[] {
  const { totals, fingerprints, keyBits, keys, locationsPerKey, sources, records, xxh64 } = manifest;
  const { words, singles } = fingerprints;
  const share = totals.textBytes > 0 ? ` (${((100 * bytes) / totals.textBytes).toFixed(1)}% of the text)` : '';
  const documents = totals.records - totals.skipped;
  return [
    `${shown(path)}  ${bytesText(bytes)}${share}, id ${xxh64}`,
    `  holds      ${counted(documents, 'document')} (${bytesText(totals.textBytes)}, ${count(totals.tokens)} tokens) of ${counted(totals.files, 'file')}; source ${sources.map(shown).join(', ')}`,
    `  finds      every run of ${words.guarantee} words that a document and an item share, for certain ` +
      `(${singles.guarantee} tokens where scripts without spaces are among them)`,
    `  keys       ${count(keys)} fingerprints of ${keyBits} bits; a look-up of what is not there is wrong once in ${chanceText(keys, keyBits)}`,
    `  locations  ${locationsPerKey > 0 ? `up to ${locationsPerKey} a fingerprint: hits are read again and confirmed where the corpus can be reached` : 'none: hits stay unconfirmed'}`,
    ...(records ? [`  records    ${recordsText(records)}`] : []),
    ...(totals.skipped > 0 ? [`  skipped    ${counted(totals.skipped, 'record')}`] : []),
    ...(manifest.unread.length > 0 ? [`  unread     ${counted(manifest.unread.length, 'file')}`] : []),
  ];
}

function recordsText({ records, shingle: { size, unit } }: NonNullable<IndexManifest['records']>): string {
  return `signatures of ${counted(records, 'record')} over ${size} ${unit}: a scan tells near-duplicates of whole items too`;
}

function chanceText(keys: number, keyBits: number): string {
  return keys === 0 ? '∞' : (2 ** keyBits / keys).toPrecision(2);
}

/** Files named on the terminal; inputs.jsonl has all. */
const FILES = 8;

export function fileLines(files: readonly IndexedFile[], look: Style): string[] {
  const lines = files
    .slice(0, FILES)
    .map(
      ({ path, records, skipped, bytes, xxh64 }) =>
        `    ${shown(path)}  ${bytesText(bytes)}, ${counted(records - skipped, 'document')}, xxh64 ${xxh64 || 'unknown'}`,
    );
  const more = files.length > FILES ? [`    and ${count(files.length - FILES)} more`] : [];
  return [`  files`, ...[...lines, ...more].map((line) => look.paint('faint', line))];
}
