import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockBuilder } from '../../dist/hashcore/block-builder.js';
import type { Coding } from '../../dist/hashcore/block-builder.js';
import { EntryBuffer } from '../../dist/hashcore/entry-buffer.js';
import { HashCore } from '../../dist/hashcore/hash-core.js';
import { writeTextTables } from '../../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { decodePlain, encodePlain } from '../../dist/store/plain.js';
import type { CodedBlock, PlainBlock } from '../../dist/store/plain.js';
import { unicode } from './core.js';

const memory = createMemory();
const core = new HashCore({ module: compileCore(), memory, text: writeTextTables(memory, unicode) }, 1 << 16).core;
const buffer = new EntryBuffer(memory, core, 1 << 13);

interface Entry {
  readonly key: bigint;
  readonly a: number;
  readonly b: number;
}

function write(entries: readonly Entry[]): void {
  const words = buffer.words(entries.length);
  entries.forEach(({ key, a, b }, i) => {
    words.set([Number(key & 0xffffffffn), Number(key >> 32n), a, b], 4 * i);
  });
}

function read(count: number): Entry[] {
  const words = buffer.words(count);
  return Array.from({ length: count }, (_, i) => ({
    key: (BigInt(words[4 * i + 1]) << 32n) | BigInt(words[4 * i]),
    a: words[4 * i + 2],
    b: words[4 * i + 3],
  }));
}

const byKey = (x: Entry, y: Entry): number => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0);
const anyKey = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
/** Many alike, many alike in their first bits, and the ends of the range. */
const key = fc.oneof(
  anyKey,
  fc.bigInt({ min: 0n, max: 40n }),
  fc.bigInt({ min: 0n, max: 40n }).map((n) => n << 50n),
  fc.constantFrom(0n, (1n << 64n) - 1n, 1n << 63n),
);

describe('sorting entries', () => {
  it('puts them in order of their keys and leaves equals in the order they were', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 600 }), fc.nat(40), (keys, shared) => {
        const entries = keys.map((k, i) => ({ key: k >> BigInt(shared), a: i, b: i * 7 }));
        write(entries);
        buffer.sort(entries.length, shared);
        expect(read(entries.length)).toEqual([...entries].sort(byKey));
      }),
      { numRuns: 300 },
    );
  });
});

const coding: fc.Arbitrary<Coding> = fc.record({
  keyBits: fc.constantFrom(64, 40, 33, 32, 31, 20),
  sourceBits: fc.constantFrom(0, 2, 32),
  blockBits: fc.constantFrom(1, 8, 17, 32),
  blocks: fc.constant(0xffffff00),
  mostBlocks: fc.constantFrom(0, 1, 8),
});

/** A block as some coding allows it, of any length from one key on. */
const coded = coding.chain((chosen) =>
  fc
    .uniqueArray(
      key.map((k) => (k >> BigInt(64 - chosen.keyBits)) << BigInt(64 - chosen.keyBits)),
      { minLength: 1, maxLength: 200 },
    )
    .chain((keys) =>
      fc.record({
        keys: fc.constant([...keys].sort((a, b) => (a < b ? -1 : 1))),
        documents: fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 20 }), fc.constant(0xffffffff)), {
          ...{ minLength: keys.length, maxLength: keys.length },
        }),
        seed: fc.array(fc.nat(), { minLength: keys.length, maxLength: keys.length }),
      }),
    )
    .map(({ keys, documents, seed }): { coding: Coding; block: PlainBlock } => {
      const mostBlock = 2 ** Math.min(chosen.blockBits, 31) - 1;
      const list = (i: number): number[] => {
        const length = documents[i] === 1 ? 1 : 1 + (seed[i] % Math.min(chosen.mostBlocks, mostBlock));
        const first = seed[i] % (mostBlock - length + 2);
        return Array.from({ length }, (_, n) => first + n);
      };
      return {
        coding: chosen,
        block: {
          keys,
          documents,
          sources: chosen.sourceBits > 0 ? seed.map((n) => (1 + n) & (2 ** Math.min(chosen.sourceBits, 31) - 1)) : [],
          locations: chosen.mostBlocks > 0 ? keys.map((_, i) => list(i)) : [],
        },
      };
    }),
);

/** The block as entries: one for each location, the first with the documents, one for each source. */
function entriesOf({ keys, documents, sources, locations }: PlainBlock): Entry[] {
  return keys.flatMap((k, i) => {
    const places = locations.length > 0 ? locations[i] : [0xffffffff];
    const bits =
      sources.length > 0 ? Array.from({ length: 32 }, (_, n) => n).filter((n) => (sources[i] >>> n) & 1) : [];
    return [
      ...places.map((a, n) => ({ key: k, a, b: n === 0 ? documents[i] : 0 })),
      ...bits.map((n) => ({ key: k, a: 0xffffff00 + n, b: 0 })),
    ];
  });
}

function encodeInCore(entries: readonly Entry[], chosen: Coding): { builder: BlockBuilder; code: CodedBlock } {
  write(entries);
  const builder = new BlockBuilder(memory, core, chosen);
  const end = buffer.entries + entries.length * 16;
  expect(builder.collapse(buffer.entries, end)).toBe(end);
  const column = (name: 'keys' | 'documents' | 'sources' | 'locations'): Uint8Array => builder.encode(name).slice();
  return {
    builder,
    code: {
      keys: column('keys'),
      documents: column('documents'),
      sources: chosen.sourceBits > 0 ? column('sources') : new Uint8Array(0),
      locations: chosen.mostBlocks > 0 ? column('locations') : new Uint8Array(0),
    },
  };
}

