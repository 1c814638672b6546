/** How records are laid out in a file, told by content (see read/sniff.ts). */
export type Container = 'jsonl' | 'json' | 'csv' | 'tsv' | 'parquet' | 'text';

export type Compression = 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz';

/** One input file, as it was understood before anything was read in earnest. */
export interface InputFile {
  /** As the user would name it: relative to where the command runs, `-` for standard input. */
  readonly path: string;
  /** Bytes on disk; 0 for standard input that is read as it comes. */
  readonly bytes: number;
  readonly container: Container;
  readonly compression: Compression;
  /** Where its bytes are, if not at `path`: standard input that must be read twice was kept there. */
  readonly keptAt?: string;
}

/**
 * Where a document's text is inside its record: key paths, `*` for every element of an array.
 * `[['text']]`, `[['messages','*','content']]`, `[['instruction'],['input'],['output']]`.
 * The text is every string at any of these paths, in the order they stand in the record, joined by a newline.
 */
export type TextPaths = readonly (readonly string[])[];

/** Fields of a corpus file that could hold a question and are not part of its text, in the records looked at beforehand. */
export interface NotRead {
  /** Records looked at: the file's first. */
  readonly sampled: number;
  /** Most characters first. */
  readonly fields: readonly NotReadField[];
  /**
   * … and others that only later records have text at, counted in the whole file. Absent where there are none, and where the user
   * has not named the fields to read: then such a record is read whole.
   */
  readonly later?: readonly NotReadField[];
}

export interface NotReadField {
  /** Dotted, as --text-field takes it. */
  readonly field: string;
  /** Records, sampled or later ones, that have eight or more words there (or their like in scripts without spaces). */
  readonly records: number;
  /** In UTF-16 units, of all these records. */
  readonly characters: number;
}

/** What was left out or repaired, and why. */
export type SkipReason =
  | 'unreadable-file' // cannot be opened; the whole file is missing from the result
  | 'corrupt-file' // damaged or cut short part-way; what came before was scanned
  | 'broken-record' // not valid JSON, a CSV row with the wrong number of columns, …
  | 'record-too-long' // over the limit
  | 'no-text' // a record without any of the text fields
  | 'no-split' // a record to compare that does not say which split it belongs to
  | 'other-field' // no word in the file's text fields, or text elsewhere too; read from others of the record: counted, not left out
  | 'not-utf8' // scanned with replacement characters: counted, not left out
  | 'not-text' // most of a record is not UTF-8: what is text was scanned, but it does not count as read
  | 'empty-file'
  | 'hidden-file' // a file or folder whose name begins with a dot, below a folder or glob: not read
  | 'duplicate-id' // a benchmark item whose id was seen before: renamed, not left out
  | 'no-question'; // a benchmark record without a usable part

export interface Skip {
  readonly reason: SkipReason;
  readonly file: string;
  /** 1-based record number; 0 when the whole file is meant. */
  readonly record: number;
  readonly detail: string;
}

/** Receives what is skipped, as it happens. */
export type OnSkip = (skip: Skip) => void;
