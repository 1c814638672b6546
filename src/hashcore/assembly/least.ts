/**
 * The least of the `window` signed numbers i64[] that end at each of those in `bytes` bytes from `numbers` on, to `to`: of two, of
 * four, and so on, then of two such stretches that together are as long. No branch hangs on the numbers. As many bytes as the
 * window takes are written before `to` as well, and twice as many read before `numbers`.
 */
export function leastOf(window: u32, numbers: usize, to: usize, bytes: usize): void {
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
      v128.store(to + at - 16, v128.bitselect(b, a, i64x2.gt_s(a, b)));
    }
    from = to;
    width += step;
  } while (width < window);
}
