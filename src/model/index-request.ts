import type { IndexManifest } from './index-manifest.js';
import type { Progress } from './progress.js';
import type { Settings } from './settings.js';

/** What building an index is asked to do. */
export interface BuildRequest {
  /** Files, folders or globs; not standard input, which could not be read again. */
  readonly corpus: readonly string[];
  /** Folder that the index becomes; must not be there yet. */
  readonly out: string;
  /** Of these `textFields`, `idField`, `maxRecordBytes` and `profile` matter. */
  readonly settings: Settings;
  /** Words in a row that are found for certain, 8 to 71. */
  readonly guarantee: number;
  /** Name of the corpus, by which hits are told apart once several are merged. */
  readonly source: string;
  /** Blocks kept for a fingerprint, to read and confirm hits; 0 leaves them out. */
  readonly locationsPerKey: number;
  /** Chance that a look-up of a gram that is not there says it is; undefined keeps all 64 bits of every key. */
  readonly epsilon?: number;
  /** Whether signatures of whole records are kept, by which near-duplicates are found (FORMAT.md); absent: no. */
  readonly records?: boolean;
  /** Whether names of files, and examples of what was skipped, are left out too. */
  readonly publish?: boolean;
  /** Memory to use, in bytes: at least 256 MB. */
  readonly memoryBytes: number;
  readonly workers: number;
  /** Whether to go on with what a stopped or killed run has left. */
  readonly resume: boolean;
  /** Aborting keeps what is done for `resume`; the build then rejects with `interrupted`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Told what a person should know: that a build goes on, or begins anew. */
  readonly onNotice?: (text: string) => void;
}

/** What merging indexes is asked to do. */
export interface MergeRequest {
  readonly indexes: readonly string[];
  readonly out: string;
  readonly memoryBytes: number;
  /** Whether blocks are kept, where all of the indexes have them. */
  readonly locations: boolean;
  /** Whether signatures of records are kept, where all of the indexes have them; absent: yes. */
  readonly records?: boolean;
  /** As in BuildRequest. */
  readonly epsilon?: number;
  readonly publish?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNotice?: (text: string) => void;
}

export interface BuiltIndex {
  readonly path: string;
  readonly manifest: IndexManifest;
  /** Bytes of all its files. */
  readonly bytes: number;
}

/** Blocks kept for a fingerprint unless told otherwise: enough to see that a passage is common (judge/thresholds.ts, COMMON) twice over. */
export const LOCATIONS_PER_KEY = 8;
export const DEFAULT_GUARANTEE = 13;
export const DEFAULT_MEMORY_BYTES = 1024 ** 3;
export const DEFAULT_SOURCE = 'corpus';
