/**
 * The least of the `window` signed numbers i64[] that end at each of those in `bytes` bytes from `numbers` on, to `to`: of two, of
 * four, and so on, then of two such stretches that together are as long. No branch hangs on the numbers. As many bytes as the
 * window takes are written before `to` as well, and twice as many read before `numbers`.
 */
export function leastOf(window: u32, numbers: usize, to: usize, bytes: usize): void {
  if (window == 6) {
    leastOfSix(numbers, to, bytes);
    return;
  }
  const reach = (usize(window) << 3) & ~15;
  let from = numbers;
  let width: u32 = 1;
  do {
    const step = min(width, window - width);
    const back = usize(step) << 3;
    // From the end, because an earlier one is read when it is not yet written over.
    for (let at = (bytes + 8) & ~15; at + reach >= 16; at -= 16) {
      const a = v128.load(from + at - 16);
      const b = v128.load(from + at - 16 - back);
      v128.store(to + at - 16, lesser(a, b));
    }
    from = to;
    width += step;
  } while (width < window);
}

/** The same for the usual window, of three pairs each: the two before are still at hand. */
function leastOfSix(numbers: usize, to: usize, bytes: usize): void {
  let first = leastPair(numbers - 32);
  let second = leastPair(numbers - 16);
  for (let at: usize = 0; at < bytes; at += 16) {
    const third = leastPair(numbers + at);
    v128.store(to + at, lesser(lesser(first, second), third));
    first = second;
    second = third;
  }
}

/** Of each of two numbers and the one before it. */
// @ts-ignore: decorator
@inline
function leastPair(at: usize): v128 {
  return lesser(v128.load(at), v128.load(at - 8));
}

// @ts-ignore: decorator
@inline
function lesser(a: v128, b: v128): v128 {
  return v128.bitselect(b, a, i64x2.gt_s(a, b));
}
