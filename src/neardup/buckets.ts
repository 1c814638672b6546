import type { Scratch, ScratchFile } from './scratch.js';

/** Entries a bucket's first chunk has room for, and any other's. */
const FIRST_CHUNK = 64;
const MOST_CHUNK = 4096;

/**
 * Entries of a few 32-bit words, dealt into buckets that are read back one at a time, each in the order it was filled.
 * What is over the budget goes to the scratch folder, so that only one bucket is ever in memory whole.
 */
export class Buckets {
  readonly count: number;
  readonly words: number;
  private readonly file: ScratchFile;
  private readonly budgetBytes: number;
  private readonly buckets: Bucket[];
  /** Room for a bucket that is read, kept: garbage of this size would not be collected in time. */
  private loaded = new Uint32Array(0);
  private heldBytes = 0;
  private entries = 0;

  constructor(scratch: Scratch, count: number, words: number, budgetBytes: number) {
    this.file = scratch.file();
    this.count = count;
    this.words = words;
    this.budgetBytes = budgetBytes;
    this.buckets = Array.from({ length: count }, () => ({ extents: [], full: [], open: new Uint32Array(0), used: 0 }));
  }

  /** Entries in all buckets. */
  get length(): number {
    return this.entries;
  }

  /** As many words as an entry has; the others are left out. */
  add(number: number, a: number, b: number, c = 0, d = 0, e = 0): void {
    const bucket = this.buckets[number];
    if (bucket.used === bucket.open.length) this.extend(bucket);
    const { open, used } = bucket;
    open[used] = a;
    open[used + 1] = b;
    if (this.words > 2) open[used + 2] = c;
    if (this.words > 3) open[used + 3] = d;
    if (this.words > 4) open[used + 4] = e;
    bucket.used = used + this.words;
    this.entries++;
  }

  /** All entries of a bucket, one behind another: a view, which is another bucket's after the next call. */
  read(number: number): Uint32Array {
    const { extents, full, open, used } = this.buckets[number];
    const stored = extents.reduce((sum, { words }) => sum + words, 0);
    const held = full.reduce((sum, chunk) => sum + chunk.length, 0);
    const length = stored + held + used;
    if (this.loaded.length < length) this.loaded = new Uint32Array(length);
    const all = this.loaded.subarray(0, length);
    let at = 0;
    for (const { position, words } of extents) {
      this.file.read(bytesOf(all.subarray(at, at + words)), position);
      at += words;
    }
    for (const chunk of [...full, open.subarray(0, used)]) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  /** Lets go of what is in memory. */
  clear(): void {
    for (const bucket of this.buckets)
      Object.assign(bucket, { extents: [], full: [], open: new Uint32Array(0), used: 0 });
    this.heldBytes = 0;
    this.loaded = new Uint32Array(0);
  }

  private extend(bucket: Bucket): void {
    if (bucket.open.length > 0) bucket.full.push(bucket.open);
    const before = bucket.open.length / this.words;
    bucket.open = new Uint32Array(Math.min(MOST_CHUNK, Math.max(FIRST_CHUNK, 2 * before)) * this.words);
    bucket.used = 0;
    this.heldBytes += bucket.open.byteLength;
    if (this.heldBytes > this.budgetBytes) this.spill(bucket);
  }

  /** Everything to disk, so that buckets are few long stretches there; `keep` has just been given an empty chunk. */
  private spill(keep: Bucket): void {
    for (const bucket of this.buckets) {
      const chunks = bucket === keep ? bucket.full : [...bucket.full, bucket.open.subarray(0, bucket.used)];
      for (const chunk of chunks)
        if (chunk.length > 0) bucket.extents.push({ position: this.file.append(bytesOf(chunk)), words: chunk.length });
      bucket.full = [];
      bucket.used = 0;
    }
    this.heldBytes = this.buckets.reduce((sum, { open }) => sum + open.byteLength, 0);
  }
}

interface Bucket {
  extents: { readonly position: number; readonly words: number }[];
  full: Uint32Array[];
  open: Uint32Array;
  used: number;
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** Which of `count` buckets a number below `total` belongs to, so that buckets in order are ranges in order. */
export function rangeBuckets(total: number, count: number): (number: number) => number {
  const width = Math.max(1, Math.ceil(total / count));
  return (number) => Math.floor(number / width);
}
