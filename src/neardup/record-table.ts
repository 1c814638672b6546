import type { Scratch } from './scratch.js';
import { WordsList } from './words-list.js';

/** A record by its number: where it is. Records are numbered in the order they are read. */
export interface RecordPlace {
  readonly file: number;
  /** 1-based, in its file. */
  readonly record: number;
  /** Of several records in one line, which: 0-based. */
  readonly inLine: number;
  readonly offset: number;
  /** Bytes of its line; 0 where records are not lines, or it is not known. */
  readonly bytes: number;
}

/** {set and file, record, offset low, offset high, bytes, which in its line} */
const WORDS = 6;
/** Bits of the first word that are the file's number; the set's is above them. */
const FILE_BITS = 24;

/** Every record read, on disk. */
export class RecordTable {
  private readonly places: WordsList;

  constructor(scratch: Scratch) {
    this.places = new WordsList(scratch, WORDS);
  }

  get length(): number {
    return this.places.length;
  }

  /** Returns the record's number. */
  append({ file, record, inLine, offset, bytes }: RecordPlace, set: number): number {
    // −1, where there is no offset, comes back as itself.
    const high = Math.floor(offset / 2 ** 32);
    this.places.append((set << FILE_BITS) | file, record, offset >>> 0, high >>> 0, bytes, inLine);
    return this.length - 1;
  }

  setOf(number: number): number {
    return this.places.at(number)[0] >>> FILE_BITS;
  }

  place(number: number): RecordPlace {
    const [own, record, low, high, bytes, inLine] = this.places.at(number);
    return { file: own & (2 ** FILE_BITS - 1), record, inLine, offset: (high | 0) * 2 ** 32 + low, bytes };
  }
}
