import { describe, expect, it } from 'vitest';
import { compileCore, createMemory, EXPECTED, instantiate } from '../../dist/hashcore/load.js';

/** A module of nothing but its magic bytes and version. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

describe('the core', () => {
  it('exports what the program expects of it, and nothing that it does not', () => {
    const exports = WebAssembly.Module.exports(compileCore()).filter(({ kind }) => kind !== 'memory');
    const ofStatus = ['HAS_CANDIDATES', 'NO_TEXT', 'BROKEN', 'NOT_UTF8', 'FULL', 'STRANGE'].map(
      (name) => [name, 'global'] as const,
    );
    const found = Object.fromEntries(exports.map(({ name, kind }) => [name, kind]));
    expect(found).toEqual({ ...EXPECTED, ...Object.fromEntries(ofStatus) });
  });

  it('is refused when it is of another version', () => {
    expect(() => instantiate(new WebAssembly.Module(EMPTY), createMemory())).toThrow('npm run build');
  });
});
