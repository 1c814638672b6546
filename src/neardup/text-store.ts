import { Recent } from './recent.js';
import type { Scratch, ScratchFile } from './scratch.js';

/** What was read again of a record. */
export interface StoredRecord {
  /** The record's own id, where it has one. */
  readonly id: string | undefined;
  /** The beginning of its text; empty where nobody asked for it. */
  readonly text: string;
  readonly textIsCut: boolean;
  /** Digest of its words: 53 bits. */
  readonly normalised: number;
  /** Distinct shingles, ascending; empty where nobody asked for them. */
  readonly shingles: Float64Array;
}

/** Of a text, what is kept to be shown, in UTF-16 units. */
export const KEPT_TEXT = 4000;

/** The same of a text that stands in two records to the character: enough to see what it is, for there may be millions. */
export const KEPT_OF_SAME = 300;

/** The beginning of a text; not into a surrogate pair. */
export function beginning(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** {id bytes or NO_ID, text bytes, shingles, flags}, the digest as a double, shingles, id, text. */
const HEADER_BYTES = 24;
const NO_ID = 0xffffffff;

/** Records that were read again, kept on disk: appended in ascending order, read in any. */
export class TextStore {
  private readonly file: ScratchFile;
  private readonly recent: Recent<StoredRecord>;
  private records = new Uint32Array(1024);
  private positions = new Float64Array(1025);
  private length = 0;

  constructor(scratch: Scratch, budgetBytes: number) {
    this.file = scratch.file();
    this.recent = new Recent(budgetBytes);
  }

  append(record: number, { id, text, textIsCut, normalised, shingles }: StoredRecord): void {
    const idBytes = Buffer.from(id ?? '');
    const textBytes = Buffer.from(text);
    const head = new Uint32Array([
      id === undefined ? NO_ID : idBytes.length,
      textBytes.length,
      shingles.length,
      +textIsCut,
    ]);
    const digest = new Float64Array([normalised]);
    const bytes = Buffer.concat([
      new Uint8Array(head.buffer),
      new Uint8Array(digest.buffer),
      new Uint8Array(shingles.buffer, shingles.byteOffset, shingles.byteLength),
      idBytes,
      textBytes,
    ]);
    if (this.length === this.records.length) this.widen();
    this.records[this.length] = record;
    this.positions[this.length] = this.file.append(bytes);
    this.length++;
    this.positions[this.length] = this.positions[this.length - 1] + bytes.length;
  }

  /** Undefined for a record that was not appended: it could not be read again. */
  get(record: number): StoredRecord | undefined {
    const known = this.recent.get(record);
    if (known) return known;
    const at = this.indexOf(record);
    if (at === undefined) return undefined;
    const bytes = new Uint8Array(this.positions[at + 1] - this.positions[at]);
    this.file.read(bytes, this.positions[at]);
    const value = parse(bytes);
    // As an object it takes about twice its bytes.
    this.recent.keep(record, value, 2 * bytes.length + 200);
    return value;
  }

  private indexOf(record: number): number | undefined {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.records[middle] < record) low = middle + 1;
      else high = middle;
    }
    return low < this.length && this.records[low] === record ? low : undefined;
  }

  private widen(): void {
    const records = new Uint32Array(2 * this.records.length);
    records.set(this.records);
    const positions = new Float64Array(records.length + 1);
    positions.set(this.positions);
    this.records = records;
    this.positions = positions;
  }
}

function parse(bytes: Uint8Array): StoredRecord {
  const [idLength, textLength, count, flags] = new Uint32Array(bytes.buffer, 0, 4);
  const [normalised] = new Float64Array(bytes.buffer, 16, 1);
  const idAt = HEADER_BYTES + count * 8;
  const textAt = idAt + (idLength === NO_ID ? 0 : idLength);
  const utf8 = (from: number, to: number): string => Buffer.from(bytes.buffer, from, to - from).toString('utf8');
  return {
    id: idLength === NO_ID ? undefined : utf8(idAt, textAt),
    text: utf8(textAt, textAt + textLength),
    textIsCut: flags !== 0,
    normalised,
    shingles: new Float64Array(bytes.buffer, HEADER_BYTES, count),
  };
}
