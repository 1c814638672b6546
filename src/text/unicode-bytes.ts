import type { UnicodeTable } from './unicode.js';

/** Lengths of the three arrays, u32 each; then the arrays. */
const HEAD = 3;

/**
 * A table as the build keeps it beside `unicode.txt`, for programs to read at their start: parsing the text takes as long as
 * indexing five megabytes of corpus. Numbers are little-endian, as the core's are.
 */
export function unicodeBytes({ blockIndex, blocks, expansions }: UnicodeTable): Uint8Array {
  const indexBytes = (blockIndex.byteLength + 3) & ~3;
  const bytes = new Uint8Array(4 * HEAD + indexBytes + blocks.byteLength + expansions.byteLength);
  new Uint32Array(bytes.buffer, 0, HEAD).set([blockIndex.length, blocks.length, expansions.length]);
  new Uint16Array(bytes.buffer, 4 * HEAD, blockIndex.length).set(blockIndex);
  new Uint32Array(bytes.buffer, 4 * HEAD + indexBytes, blocks.length).set(blocks);
  new Uint32Array(bytes.buffer, 4 * HEAD + indexBytes + blocks.byteLength).set(expansions);
  return bytes;
}

/** What `unicodeBytes` made a table into. */
export function unicodeOf(bytes: Uint8Array): UnicodeTable {
  // A file's bytes may begin anywhere in their buffer, words may not.
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const [indexLength, blocksLength, expansionsLength] = new Uint32Array(buffer, byteOffset, HEAD);
  const indexAt = byteOffset + 4 * HEAD;
  const blocksAt = indexAt + ((2 * indexLength + 3) & ~3);
  const expansionsAt = blocksAt + 4 * blocksLength;
  return {
    blockIndex: new Uint16Array(buffer, indexAt, indexLength),
    blocks: new Uint32Array(buffer, blocksAt, blocksLength),
    expansions: new Uint32Array(buffer, expansionsAt, expansionsLength),
  };
}
