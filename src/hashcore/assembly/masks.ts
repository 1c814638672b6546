// Sixteen bytes → which of them are what, a bit each; four of those → sixty-four.

// @ts-ignore: decorator
@inline
export function wordMask(v: v128): u32 {
  const lowered = v128.or(v, i8x16.splat(32));
  const letters = i8x16.le_u(i8x16.sub(lowered, i8x16.splat(97)), i8x16.splat(25));
  const digits = i8x16.le_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(9));
  return u32(i8x16.bitmask(v128.or(letters, digits)));
}

/** Bytes that need `step`: over 0x7f, backslash, ampersand, less-than. */
// @ts-ignore: decorator
@inline
export function specialMask(v: v128): u32 {
  const marks = v128.or(
    v128.or(i8x16.eq(v, i8x16.splat(92)), i8x16.eq(v, i8x16.splat(38))),
    i8x16.eq(v, i8x16.splat(60)),
  );
  return u32(i8x16.bitmask(v128.or(marks, v)));
}

// @ts-ignore: decorator
@inline
export function slashMask(v: v128): u32 {
  return u32(i8x16.bitmask(i8x16.eq(v, i8x16.splat(92))));
}

/** What may follow a backslash in JSON and separate: n, r, t and the quote. */
// @ts-ignore: decorator
@inline
export function escapeMask(v: v128): u32 {
  const ends = v128.or(i8x16.eq(v, i8x16.splat(110)), i8x16.eq(v, i8x16.splat(114)));
  return u32(i8x16.bitmask(v128.or(v128.or(ends, i8x16.eq(v, i8x16.splat(116))), i8x16.eq(v, i8x16.splat(34)))));
}

// @ts-ignore: decorator
@inline
export function hyphenMask(v: v128): u32 {
  return u32(i8x16.bitmask(i8x16.eq(v, i8x16.splat(45))));
}

// @ts-ignore: decorator
@inline
export function join(a: u32, b: u32, c: u32, d: u32): u64 {
  return u64(a | (b << 16)) | (u64(c | (d << 16)) << 32);
}
