import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { IndexPart } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { DIRECTORY_BYTES, HEAD_BYTES, MAGIC, TAIL_BYTES, VERSION } from './column-writer.js';

/** Blocks read at once where they are wanted one behind another. */
const READ_AHEAD_BYTES = 1 << 20;

/** A column of an index: blocks by number, each checked against its digest when it is read. */
export class ColumnReader {
  readonly path: string;
  readonly blocks: number;
  private readonly file: number;
  private readonly digester: Digester;
  /** Six halves a block: end, first key, digest. */
  private readonly directory: Uint32Array;
  private readonly directoryAt: number;
  /** Bytes of the file from `windowAt` on. */
  private window: Uint8Array = new Uint8Array(0);
  private windowAt = 0;

  constructor(folder: string, part: IndexPart, number: number, digester: Digester) {
    this.path = `${folder}/${part.name}`;
    this.digester = digester;
    this.file = reading(this.path, () => openSync(this.path, 'r'));
    const { size } = reading(this.path, () => fstatSync(this.file));
    if (size !== part.bytes)
      throw damaged(this.path, `it has ${size} bytes where the manifest says ${part.bytes}: cut short, or not its own`);
    const head = this.read(0, HEAD_BYTES);
    if (Buffer.from(head.subarray(0, 8)).toString('latin1') !== MAGIC)
      throw damaged(this.path, 'it is no column of an index');
    const words = new DataView(head.buffer, head.byteOffset);
    if (words.getUint32(8, true) !== VERSION || words.getUint32(12, true) !== number)
      throw damaged(this.path, 'it is another column than its name says, or of another version');
    const tail = Buffer.from(this.read(size - TAIL_BYTES, TAIL_BYTES));
    this.directoryAt = Number(tail.readBigUInt64LE(0));
    const length = size - TAIL_BYTES - this.directoryAt;
    if (this.directoryAt < HEAD_BYTES || length < 0 || length % DIRECTORY_BYTES !== 0)
      throw damaged(this.path, 'its directory is not where it should be');
    const directory = this.read(this.directoryAt, length);
    const stored = tail.readBigUInt64LE(8).toString(16).padStart(16, '0');
    if (this.digestOf(directory) !== part.xxh64 || stored !== part.xxh64)
      throw damaged(this.path, 'its directory does not fit its digest');
    this.directory = new Uint32Array(directory.buffer, 0, length / 4);
    this.blocks = length / DIRECTORY_BYTES;
    this.checkEnds();
  }

  /** The block's code, valid until the next call. */
  block(number: number): Uint8Array {
    const from = number === 0 ? HEAD_BYTES : this.end(number - 1);
    const code = this.bytesAt(from, this.end(number) - from);
    const [low, high] = this.directory.subarray(6 * number + 4, 6 * number + 6);
    if (this.digestOf(code) !== hex(high) + hex(low))
      throw damaged(this.path, `block ${number} of ${this.blocks} does not fit its digest`);
    return code;
  }

  /** Bytes of the longest block. */
  length(number: number): number {
    return this.end(number) - (number === 0 ? HEAD_BYTES : this.end(number - 1));
  }

  firstKeyLow(number: number): number {
    return this.directory[6 * number + 2];
  }

  firstKeyHigh(number: number): number {
    return this.directory[6 * number + 3];
  }

  close(): void {
    closeSync(this.file);
  }

  private end(number: number): number {
    return this.directory[6 * number] + this.directory[6 * number + 1] * 2 ** 32;
  }

  private checkEnds(): void {
    let before = HEAD_BYTES;
    for (let i = 0; i < this.blocks; i++) {
      if (this.end(i) < before || this.end(i) > this.directoryAt)
        throw damaged(this.path, 'its directory is out of order');
      before = this.end(i);
    }
    if (before !== this.directoryAt) throw damaged(this.path, 'its directory leaves bytes out');
  }

  private bytesAt(from: number, length: number): Uint8Array {
    const inWindow = from >= this.windowAt && from + length <= this.windowAt + this.window.length;
    if (!inWindow) {
      // Behind what was read last the next blocks are likely wanted too; elsewhere this one alone.
      const follows = from >= this.windowAt && from <= this.windowAt + this.window.length;
      const ahead = follows ? READ_AHEAD_BYTES : 0;
      const size = Math.min(Math.max(length, ahead), this.directoryAt - from);
      this.window = this.read(from, size);
      this.windowAt = from;
    }
    return this.window.subarray(from - this.windowAt, from - this.windowAt + length);
  }

  private read(from: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, length));
    let at = 0;
    while (at < bytes.length) {
      const count = reading(this.path, () => readSync(this.file, bytes, at, bytes.length - at, from + at));
      if (count === 0) throw damaged(this.path, 'it is cut short');
      at += count;
    }
    return bytes;
  }

  private digestOf(bytes: Uint8Array): string {
    const digest = this.digester();
    digest.update(bytes);
    return digest.hex();
  }
}

function hex(half: number): string {
  return half.toString(16).padStart(8, '0');
}

/** What an index that is not as it was written says. */
export function damaged(path: string, what: string): HeldoutError {
  return new HeldoutError('index', `${path}: the index is damaged: ${what}. Fetch it again, or build it again.`);
}

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new HeldoutError('index', `${path}: a part of the index cannot be read: ${messageOf(cause)}.`, { cause });
  }
}
