import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../dist/report/wilson.js';

describe('the interval of a rate', () => {
  // Newcombe 1998, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('agrees with the published one for %i of %i', (successes, n, low, high) => {
    const rate = wilson(successes, n);
    expect(rate.low).toBeCloseTo(low, 4);
    expect(rate.high).toBeCloseTo(high, 4);
  });

  it('says nothing about nothing', () => {
    expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  });

  it('always holds the value and stays between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        const { value, low, high } = wilson(Math.min(a, b), Math.max(a, b));
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
      }),
    );
  });
});
