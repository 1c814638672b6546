import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockBuilder, codingOf } from '../../dist/hashcore/block-builder.js';
import { HashCore } from '../../dist/hashcore/hash-core.js';
import { writeTextTables } from '../../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { loadDigester } from '../../dist/report/digest.js';
import { unicode } from './core.js';

const memory = createMemory();
const core = new HashCore({ module: compileCore(), memory, text: writeTextTables(memory, unicode) }, 1 << 16);
const digester = await loadDigester();

/** The core's digest of the pieces, each put where the input stands. */
function digestOf(pieces: readonly Uint8Array[]): string {
  const state = new Uint8Array(new SharedArrayBuffer(72));
  for (const piece of pieces) {
    const bytes = core.bytes(core.input + 1, piece.length);
    bytes.set(piece);
    core.digestOn(state, bytes);
  }
  return core.digestOf(
    state,
    pieces.reduce((sum, piece) => sum + piece.length, 0),
  );
}

function plain(bytes: Uint8Array): string {
  const digest = digester();
  digest.update(bytes);
  return digest.hex();
}

describe("the core's digest and the package's", () => {
  it('agree on every length up to some stripes, cut in two at every place', () => {
    const bytes = Uint8Array.from({ length: 103 }, (_, i) => (i * 151 + 7) & 255);
    for (let length = 0; length <= bytes.length; length++) {
      const whole = bytes.subarray(0, length);
      const expected = plain(whole);
      for (let cut = 0; cut <= length; cut++)
        expect(digestOf([whole.subarray(0, cut), whole.subarray(cut)]), `${length} bytes cut at ${cut}`).toBe(expected);
    }
  });

  it('agree on any bytes in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), (pieces) => {
        expect(digestOf(pieces)).toBe(plain(Buffer.concat(pieces)));
      }),
    );
  });

  it('agree on bytes that are there at once, whatever was digested before', () => {
    const builder = new BlockBuilder(memory, core.core, codingOf(64, 1, 1, 0));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        builder.room(bytes.length)?.set(bytes);
        const [low, high] = builder.digest(bytes.length);
        expect([high, low].map((half) => half.toString(16).padStart(8, '0')).join('')).toBe(plain(bytes));
      }),
    );
  });

  it('is none where fewer bytes passed than the file has', () => {
    const state = new Uint8Array(new SharedArrayBuffer(72));
    core.digestOn(state, core.bytes(core.input, 40));
    expect(core.digestOf(state, 41)).toBe('');
  });
});
