/** Where a scan stands; sent a few times a second. */
export interface Progress {
  /** `write`: an index is put together. */
  readonly phase: 'benchmarks' | 'corpus' | 'judge' | 'write';
  /** Bytes on disk read so far, of `bytesTotal` (0: not known, standard input). */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly documents: number;
  /** (item, document) pairs of at least `suspect` so far. */
  readonly hits: number;
}
