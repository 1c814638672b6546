/** Where a scan stands; sent a few times a second. */
export interface Progress {
  readonly phase: 'benchmarks' | 'corpus' | 'judge';
  /** Bytes on disk read so far, of `bytesTotal` (0: not known, standard input). */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly documents: number;
  /** (item, document) pairs of at least `suspect` so far. */
  readonly hits: number;
}
