import type { Scratch } from './scratch.js';
import { WordsList } from './words-list.js';

/** A record by its number: where it is. Records are numbered in the order they are read. */
export interface RecordPlace {
  readonly file: number;
  /** 1-based, in its file. */
  readonly record: number;
  readonly offset: number;
  /** Bytes of its line; 0 where records are not lines, or it is not known. */
  readonly bytes: number;
}

const WORDS = 5;

/** Every record read. A byte a record is in memory (its set), the rest on disk. */
export class RecordTable {
  private readonly places: WordsList;
  private sets = new Uint8Array(1 << 16);

  constructor(scratch: Scratch) {
    this.places = new WordsList(scratch, WORDS);
  }

  get length(): number {
    return this.places.length;
  }

  /** Returns the record's number. */
  append({ file, record, offset, bytes }: RecordPlace, set: number): number {
    const number = this.length;
    // −1, where there is no offset, comes back as itself.
    this.places.append([file, record, offset >>> 0, Math.floor(offset / 2 ** 32) >>> 0, bytes]);
    if (number === this.sets.length) {
      const wider = new Uint8Array(2 * number);
      wider.set(this.sets);
      this.sets = wider;
    }
    this.sets[number] = set;
    return number;
  }

  setOf(record: number): number {
    return this.sets[record];
  }

  place(number: number): RecordPlace {
    const [file, record, low, high, bytes] = this.places.at(number);
    return { file, record, offset: (high | 0) * 2 ** 32 + low, bytes };
  }
}

/** A bit a record. */
export class Bits {
  private readonly words: Uint32Array;

  constructor(length: number) {
    this.words = new Uint32Array(Math.ceil(length / 32));
  }

  set(i: number): void {
    this.words[i >>> 5] |= 1 << (i & 31);
  }

  has(i: number): boolean {
    return (this.words[i >>> 5] & (1 << (i & 31))) !== 0;
  }

  /** How many are set. */
  get size(): number {
    let size = 0;
    for (let word of this.words) for (; word !== 0; word &= word - 1) size++;
    return size;
  }
}
