import type { Benchmark } from './benchmark.js';
import type { InputFile, NotRead, Skip, TextPaths } from './input.js';
import type { Progress } from './progress.js';
import type { Settings } from './settings.js';

/** What a scan is asked to do. */
export interface ScanRequest {
  /** Files, folders or globs. */
  readonly benchmarks: readonly string[];
  readonly against: readonly string[];
  readonly settings: Settings;
  readonly workers: number;
  /** Where the files of an index are now; its paths are taken from here. Undefined: from the current folder. */
  readonly corpusRoot?: string;
  /** Aborting keeps what was found; the result is then `partial`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** How a corpus file will be read. */
export interface FilePlan {
  readonly file: InputFile;
  readonly textPaths: TextPaths;
  /** Usual text fields that the records looked at do not have: read as well, should later ones have them. Absent: none. */
  readonly latePaths?: TextPaths | undefined;
  /**
   * The fields that `notRead` names. A record with text at a place that is neither read nor named is read whole (or counted, in
   * NotRead.later, where the user has named the fields to read). Absent where the file has no fields.
   */
  readonly told?: readonly string[] | undefined;
  /** Absent where all that could hold a question is read. */
  readonly notRead?: NotRead;
}

/** What a scan would read, and how it understood it: the answer to `--dry-run`. */
export interface ScanPlan {
  readonly benchmarks: readonly Benchmark[];
  readonly corpus: readonly FilePlan[];
  /** Seen while planning: unreadable files, broken benchmark records, … */
  readonly skips: readonly Skip[];
}
