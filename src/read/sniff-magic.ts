import type { Compression } from '../model/input.js';

/** Told by the first bytes, as `file` does. Zstd may also start with a skippable frame (pzstd does). */
export function compressionOf(bytes: Uint8Array): Compression {
  if (startsWith(bytes, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  if ((bytes[0] & 0xf0) === 0x50 && startsWith(bytes.subarray(1), [0x2a, 0x4d, 0x18])) return 'zstd';
  // "BZh", level, then the mark of a block or of the end: "BZh1" alone may begin a text.
  if (startsWith(bytes, [0x42, 0x5a, 0x68]) && (bytes[4] === 0x31 || bytes[4] === 0x17)) return 'bzip2';
  if (startsWith(bytes, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])) return 'xz';
  return 'none';
}

export function isParquet(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x41, 0x52, 0x31]);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}
