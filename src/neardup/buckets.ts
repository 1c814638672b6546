import type { Scratch, ScratchFile } from './scratch.js';

/** Buckets that entries are dealt into: of keys one for each value of the highest byte, of records ranges of as many. */
export const BUCKETS = 256;

/** Share of the memory that lists of which there are several take, unless told otherwise. */
const LIST_SHARE = 1 / 64;
/** Share of it that what is read of a bucket at a time may take: sorting takes about as much again. */
const PIECE_SHARE = 1 / 16;
const LEAST_PIECE_BYTES = 256;
/** Entries a bucket has room for in memory, however little there is. */
const LEAST_CHUNK = 16;

/** How the entries of a bucket can be told apart: by a word whose values lie in [from, to), in steps of `unit`. */
export interface Spread {
  readonly word: number;
  readonly from: number;
  readonly to: number;
  readonly unit: number;
}

/**
 * Entries of up to five 32-bit words, dealt into buckets that are read back one at a time, each in the order it was filled.
 * Every bucket has room for one chunk in memory, and a full chunk goes to the scratch folder: so the memory is the same
 * whatever the number of entries.
 */
export class Buckets {
  private readonly words: number;
  private readonly chunkWords: number;
  private readonly scratch: Scratch;
  private readonly file: ScratchFile;
  /** A chunk a bucket, filled up to `ends`. */
  private room: Uint32Array;
  private readonly ends: Uint32Array;
  /** Which chunks of the file are a bucket's. */
  private readonly stored: number[][];
  /** Room for a piece that is read, kept: garbage of this size would not be collected in time. */
  private loaded = new Uint32Array(0);

  constructor(scratch: Scratch, words: number, share = LIST_SHARE) {
    this.words = words;
    this.scratch = scratch;
    this.file = scratch.file();
    const entries = Math.floor((scratch.memoryBytes * share) / (BUCKETS * words * 4));
    this.chunkWords = Math.max(LEAST_CHUNK, entries) * words;
    this.room = new Uint32Array(BUCKETS * this.chunkWords);
    this.ends = Uint32Array.from({ length: BUCKETS }, (_, number) => number * this.chunkWords);
    this.stored = Array.from({ length: BUCKETS }, () => []);
  }

  /** As many words as an entry has; the others are left out. */
  add(number: number, a: number, b: number, c = 0, d = 0, e = 0): void {
    const { room, words } = this;
    const end = this.ends[number];
    room[end] = a;
    room[end + 1] = b;
    if (words > 2) room[end + 2] = c;
    if (words > 3) room[end + 3] = d;
    if (words > 4) room[end + 4] = e;
    this.ends[number] = end + words;
    if (end + words === (number + 1) * this.chunkWords) this.store(number);
  }

  /** All entries of a bucket, one behind another, in pieces that fit into memory. Each is a view, which ends with the next one. */
  *pieces(number: number, spread: Spread): Generator<Uint32Array> {
    const { word, from, to, unit } = spread;
    const words = this.stored[number].length * this.chunkWords + this.open(number).length;
    const most = Math.max(LEAST_PIECE_BYTES, this.scratch.memoryBytes * PIECE_SHARE);
    if (words * 4 <= most || to - from <= unit) {
      yield this.whole(number, words);
      return;
    }
    const width = Math.max(unit, Math.ceil((to - from) / BUCKETS));
    const finer = new Buckets(this.scratch, this.words);
    for (const some of this.stretches(number))
      for (let i = 0; i < some.length; i += this.words)
        finer.add(
          Math.floor((some[i + word] - from) / width),
          some[i],
          some[i + 1],
          some[i + 2],
          some[i + 3],
          some[i + 4],
        );
    for (let part = 0; part < BUCKETS; part++)
      yield* finer.pieces(part, { ...spread, from: from + part * width, to: from + (part + 1) * width });
    finer.close();
  }

  /** The same, however they come: a chunk at a time. */
  *stretches(number: number): Generator<Uint32Array> {
    const chunk = new Uint32Array(this.stored[number].length > 0 ? this.chunkWords : 0);
    for (const position of this.stored[number]) {
      this.file.read(bytesOf(chunk), position * this.chunkWords * 4);
      yield chunk;
    }
    yield this.open(number);
  }

  /** Lets go of everything: nothing can be added or read any more. */
  close(): void {
    this.file.discard();
    this.room = new Uint32Array(0);
    this.loaded = new Uint32Array(0);
    this.stored.length = 0;
  }

  private whole(number: number, words: number): Uint32Array {
    if (this.loaded.length < words) this.loaded = new Uint32Array(Math.ceil(words * 1.1));
    const all = this.loaded.subarray(0, words);
    let at = 0;
    for (const position of this.stored[number]) {
      this.file.read(bytesOf(all.subarray(at, at + this.chunkWords)), position * this.chunkWords * 4);
      at += this.chunkWords;
    }
    all.set(this.open(number), at);
    return all;
  }

  private open(number: number): Uint32Array {
    return this.room.subarray(number * this.chunkWords, this.ends[number]);
  }

  private store(number: number): void {
    const position = this.file.append(bytesOf(this.open(number)));
    this.stored[number].push(position / (this.chunkWords * 4));
    this.ends[number] = number * this.chunkWords;
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** Records by number, in ranges that follow each other: a bucket each. */
export class Ranges {
  /** Records a range has. */
  readonly width: number;

  constructor(records: number) {
    this.width = Math.max(1, Math.ceil(records / BUCKETS));
  }

  of(record: number): number {
    return Math.floor(record / this.width);
  }

  /** Entries of a range that begin with the record. */
  spread(range: number): Spread {
    return { word: 0, from: range * this.width, to: (range + 1) * this.width, unit: 1 };
  }
}
