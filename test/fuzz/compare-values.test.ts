import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scratchMemory, shingle, similarity } from '../../dist/cli/compare-values.js';

/** Anything at all, and what nearly looks right. */
function typed(...pieces: readonly string[]): fc.Arbitrary<string> {
  const near = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.nat(999).map(String)), { maxLength: 5 })
    .map((some) => some.join(''));
  return fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), near, fc.float().map(String));
}

/** What was understood, or undefined where it was refused in words; nothing else is thrown. */
function understood<T>(parse: (text: string) => T, text: string): T | undefined {
  try {
    return parse(text);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect((error as Error).message).toMatch(/^It must .*\.$/);
    return undefined;
  }
}

const many = { numRuns: 2000 };

describe('The option parsers of compare', () => {
  it('take a shingle for what it says, or refuse it', () => {
    fc.assert(
      fc.property(typed('words', 'characters', ':', 'Words', ' ', '0', '-', '３', '\n'), (text) => {
        const found = understood(shingle, text);
        if (!found) return;
        expect(Number.isInteger(found.size) && found.size >= 1 && found.size <= 32).toBe(true);
        expect(shingle(`${found.unit}:${found.size}`)).toEqual(found);
        expect(text.trim().startsWith(`${found.unit}:`)).toBe(true);
      }),
      many,
    );
  });

  it('take every shingle there is', () => {
    for (const unit of ['words', 'characters'] as const)
      for (let size = 1; size <= 32; size++) expect(shingle(` ${unit}:${size}`)).toEqual({ unit, size });
    for (const text of ['words:33', 'words:0', 'words:100']) expect(understood(shingle, text)).toBeUndefined();
  });

  it('take a similarity from 0.3 to 1, or refuse it', () => {
    fc.assert(
      fc.property(typed('0.', '.', '%', 'e', '-', '1', ' ', 'NaN', 'Infinity', '0x'), (text) => {
        const found = understood(similarity, text);
        if (found !== undefined) expect(found >= 0.3 && found <= 1).toBe(true);
      }),
      many,
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (percent) => {
        const fits = percent >= 30 && percent <= 100;
        expect(understood(similarity, `${percent}%`)).toBe(fits ? percent / 100 : undefined);
        expect(understood(similarity, String(percent / 100))).toBe(fits ? percent / 100 : undefined);
      }),
    );
  });

  it('take a size of memory within its limits, in units of 1024, or refuse it', () => {
    fc.assert(
      fc.property(typed('MB', 'gb', 'K', 'GiB', '.', ' ', '-', 'e9', 'T', '0'), (text) => {
        const found = understood(scratchMemory, text);
        if (found !== undefined) expect(Number.isSafeInteger(found) && found >= 2 ** 22 && found <= 2 ** 36).toBe(true);
      }),
      many,
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 17 }), fc.constantFrom('MB', 'mib', ' M'), (size, unit) => {
        const bytes = size * 2 ** 20;
        const fits = bytes >= 2 ** 22 && bytes <= 2 ** 36;
        expect(understood(scratchMemory, `${size}${unit}`)).toBe(fits ? bytes : undefined);
      }),
    );
  });
});
