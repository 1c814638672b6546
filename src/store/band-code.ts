import { BitReader } from './bits.js';
import type { BitWriter } from './bits.js';

/** Entries in a block of bands.column. */
export const BLOCK_BANDS = 4096;
const HEAD_BYTES = 7;

/** Keys of bands with the records that have them: ascending by key, then record; parallel lists. */
export interface BandEntries {
  readonly keys: Uint32Array;
  /** Numbers of rows of signatures.column. */
  readonly rows: Uint32Array;
  readonly count: number;
}

/** Bits that the number of a row takes where there are so many. */
export function rowBitsOf(records: number): number {
  return Math.max(1, Math.ceil(Math.log2(Math.max(1, records))));
}

/** Steps between keys by Rice's code: their share of the mean step counted in ones and zeros, the rest as it is. */
export function encodeBands({ keys, rows, count }: BandEntries, rowBits: number, writer: BitWriter): Uint8Array {
  const step = Math.floor((keys[count - 1] - keys[0]) / count);
  const low = step > 0 ? Math.floor(Math.log2(step)) : 0;
  writer.put(keys[0], 32);
  writer.put(count, 16);
  writer.put(low, 8);
  for (let i = 0; i < count; i++) {
    const gap = keys[i] - keys[Math.max(0, i - 1)];
    writer.unary(Math.floor(gap / 2 ** low));
    writer.put(gap % 2 ** low, low);
    writer.put(rows[i], rowBits);
  }
  return writer.take();
}

/** Undefined where the bytes are no block of a column with so many records. */
export function decodeBands(code: Uint8Array, records: number): BandEntries | undefined {
  const head = new BitReader(code);
  let key = head.get(32);
  const count = head.get(16);
  const low = head.get(8);
  if (count === 0 || count > BLOCK_BANDS || low > 32) return undefined;
  const reader = new BitReader(code, HEAD_BYTES);
  const rowBits = rowBitsOf(records);
  const entries = { keys: new Uint32Array(count), rows: new Uint32Array(count), count };
  for (let i = 0; i < count; i++) {
    const steps = reader.unary();
    key += steps * 2 ** low + reader.get(low);
    const row = reader.get(rowBits);
    if (reader.overrun || key >= 2 ** 32 || row >= records) return undefined;
    entries.keys[i] = key;
    entries.rows[i] = row;
    if (i > 0 && key === entries.keys[i - 1] && row < entries.rows[i - 1]) return undefined;
  }
  return entries;
}
