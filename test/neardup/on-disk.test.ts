import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Buckets, Ranges } from '../../dist/neardup/buckets.js';
import { Links } from '../../dist/neardup/links.js';
import { Scratch } from '../../dist/neardup/scratch.js';
import { SortedList } from '../../dist/neardup/words-list.js';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** From what holds next to nothing to what holds everything. */
const memory = fc.constantFrom(0, 1 << 16, 1 << 22);

function withScratch<T>(memoryBytes: number, use: (scratch: Scratch) => T): T {
  const scratch = new Scratch(memoryBytes);
  try {
    return use(scratch);
  } finally {
    scratch.close();
  }
}

describe('What a comparison keeps on disk', () => {
  it('buckets give back what they were given, in order, in pieces that only part what differs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, word, word), { maxLength: 400 }),
        fc.integer({ min: 1, max: 2 ** 32 }),
        memory,
        (entries, width, memoryBytes) =>
          withScratch(memoryBytes, (scratch) => {
            const buckets = new Buckets(scratch, 3);
            const given = entries.map(([key, b, c]) => [key % width, b, c]);
            for (const [key, b, c] of given) buckets.add(7, key, b, c);
            const pieces = [...buckets.pieces(7, { word: 0, from: 0, to: width, unit: 1 })].map((piece) => [...piece]);
            const read = pieces.flatMap((piece) => triples(piece));
            // A stable sort by key gives the same of both.
            expect(sorted(read)).toEqual(sorted(given));
            const lasts = pieces.map((piece) => Math.max(...triples(piece).map(([key]) => key)));
            const firsts = pieces.map((piece) => Math.min(...triples(piece).map(([key]) => key)));
            firsts.slice(1).forEach((first, i) => expect(first).toBeGreaterThan(lasts[i]));
            const stretched = [...buckets.stretches(7)].flatMap((some) => triples([...some]));
            expect(stretched).toEqual(given);
          }),
      ),
    );
  });

  it('a sorted list finds every number that is in it, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { maxLength: 3000 }), (numbers) =>
        withScratch(0, (scratch) => {
          const list = new SortedList(scratch, 2);
          const rising = [...numbers].sort((a, b) => a - b);
          for (const number of rising) list.append(number, number * 3);
          const found = Array.from({ length: 5002 }, (_, number) => list.find(number)?.[1]);
          const known = new Set(numbers);
          expect(found).toEqual(found.map((_, number) => (known.has(number) ? number * 3 : undefined)));
        }),
      ),
      { numRuns: 20 },
    );
  });

  it('records hang together as by union-find, whatever the links and however little memory there is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }).chain((records) =>
          fc.record({
            records: fc.constant(records),
            links: fc.array(fc.tuple(fc.nat(records - 1), fc.nat(records - 1)), { maxLength: 3 * records }),
            chain: fc.boolean(),
          }),
        ),
        memory,
        ({ records, links, chain }, memoryBytes) => {
          const all = chain ? [...links, ...Array.from({ length: records - 1 }, (_, i) => [i, i + 1] as const)] : links;
          const linked = new Set(all.flat());
          const found = withScratch(memoryBytes, (scratch) => {
            const ranges = new Ranges(records);
            const hanging = new Links(scratch, ranges);
            for (const [a, b] of all) hanging.join(a, b);
            const clusters: (number | undefined)[] = [];
            for (const { range, clusterOf } of hanging.clusters())
              for (let i = range * ranges.width; i < Math.min(records, (range + 1) * ranges.width); i++)
                clusters.push(linked.has(i) ? clusterOf(i) : undefined);
            return clusters;
          });
          expect(found).toEqual(byUnionFind(records, all, linked));
        },
      ),
      { numRuns: 60 },
    );
  });
});

function triples(flat: readonly number[]): number[][] {
  return Array.from({ length: flat.length / 3 }, (_, i) => flat.slice(3 * i, 3 * i + 3));
}

function sorted(entries: readonly number[][]): number[][] {
  return [...entries].sort((a, b) => a[0] - b[0]);
}

/** Numbers of clusters in the order of their first records. */
function byUnionFind(
  records: number,
  links: readonly (readonly [number, number])[],
  linked: ReadonlySet<number>,
): (number | undefined)[] {
  const parents = Array.from({ length: records }, (_, i) => i);
  const find = (i: number): number => (parents[i] === i ? i : (parents[i] = find(parents[i])));
  for (const [a, b] of links) {
    const [first, second] = [find(a), find(b)].sort((x, y) => x - y);
    parents[second] = first;
  }
  const numbers = new Map<number, number>();
  return parents.map((_, i) => {
    if (!linked.has(i)) return undefined;
    const root = find(i);
    if (!numbers.has(root)) numbers.set(root, numbers.size + 1);
    return numbers.get(root);
  });
}
