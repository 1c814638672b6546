/** Where a document came from. */
export interface Origin {
  readonly file: string;
  /** 1-based: the line of a JSONL file, the row of a table, the element of a JSON array; 1 for a text file. */
  readonly record: number;
  /** Where the record starts in the decompressed file, in bytes; −1 where the container has no such thing (Parquet). */
  readonly offset: number;
  /** The record's own id, or `file#record`. */
  readonly id: string;
}

/** One record of any container, parsed. */
export interface RawRecord {
  readonly record: number;
  readonly offset: number;
  /** An object for keyed containers, a string for text files. BigInt never occurs: readers turn it into a number or string. */
  readonly value: unknown;
}

/** One record's text, from a container whose bytes the core does not read itself. */
export interface TextRecord {
  readonly record: number;
  readonly offset: number;
  readonly text: string;
  readonly id: string | undefined;
}
