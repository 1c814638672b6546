import { statSync } from 'node:fs';
import type { IndexedFile } from '../model/index-manifest.js';

/** The source files of an index, in its order, and where they are now. */
export interface SourceFiles {
  readonly files: readonly IndexedFile[];
  /** The number of each file's first block. */
  readonly firstBlocks: readonly number[];
  readonly firstRecords: Uint32Array;
  /** Path of each now; undefined where it is not there. */
  readonly paths: readonly (string | undefined)[];
  /** Whether each has as many bytes as when it was indexed. */
  readonly sameSize: readonly boolean[];
}

export function sourceFiles(
  files: readonly IndexedFile[],
  firstRecords: Uint32Array,
  resolve: (path: string) => string,
): SourceFiles {
  let blocks = 0;
  const firstBlocks = files.map((file) => (blocks += file.blocks) - file.blocks);
  const stats = files.map((file) => statSync(resolve(file.path), { throwIfNoEntry: false }));
  return {
    files,
    firstBlocks,
    firstRecords,
    paths: files.map((file, i) => (stats[i]?.isFile() ? resolve(file.path) : undefined)),
    sameSize: files.map((file, i) => stats[i]?.size === file.bytes),
  };
}

/** The file that a block is of. */
export function fileOfBlock({ firstBlocks }: SourceFiles, block: number): number {
  let low = 0;
  let high = firstBlocks.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (firstBlocks[middle] <= block) low = middle;
    else high = middle;
  }
  // Files without a block share their number with the next.
  return low;
}
