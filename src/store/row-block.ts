import { codeBytes, isCode } from './signature-code.js';
import type { RecordRow } from './record-source.js';

/** Rows in a block of signatures.column: some 36 KB. */
export const BLOCK_ROWS = 1024;
const HEAD_BYTES = 4;
/** A row takes at most so much: the step to its record's number, and a code. */
const MOST_ROW_BYTES = 8 + 64;

/** Writes a number as bytes of seven bits, the lowest first, all but the last with the highest bit set; returns where they end. */
export function putNumber(target: Uint8Array, at: number, value: number): number {
  let end = at;
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) target[end++] = (left & 127) | 128;
  target[end++] = left;
  return end;
}

/** Rows one behind another: the step from the record before, and the code. */
export class RowReader {
  at: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next number; −1 where there is none. */
  step(): number {
    let value = 0;
    for (let scale = 1; this.at < this.bytes.length && scale < 2 ** 42; scale *= 128) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return -1;
  }

  /** The next code, as a view; undefined where there is none. */
  code(): Uint8Array | undefined {
    const used = this.bytes[this.at] ?? 0;
    const end = this.at + codeBytes(used);
    if (!isCode(used) || end > this.bytes.length) return undefined;
    const code = this.bytes.subarray(this.at, end);
    this.at = end;
    return code;
  }
}

/** Gathers the rows of a block. */
export class RowBlock {
  private readonly bytes = new Uint8Array(HEAD_BYTES + BLOCK_ROWS * MOST_ROW_BYTES);
  private length = HEAD_BYTES;
  private count = 0;
  private last = 0;

  get isFull(): boolean {
    return this.count === BLOCK_ROWS;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** The next row is the first of another file: its record's number is counted from 0. */
  openFile(): void {
    this.last = 0;
  }

  add(record: number, code: Uint8Array): void {
    if (this.count === 0) {
      new DataView(this.bytes.buffer).setUint32(0, record, true);
      this.last = record;
    }
    this.length = putNumber(this.bytes, this.length, record - this.last);
    this.bytes.set(code, this.length);
    this.length += code.length;
    this.last = record;
    this.count++;
  }

  /** The block's bytes, until a row is added; it is empty then. */
  take(): Uint8Array {
    const taken = this.bytes.subarray(0, this.length);
    this.length = HEAD_BYTES;
    this.count = 0;
    return taken;
  }
}

/** The rows of a block, whose first one has number `first`; undefined where the bytes are none. `isFirst`: of its file. */
export function rowsOf(
  block: Uint8Array,
  first: number,
  count: number,
  isFirst: (row: number) => boolean,
): RecordRow[] | undefined {
  if (block.length < HEAD_BYTES) return undefined;
  let record = new DataView(block.buffer, block.byteOffset).getUint32(0, true);
  const reader = new RowReader(block, HEAD_BYTES);
  const rows: RecordRow[] = [];
  for (let i = 0; i < count; i++) {
    const step = reader.step();
    const code = reader.code();
    if (step < 0 || !code) return undefined;
    record = i > 0 && isFirst(first + i) ? step : record + step;
    rows.push({ record, code });
  }
  return reader.at === block.length ? rows : undefined;
}
