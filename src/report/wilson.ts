/** A share and its 95 % Wilson score interval: honest at 0 of n and at small n, where the plain ± is not. */
export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Of nothing, anything is possible: `wilson(0, 0)` is 0 in [0, 1]. */
export function wilson(successes: number, n: number): Rate {
  if (n <= 0) return { value: 0, low: 0, high: 1 };
  const p = successes / n;
  const scale = 1 + (Z * Z) / n;
  const centre = p + (Z * Z) / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return {
    value: p,
    // At the ends the formula is exact on paper and off by an ulp in floating point.
    low: successes === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: successes === n ? 1 : Math.min(1, (centre + spread) / scale),
  };
}
