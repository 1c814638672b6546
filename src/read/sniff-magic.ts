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

/** Formats that would pass for text though nothing in them could be found; reading them silently would hide a leak. */
const FOREIGN: readonly (readonly [name: string, start: readonly number[]])[] = [
  ['a ZIP archive', [0x50, 0x4b, 0x03, 0x04]],
  ['a 7-Zip archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['a RAR archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['LZ4-compressed data', [0x04, 0x22, 0x4d, 0x18]],
  ['compress (.Z) data', [0x1f, 0x9d]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['an Arrow file', [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31]],
  ['an Arrow stream', [0xff, 0xff, 0xff, 0xff]],
  ['an Avro file', [0x4f, 0x62, 0x6a, 0x01]],
  ['an ORC file', [0x4f, 0x52, 0x43]],
  ['an HDF5 file', [0x89, 0x48, 0x44, 0x46]],
  ['a SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a Python pickle', [0x80, 0x04, 0x95]],
  ['UTF-16 text', [0xff, 0xfe]],
  ['UTF-16 text', [0xfe, 0xff]],
];

/** What a file is that heldout does not read, or undefined. */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes.subarray(257), [0x75, 0x73, 0x74, 0x61, 0x72]) || hasTarChecksum(bytes)) return 'a tar archive';
  return FOREIGN.find(([, start]) => startsWith(bytes, start))?.[0];
}

/** The oldest tar has no magic; its header of 512 bytes holds their sum (octal, the sum's own 8 bytes taken as spaces). */
function hasTarChecksum(bytes: Uint8Array): boolean {
  if (bytes.length < 512) return false;
  const field = Buffer.from(bytes.subarray(148, 156)).toString('latin1');
  const said = /^ *([0-7]+)[ \0]/.exec(field)?.[1];
  if (said === undefined) return false;
  const sum = bytes.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  return parseInt(said, 8) === sum;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}
