/** How a field's characters are written down. */
export type Writing = 'plain' | 'json' | 'csv';

const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const LETTER_U = 0x75;

/**
 * Where UTF-16 offsets of a field's text stand in its bytes [start, end): `units` ascending; an offset behind the text gives
 * `end`. An offset between the halves of a pair that are one character in the bytes gives the character's start.
 */
export function bytePositions(
  bytes: Uint8Array,
  start: number,
  end: number,
  writing: Writing,
  units: readonly number[],
): number[] {
  const positions: number[] = [];
  let p = start;
  let unit = 0;
  for (const wanted of units) {
    while (unit < wanted && p < end) {
      const size = byteSize(bytes, p, end, writing);
      const width = unitWidth(bytes, p, size, writing);
      if (unit + width > wanted) break;
      p += size;
      unit += width;
    }
    positions.push(p);
  }
  return positions;
}

/** Bytes of the character at p: an escape is one, a doubled quote in a table's cell too, and so is what is no UTF-8. */
function byteSize(bytes: Uint8Array, p: number, end: number, writing: Writing): number {
  const byte = bytes[p];
  if (writing === 'csv' && byte === QUOTE && p + 1 < end && bytes[p + 1] === QUOTE) return 2;
  if (writing === 'json' && byte === BACKSLASH && p + 1 < end)
    return bytes[p + 1] === LETTER_U && isHex(bytes, p + 2, end) ? 6 : 1 + utf8Size(bytes, p + 1, end);
  return utf8Size(bytes, p, end);
}

function unitWidth(bytes: Uint8Array, p: number, size: number, writing: Writing): number {
  if (writing === 'json' && bytes[p] === BACKSLASH && size > 1) return size === 5 ? 2 : 1;
  return size === 4 && bytes[p] >= 0xf0 ? 2 : 1;
}

function isHex(bytes: Uint8Array, p: number, end: number): boolean {
  if (p + 4 > end) return false;
  return /^[0-9a-fA-F]{4}$/.test(String.fromCharCode(...bytes.subarray(p, p + 4)));
}

/**
 * Bytes that a decoder makes one character of at p, be it U+FFFD: a sequence, or as much of one as is well formed (the Encoding
 * Standard's "maximal subpart").
 */
function utf8Size(bytes: Uint8Array, p: number, end: number): number {
  const lead = bytes[p];
  const length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
  for (let i = 1; i < length; i++) {
    const byte = p + i < end ? bytes[p + i] : 0;
    const low = i === 1 && lead === 0xe0 ? 0xa0 : i === 1 && lead === 0xf0 ? 0x90 : 0x80;
    const high = i === 1 && lead === 0xed ? 0x9f : i === 1 && lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return i;
  }
  return length;
}
