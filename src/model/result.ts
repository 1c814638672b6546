import type { IndexCertificate } from './certificate.js';
import type { FieldMap, PartName } from './benchmark.js';
import type { Compression, Container, NotRead, Skip, SkipReason, TextPaths } from './input.js';
import type { Match, MatchedPart } from './match.js';
import type { NearRecords, NearRecordSummary } from './near-record.js';
import type { Redaction } from './redaction.js';
import type { Settings } from './settings.js';
import type { Verdict, VerdictCounts } from './verdict.js';

/** One line of items.jsonl. */
export interface ItemResult {
  readonly benchmark: string;
  readonly item: string;
  readonly file: string;
  readonly record: number;
  readonly verdict: Verdict;
  /** Why it is `unchecked`, or why a strong match was judged less (boilerplate, …); empty otherwise. */
  readonly reason: string;
  /** The best match's; absent without a match. */
  readonly part?: MatchedPart;
  readonly coverage: number;
  readonly evidence: number;
  /** Documents with a match of at least `suspect`. */
  readonly documents: number;
  /** Verdict of each part the item has. */
  readonly parts: Readonly<Partial<Record<PartName, Verdict>>>;
  /** Whole records like it; only where an index was scanned that keeps records. */
  readonly nearRecords?: NearRecords;
  readonly bestMatch?: { readonly file: string; readonly record: number; readonly id: string };
}

/** One input file after it was read. */
export interface FileResult {
  readonly path: string;
  readonly container: Container;
  readonly compression: Compression;
  readonly bytes: number;
  /** Records read, skipped ones included. */
  readonly records: number;
  /** Records left out (see SkipReason). */
  readonly skipped: number;
  /** xxh64 of the file's bytes on disk, 16 hex digits; empty where the file could not be read to its end. */
  readonly xxh64: string;
  readonly textPaths?: TextPaths;
  readonly notRead?: NotRead;
}

export interface BenchmarkResult {
  readonly name: string;
  readonly files: readonly FileResult[];
  readonly fields: FieldMap;
  readonly items: number;
  readonly counts: VerdictCounts;
  /** Contaminated items by the part found. */
  readonly byPart: Readonly<Partial<Record<MatchedPart, number>>>;
  /** Share of checked items that are contaminated, with its 95 % Wilson interval. */
  readonly rate: { readonly value: number; readonly low: number; readonly high: number };
}

export interface SkipSummary {
  readonly reason: SkipReason;
  readonly count: number;
  /** The first few, by file and record. */
  readonly examples: readonly Skip[];
}

/** Everything a scan found. `items` and `matches` are in canonical order: the same bytes for any number of workers. */
export interface ScanResult {
  readonly settings: Settings;
  readonly benchmarks: readonly BenchmarkResult[];
  readonly corpus: readonly FileResult[];
  readonly items: readonly ItemResult[];
  readonly matches: readonly Match[];
  readonly skips: readonly SkipSummary[];
  readonly totals: {
    readonly documents: number;
    readonly skippedDocuments: number;
    readonly unreadableFiles: number;
    /** Decompressed bytes scanned. */
    readonly textBytes: number;
  };
  /** Where an index was scanned in place of its corpus. */
  readonly certificate?: IndexCertificate;
  /** Where the index that was scanned keeps records. */
  readonly nearRecords?: NearRecordSummary;
  /** True when the run was interrupted or limited: what is reported is true, what is absent says nothing. */
  readonly partial: boolean;
  /** Present where every text was taken out of the result (report/redact.ts). */
  readonly redaction?: Redaction;
}
