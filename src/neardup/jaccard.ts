/** How many numbers two ascending lists share. */
export function sharedCount(a: Float64Array, b: Float64Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i];
    const y = b[j];
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return shared;
}

/** Of two sets of sizes `a` and `b` that share `shared`; two empty sets share nothing. */
export function jaccardOf(shared: number, a: number, b: number): number {
  return a + b === 0 ? 0 : shared / (a + b - shared);
}

/**
 * Similarity by two signatures: equal values among the bins that are not empty in both (Li, Owen, Zhang 2012, unbiased).
 * Two empty signatures say nothing: 0.
 */
export function estimateJaccard(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  let used = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] === 0xffffffff && b[i] === 0xffffffff) continue;
    used++;
    if (a[i] === b[i]) equal++;
  }
  return used === 0 ? 0 : equal / used;
}
