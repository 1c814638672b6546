import type { Progress } from './progress.js';
import type { RedactedText, Redaction } from './redaction.js';
import type { FileResult, SkipSummary } from './result.js';
import type { Shingle, SketchScheme } from './sketch.js';

/**
 * How two records are the same: their text to the character; their words, whatever the case, punctuation or markup; or
 * most of their shingles.
 */
export type DuplicateKind = 'exact' | 'normalised' | 'near';

/** Strongest first. */
export const KINDS: readonly DuplicateKind[] = ['exact', 'normalised', 'near'];

/** Everything that can change a comparison's result. How much memory and which scratch folder it takes is not in here. */
export interface CompareSettings {
  readonly profile: 1;
  /** The method's; whatever is asked for. */
  readonly sketchProfile: SketchScheme['profile'];
  readonly method: SketchScheme['method'];
  readonly bins: number;
  readonly shingle: Shingle;
  /** Least Jaccard similarity of near-duplicates. */
  readonly threshold: number;
  /** Duplicates inside one set are asked for, instead of those between sets. */
  readonly within: boolean;
  /** Field that says which split a record belongs to, dotted; empty where each input is a set of its own. */
  readonly splitColumn: string;
  /** Names of sets, the one to keep first: of a pair across sets the record of the other set is to be dropped. */
  readonly keep: readonly string[];
  readonly textFields: readonly string[];
  readonly idField: string;
  readonly maxRecordBytes: number;
  readonly limit: number;
  readonly maxSkippedRate: number;
  /** Duplicate records that are still a pass. */
  readonly maxDuplicates: number;
}

export const DEFAULT_COMPARE: CompareSettings = {
  profile: 1,
  sketchProfile: 1,
  method: 'one-permutation',
  bins: 128,
  shingle: { unit: 'words', size: 3 },
  threshold: 0.8,
  within: false,
  splitColumn: '',
  keep: [],
  textFields: [],
  idField: 'id',
  maxRecordBytes: 256 * 1024 * 1024,
  limit: 0,
  maxSkippedRate: 0.001,
  maxDuplicates: 0,
};

/** A set to compare: files, folders or globs under one name. */
export interface NamedPaths {
  readonly name: string;
  readonly paths: readonly string[];
}

