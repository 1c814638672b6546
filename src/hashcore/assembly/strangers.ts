// Text of a record that nobody knows of: whether there is any that could hold a question, is not read, and stands at no field that was
// named as not read. walk.ts says where it is; the host looks closer at records that have some (read/later-fields.ts).
//
// KEYS bytes behind `paths`: the keys on the way. TOLD bytes behind it: 1 where such text is looked for, and hashes of the fields that
// were named (hashcore/path-table.ts), by open addressing.
import { paths } from './memory';

/** Whether the record may have text that could hold a question, is not read, and stands at no field that was named as not read. */
export let strange: bool = false;
export let watching: bool = false;
const TOLD: usize = 12280;
const TOLD_MASK: u32 = 1023;

/** The keys on the way to the value, {first byte u32, byte after u32}: one more than walk.ts goes deep. */
const KEYS: usize = TOLD - (257 << 3);
let keyCount: u32 = 0;

/** As read/prose.ts has them, of which this is an upper bound: a record too many stopped at is only looked at in vain. */
const PROSE: u32 = 16;
const PIECE: u32 = 6;
/** Bytes of the shortest piece: three words of a letter. */
const PIECE_BYTES: usize = 5;
/** Arrays around the value, and what the pieces in the outermost of them weigh. */
let arrays: u32 = 0;
let pieces: u32 = 0;

export function beginStrangers(): void {
  strange = false;
  watching = load<u32>(paths + TOLD) != 0;
  keyCount = 0;
  arrays = 0;
}

export function openObject(): void {
  keyCount++;
}

export function closeObject(): void {
  keyCount--;
}

/** A key of the object last opened. */
export function noteKey(key: usize, close: usize): void {
  const noted = paths + KEYS + (usize(keyCount - 1) << 3);
  store<u32>(noted, u32(key));
  store<u32>(noted, u32(close), 4);
  if (watching && weightOf(key, close) >= PROSE) strange = true;
}

export function openArray(): void {
  if (!arrays) pieces = 0;
  arrays++;
}

export function closeArray(): void {
  arrays--;
}

/** A string that is not read. Those of an array belong together, as texts cut into sentences do. */
export function watch(p: usize, close: usize): void {
  if (strange || close - p < PIECE_BYTES) return;
  const weight = weightOf(p, close);
  if (weight < PIECE || isTold()) return;
  if (arrays) pieces += weight;
  strange = weight >= PROSE || (arrays != 0 && pieces >= PROSE);
}

/**
 * No less than its words weigh. Whatever may part words counts: spaces, escapes, bytes that spaces beyond ASCII begin with; and whatever
 * may begin a character of a script without spaces.
 */
function weightOf(p: usize, close: usize): u32 {
  let parts: u32 = 1;
  let unspaced: u32 = 0;
  for (; p < close; p += 16) {
    const v = v128.load(p);
    const inside = close - p < 16 ? (u32(1) << u32(close - p)) - 1 : 0xffff;
    const part = v128.or(
      v128.or(i8x16.eq(v, i8x16.splat(32)), i8x16.eq(v, i8x16.splat(92))),
      v128.or(i8x16.eq(v, i8x16.splat(<i8>0xc2)), i8x16.eq(v, i8x16.splat(<i8>0xe2))),
    );
    parts += popcnt(u32(i8x16.bitmask(part)) & inside);
    unspaced += popcnt(u32(i8x16.bitmask(i8x16.ge_u(v, i8x16.splat(<i8>0xe0)))) & inside);
    if (parts << 1 >= PROSE || unspaced >= PROSE) return PROSE;
  }
  return max(parts << 1, unspaced);
}

/** Whether the value's field was named as not read. */
function isTold(): bool {
  let hash: u32 = 0x811c9dc5;
  for (let i: u32 = 0; i < keyCount; i++) {
    const noted = paths + KEYS + (usize(i) << 3);
    if (i) hash = (hash ^ 46) * 0x01000193;
    const end = usize(load<u32>(noted, 4));
    for (let p = usize(load<u32>(noted)); p < end; p++) hash = (hash ^ u32(load<u8>(p))) * 0x01000193;
  }
  hash |= 1;
  let slot = hash >> 1;
  while (true) {
    const told = load<u32>(paths + TOLD + 4 + (usize(slot & TOLD_MASK) << 2));
    if (told == hash) return true;
    if (!told) return false;
    slot++;
  }
}
