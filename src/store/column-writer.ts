import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { IndexPart } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { writeAll, writing } from './durable.js';

/** First bytes of every column, before its version and number (FORMAT.md). */
export const MAGIC = 'heldout\n';
export const HEAD_BYTES = 16;
/** End u64, first key u64, xxh64 u64 of a block. */
export const DIRECTORY_BYTES = 24;
export const TAIL_BYTES = 16;
export const VERSION = 1;

/** Bytes gathered before they are written; as many as LARGE are not gathered, which would be to copy them. */
const BATCH_BYTES = 1 << 20;
const LARGE = 1 << 16;

/** A column of several blocks: their code, where each ends in it, and low and high half of each one's digest. */
export interface CodedColumn {
  readonly code: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
  readonly digests: readonly number[];
}

/** Low and high half of a digest. */
export function digestWords(hex: string): [low: number, high: number] {
  return [Number.parseInt(hex.slice(8), 16), Number.parseInt(hex.slice(0, 8), 16)];
}

/** Writes a column's blocks one behind another, then their directory. */
export class ColumnWriter {
  private readonly path: string;
  private readonly name: string;
  private readonly digester: Digester;
  private readonly file: number;
  private batch = new Uint8Array(BATCH_BYTES);
  private batched = 0;
  private bytes = 0;
  /** Low and high halves of the directory's numbers. */
  private directory = new Uint32Array(6 * 1024);
  private listed = 0;

  /** `number`: which column it is, for whoever finds the file alone. */
  constructor(folder: string, name: string, number: number, digester: Digester) {
    this.path = `${folder}/${name}`;
    this.name = name;
    this.digester = digester;
    this.file = writing(this.path, () => openSync(this.path, 'w'));
    const head = Buffer.alloc(HEAD_BYTES);
    head.write(MAGIC, 'latin1');
    head.writeUInt32LE(VERSION, 8);
    head.writeUInt32LE(number, 12);
    this.append(head);
  }

  /** `firstKey`: low and high half of the block's first key; zeros where a column has none. */
  block(code: Uint8Array, firstKeyLow: number, firstKeyHigh: number): void {
    this.append(code);
    const digest = this.digester();
    digest.update(code);
    this.list(this.bytes, [firstKeyLow, firstKeyHigh, ...digestWords(digest.hex())]);
  }

  /** Several blocks that are coded and digested already. `firstKeys`: low and high half of each. */
  blocks({ code, ends, digests }: CodedColumn, firstKeys: Uint32Array): void {
    const before = this.bytes;
    this.append(code);
    ends.forEach((end, i) => {
      const keys = firstKeys.subarray(2 * i, 2 * i + 2);
      this.list(before + end, [...keys, digests[2 * i], digests[2 * i + 1]]);
    });
  }

  private list(end: number, keyAndDigest: readonly number[]): void {
    if (this.directory.length < 6 * (this.listed + 1)) {
      const larger = new Uint32Array(2 * this.directory.length);
      larger.set(this.directory);
      this.directory = larger;
    }
    this.directory.set([end >>> 0, Math.floor(end / 2 ** 32), ...keyAndDigest], 6 * this.listed++);
  }

  /** Writes the directory and its digest, and makes the file last. */
  finish(): IndexPart {
    const used = this.directory.subarray(0, 6 * this.listed);
    const directory = new Uint8Array(used.buffer, 0, used.byteLength);
    const digest = this.digester();
    digest.update(directory);
    const hex = digest.hex();
    const tail = Buffer.alloc(TAIL_BYTES);
    tail.writeBigUInt64LE(BigInt(this.bytes), 0);
    tail.writeBigUInt64LE(BigInt(`0x${hex}`), 8);
    this.append(directory);
    this.append(tail);
    writing(this.path, () => {
      this.flush();
      fsyncSync(this.file);
      closeSync(this.file);
    });
    return { name: this.name, bytes: this.bytes, xxh64: hex };
  }

  private append(bytes: Uint8Array): void {
    const isLarge = bytes.length >= LARGE;
    if (isLarge || this.batched + bytes.length > BATCH_BYTES) writing(this.path, () => this.flush());
    if (isLarge) writing(this.path, () => writeAll(this.file, bytes));
    else {
      this.batch.set(bytes, this.batched);
      this.batched += bytes.length;
    }
    this.bytes += bytes.length;
  }

  private flush(): void {
    writeAll(this.file, this.batch.subarray(0, this.batched));
    this.batched = 0;
  }
}
