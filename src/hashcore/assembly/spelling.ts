// The folded spelling of a token beyond the fast path, as UTF-8, and its hash.
import { absorb, finish, start } from './hash';
import { expansions, spelling } from './memory';

/** In a folding entry: the value is an index into `expansions`. */
export const EXPANSION: u32 = 1 << 23;

/** Appends the folded code points of `entry` to the spelling, as UTF-8. */
export function append(entry: u32, length: usize): usize {
  if (!(entry & EXPANSION)) return appendPoint(entry & 0x1fffff, length);
  const at = expansions + (usize(entry & 0x1fffff) << 2);
  const count = load<u32>(at);
  for (let i: u32 = 1; i <= count; i++) length = appendPoint(load<u32>(at + (usize(i) << 2)), length);
  return length;
}

function appendPoint(cp: u32, length: usize): usize {
  const at = spelling + length;
  if (cp < 0x80) {
    store<u8>(at, u8(cp));
    return length + 1;
  }
  if (cp < 0x800) {
    store<u8>(at, u8(0xc0 | (cp >> 6)));
    store<u8>(at + 1, u8(0x80 | (cp & 63)));
    return length + 2;
  }
  if (cp < 0x10000) {
    store<u8>(at, u8(0xe0 | (cp >> 12)));
    store<u8>(at + 1, u8(0x80 | ((cp >> 6) & 63)));
    store<u8>(at + 2, u8(0x80 | (cp & 63)));
    return length + 3;
  }
  store<u8>(at, u8(0xf0 | (cp >> 18)));
  store<u8>(at + 1, u8(0x80 | ((cp >> 12) & 63)));
  store<u8>(at + 2, u8(0x80 | ((cp >> 6) & 63)));
  store<u8>(at + 3, u8(0x80 | (cp & 63)));
  return length + 4;
}

/** Hash of a code point that is a token of its own: its UTF-8 put together in a register. */
// @ts-ignore: decorator
@inline
export function hashSingle(cp: u32): u64 {
  const last = 0x80 | (cp & 63);
  const third = 0x80 | ((cp >> 6) & 63);
  const second = 0x80 | ((cp >> 12) & 63);
  let bytes = cp;
  if (cp >= 0x10000) bytes = 0xf0 | (cp >> 18) | (second << 8) | (third << 16) | (last << 24);
  else if (cp >= 0x800) bytes = 0xe0 | (cp >> 12) | (third << 8) | (last << 16);
  else if (cp >= 0x80) bytes = 0xc0 | (cp >> 6) | (last << 8);
  return finish(absorb(start(), u64(bytes)), 1);
}

export function hashSpelling(length: usize): u64 {
  store<u64>(spelling + length, 0);
  let h = start();
  for (let i: usize = 0; i < length; i += 8) h = absorb(h, load<u64>(spelling + i));
  return finish(h, 0);
}