describe('the code of a block', () => {
  it('is the same from the kernel and from its plain twin, and both read it', () => {
    fc.assert(
      fc.property(coded, ({ coding: chosen, block }) => {
        const { code } = encodeInCore(entriesOf(block), chosen);
        const plain = encodePlain(block, chosen);
        for (const name of ['keys', 'documents', 'sources', 'locations'] as const)
          expect([...code[name]], name).toEqual([...plain[name]]);
        expect(decodePlain(code, chosen)).toEqual(block);
        const reader = new BlockBuilder(memory, core, chosen);
        for (const name of ['keys', 'documents', 'sources', 'locations'] as const) {
          if (code[name].length === 0) continue;
          reader.room(code[name].length)?.set(code[name]);
          expect(reader.decode(name, code[name].length), name).toBe(true);
        }
        expect(reader.count).toBe(block.keys.length);
        const identity = new Uint32Array(memory.buffer, buffer.scratch, 32).map((_, n) => n);
        new Uint32Array(memory.buffer, buffer.scratch, 32).set(identity);
        const sourceOf = chosen.sourceBits > 0 ? buffer.scratch : 0;
        const count = reader.expand(0, reader.count, 0, sourceOf, chosen.keyBits, buffer.entries);
        expect(read(count)).toEqual(entriesOf({ ...block, locations: [] }));
      }),
      { numRuns: 150 },
    );
  });

  it('is told from damage: no cut or flipped code makes the kernel read or write elsewhere', () => {
    fc.assert(
      fc.property(coded, fc.nat(), fc.nat(7), fc.nat(), ({ coding: chosen, block }, at, bit, cut) => {
        const { code } = encodeInCore(entriesOf(block), chosen);
        const reader = new BlockBuilder(memory, core, chosen);
        const damaged = code.keys.slice(0, code.keys.length - (cut % 3));
        damaged[at % damaged.length] ^= 1 << bit;
        reader.room(damaged.length)?.set(damaged);
        reader.decode('keys', damaged.length);
        expect(reader.count).toBeLessThanOrEqual(4096);
      }),
      { numRuns: 150 },
    );
  });
});

describe('entries of one key', () => {
  it('become its documents, its first blocks in order and its sources, whatever order they come in', () => {
    const entry = fc.record({
      key: fc.bigInt({ min: 1n, max: 6n }).map((n) => n << 60n),
      a: fc.oneof(fc.nat(9), fc.integer({ min: 0xffffff00, max: 0xffffff1f }), fc.constant(0xffffffff)),
      b: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 120 }), (entries) => {
        const chosen = { keyBits: 64, sourceBits: 32, blocks: 16, blockBits: 4, mostBlocks: 3 };
        write(entries);
        buffer.sort(entries.length);
        const builder = new BlockBuilder(memory, core, chosen);
        builder.collapse(buffer.entries, buffer.entries + entries.length * 16);
        const keys = [...new Set(entries.map((one) => one.key))].sort((x, y) => (x < y ? -1 : 1));
        expect(builder.count).toBe(keys.length);
        keys.forEach((own, i) => {
          const group = entries.filter((one) => one.key === own);
          const blocks = [...new Set(group.map((one) => one.a).filter((a) => a < 0xffffff00))].sort((x, y) => x - y);
          const mask = group.reduce((m, { a }) => (a >= 0xffffff00 && a < 0xffffffff ? m | (1 << (a & 31)) : m), 0);
          expect(builder.documents()[i]).toBe(group.reduce((sum, { b }) => sum + b, 0));
          expect(builder.sources()[i]).toBe(mask >>> 0);
          const first = 3 * i;
          expect([...builder.blocks().subarray(first, first + builder.listed()[i])]).toEqual(blocks.slice(0, 3));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('pack to one for each block of a run, with the documents counted once, and unpack again', () => {
    const entry = fc.record({ key: fc.bigInt({ min: 1n, max: 4n }).map((n) => n << 61n), document: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 60 }), (list) => {
        const blockOf = (document: number): number => Math.floor(document / 3);
        const inOrder = [...list].sort((x, y) => x.document - y.document);
        write(inOrder.map((one) => ({ key: one.key, a: blockOf(one.document), b: one.document })));
        buffer.sort(list.length);
        const ranges = new Uint32Array(memory.buffer, buffer.scratch + 1024, 4096).fill(0);
        const packed = core.packRun(buffer.entries, list.length, buffer.scratch + 1024);
        expect(ranges.reduce((sum, count) => sum + count, 0)).toBe(packed);
        for (const { key: k } of list) expect(ranges[Number(k >> 52n)]).toBeGreaterThan(0);
        const numbers = new Uint32Array(memory.buffer, buffer.scratch, 4);
        numbers.set([70, 80, 90, 100]);
        core.expandRun(buffer.entries, packed, buffer.scratch, buffer.scratch + 64);
        const words = new Uint32Array(memory.buffer, buffer.scratch + 64, packed * 4);
        const found = Array.from(
          { length: packed },
          // The first bit says that these are documents of a run.
          (_, i) => `${words[4 * i + 1]} ${words[4 * i + 2]} ${words[4 * i + 3] - 2 ** 31}`,
        );
        const expected = new Map<string, Set<number>>();
        for (const { key: k, document } of [...list].sort((x, y) =>
          x.key === y.key ? x.document - y.document : x.key < y.key ? -1 : 1,
        )) {
          const place = `${Number(k >> 32n)} ${70 + 10 * blockOf(document)}`;
          expected.set(place, (expected.get(place) ?? new Set()).add(document));
        }
        expect(found).toEqual([...expected].map(([place, documents]) => `${place} ${documents.size}`));
      }),
      { numRuns: 200 },
    );
  });
});