export interface CompareRequest {
  readonly sets: readonly NamedPaths[];
  readonly settings: CompareSettings;
  /** What may be held in memory before it goes to the scratch folder; about as much again is used besides. */
  readonly memoryBytes: number;
  /** Folder for what does not fit; the system's own for temporary files unless given. */
  readonly scratch?: string;
  /** Told at the start what takes the scratch folder away: for a program that is left before the result can be closed. */
  readonly onScratch?: (remove: () => void) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Where a compared record is. */
export interface Place {
  readonly set: string;
  readonly id: string;
  readonly file: string;
  /** 1-based. */
  readonly record: number;
  /** Bytes into the decompressed file; −1 where the container has no such thing. */
  readonly offset: number;
}

export interface PlacedText extends Place {
  /** Whether the record should go, for no pair to be left. */
  readonly drop: boolean;
  /** The beginning of it, where it is long; empty where it was redacted. */
  readonly text: string;
  readonly textIsCut: boolean;
  /** What stands for the text where a report must not hold it: of `text` as it would have been shown. */
  readonly redacted?: RedactedText;
}

/**
 * Two records that are the same: near ones share most of their shingles, counted exactly. Of many that have the same text or
 * words there are not all pairs, but one for each record, with its closest.
 */
export interface Pair {
  readonly kind: DuplicateKind;
  /** Both are of it. */
  readonly cluster: number;
  /** 1 where they are exact or normalised. */
  readonly jaccard: number;
  /** Share of the left record's shingles that the right one has, and the other way. */
  readonly leftInRight: number;
  readonly rightInLeft: number;
  readonly left: PlacedText;
  readonly right: PlacedText;
}

/** A record that has a duplicate: in another set, or in its own where that was asked. */
export interface DuplicateRecord extends Place {
  /** 1-based, in order of the first record. */
  readonly cluster: number;
  readonly kind: DuplicateKind;
  /** 1 where it is exact or normalised. */
  readonly jaccard: number;
  /** The closest one. */
  readonly like: Place;
  /** The one of its cluster that stays. */
  readonly representative: boolean;
  /** Whether it should go, for no pair to be left. */
  readonly drop: boolean;
}

export interface ClusterSummary {
  readonly cluster: number;
  readonly records: number;
  readonly representative: Place;
}

export type KindCounts = Readonly<Record<DuplicateKind, number>>;

export interface SetResult {
  readonly name: string;
  readonly files: readonly number[];
  /** Records that were read and have text. */
  readonly records: number;
  /** Without a single word: compared with nothing. */
  readonly wordless: number;
  /** Of one shingle: near can only mean the same. */
  readonly short: number;
  /** Distinct grams of eight tokens, estimated where they were sampled. */
  readonly grams: number;
}

/** How much of one dataset's wording another holds: distinct grams of eight tokens. */
export interface Containment {
  readonly value: number;
  readonly standardError: number;
  /** 95 % Wilson interval; as narrow as the value itself where every gram was counted. */
  readonly low: number;
  readonly high: number;
  /** Grams of the first set that were looked at, all of them where `share` is 1. */
  readonly sampled: number;
  readonly share: number;
}

/** Records of one set that have a duplicate in another (in itself, for `within`). */
export interface Overlap {
  readonly of: string;
  readonly in: string;
  readonly compared: number;
  readonly records: number;
  readonly byKind: KindCounts;
  readonly rate: { readonly value: number; readonly low: number; readonly high: number };
  /** Absent for `within`. */
  readonly containment?: Containment;
}

/** Everything a comparison found; records and pairs are read from the scratch folder as they are asked for. */
export interface CompareResult {
  readonly settings: CompareSettings;
  readonly sets: readonly SetResult[];
  readonly files: readonly FileResult[];
  readonly overlaps: readonly Overlap[];
  readonly totals: {
    readonly records: number;
    readonly skippedRecords: number;
    readonly unreadableFiles: number;
    readonly textBytes: number;
    readonly candidates: number;
    /** Near ones. */
    readonly pairs: number;
    readonly duplicates: number;
    /** Those, by the strongest way each is the same as another. */
    readonly byKind: KindCounts;
    readonly drop: number;
    readonly clusters: number;
    readonly largestCluster: number;
    /** Buckets too large for all their pairs to be looked at. */
    readonly largeBuckets: number;
  };
  readonly bands: { readonly bands: number; readonly rows: number; readonly recall: number };
  readonly skips: readonly SkipSummary[];
  readonly partial: boolean;
  /** Present where the texts were taken out. */
  readonly redaction?: Redaction;
  /** In the order of the input. */
  duplicates(): Iterable<DuplicateRecord>;
  clusters(): Iterable<ClusterSummary>;
  /** Near ones first, then those of the same words. */
  pairs(): Iterable<Pair>;
  /** Removes the scratch folder. */
  close(): void;
}

/** Indexes compared with each other, or with text: wording alone, for an index has no records to be told apart. */
export interface IndexComparison {
  readonly sets: readonly {
    readonly kind: 'index' | 'text';
    readonly name: string;
    /** Of an index; of a text the files that were named. */
    readonly folder: string;
    /** The index's own; empty of a text. */
    readonly id: string;
    readonly records: number;
    /** Records and files that are missing from it. */
    readonly skipped: number;
    readonly unread: number;
    readonly keyBits: number;
    /** Distinct grams, estimated where they are a sample. */
    readonly grams: number;
  }[];
  readonly overlaps: readonly {
    readonly of: string;
    readonly in: string;
    readonly containment: Containment;
    /** What shortened keys alone may add to it. */
    readonly chance: number;
  }[];
}
