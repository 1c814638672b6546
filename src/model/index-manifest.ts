import type { SkipReason, TextPaths } from './input.js';
import type { FileResult } from './result.js';
import type { Shingle } from './sketch.js';

/** How many tokens in a row are found for certain, and by which grams and windows. */
export interface Fingerprints {
  /** A shared run of so many words is always found: gram + window − 1. */
  readonly words: { readonly gram: number; readonly window: number; readonly guarantee: number };
  /** … of so many tokens where code points of scripts without spaces are among them. */
  readonly singles: { readonly gram: number; readonly window: number; readonly guarantee: number };
  /** Every hash below 2⁶⁴ ÷ this is a fingerprint too. */
  readonly sketch: number;
}

/** One input file of an index. Files stand in the order of their digests, whatever order they were given in. */
export interface IndexedFile extends FileResult {
  /** Usual text fields that its first records have and that were not read (read/reading.ts); absent: none. */
  readonly passedOver?: TextPaths;
  /** Only where some of the index's files were read by named text fields: this one was not, so its text may be anywhere. */
  readonly anywhere?: true;
  /** The name of the corpus that it belongs to. */
  readonly source: string;
  readonly textBytes: number;
  readonly tokens: number;
  /** Blocks of 64 KB that its records begin in. */
  readonly blocks: number;
  /** Records of it that have a signature; absent in an index that keeps none. */
  readonly signed?: number;
  readonly skips: readonly {
    readonly reason: SkipReason;
    readonly count: number;
    /** The first few; record 0 is the whole file. */
    readonly examples: readonly { readonly record: number; readonly detail: string }[];
  }[];
}

/** What could not be read at all, or held nothing. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: SkipReason;
  readonly detail: string;
}

/** A file of the index: its length, and the digest of its directory, which holds those of its blocks (or of all of it). */
export interface IndexPart {
  readonly name: string;
  readonly bytes: number;
  readonly xxh64: string;
}

/** What an index keeps of its records besides, to find near-duplicates of whole records. */
export interface RecordColumns {
  /** Hash functions and the order in which empty bins are filled (model/sketch.ts). */
  readonly profile: 1;
  readonly shingle: Shingle;
  /** Values in a signature, and bits kept of each. */
  readonly bins: number;
  readonly valueBits: number;
  /** Records share a band where `rows` values in a row are equal; `bands` of them are kept, `keyBits` of each one's key. */
  readonly bands: number;
  readonly rows: number;
  readonly keyBits: number;
  /** Records that have a signature: those with a word. */
  readonly records: number;
}

/** manifest.json of an index. */
export interface IndexManifest {
  readonly format: 'heldout-index';
  /** 2 where there are `records`: what reads version 1 alone must not take it for whole. */
  readonly version: 1 | 2;
  /** The text model. */
  readonly profile: number;
  readonly fingerprints: Fingerprints;
  /** Leading bits of a hash that are kept. */
  readonly keyBits: number;
  /** Distinct fingerprints. */
  readonly keys: number;
  /** Over all keys, the documents that hold them. */
  readonly occurrences: number;
  /** Over all keys, the blocks kept for them. */
  readonly locations: number;
  /** Blocks kept for one key, at most; 0 in an index without locations. */
  readonly locationsPerKey: number;
  /** Blocks of all files. */
  readonly blocks: number;
  readonly sources: readonly string[];
  readonly settings: {
    readonly textFields: readonly string[];
    readonly idField: string;
    readonly maxRecordBytes: number;
  };
  readonly totals: {
    readonly files: number;
    readonly records: number;
    readonly skipped: number;
    readonly bytes: number;
    readonly textBytes: number;
    readonly tokens: number;
  };
  readonly unread: readonly UnreadFile[];
  readonly records?: RecordColumns;
  readonly parts: readonly IndexPart[];
  /** Of this object without this member, keys sorted, no spaces: the index's id. */
  readonly xxh64: string;
}

/** Bytes of a block of a source file: documents that begin in the same block share a location. */
export const SOURCE_BLOCK_BYTES = 65_536;
