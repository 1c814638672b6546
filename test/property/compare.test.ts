import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandRecall, schemeOf } from '../../dist/neardup/bands.js';
import { plainSketch } from '../../dist/neardup/plain-sketch.js';
import { DEFAULT_COMPARE } from '../../dist/model/comparison.js';
import type { CompareSettings } from '../../dist/model/comparison.js';
import { unicode } from '../differential/core.js';
import { compareSets } from '../neardup/support.js';
import type { Found } from '../neardup/support.js';
import { Folder, jsonl } from '../pipeline/support.js';
import { WORDS } from './support.js';

const folder = new Folder();
const NAMES = ['train', 'valid', 'test'];

interface Doc {
  readonly id: string;
  readonly text: string;
}

/** How a record came from an earlier one: in another set or the same. */
const copy = fc.record({
  of: fc.nat(1000),
  how: fc.constantFrom('same', 'shouted', 'edited', 'edited', 'edited', 'cut'),
  places: fc.array(fc.nat(59), { minLength: 1, maxLength: 4 }),
});
const prose = (least: number, most: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...WORDS), { minLength: least, maxLength: most, size: 'max' })
    .map((words) => words.join(' '));
/** Sets of records, some of them copies of others. */
const sets = fc
  .array(fc.tuple(fc.nat(2), fc.oneof(prose(0, 6), prose(20, 60), prose(20, 60), copy, copy)), {
    minLength: 2,
    maxLength: 40,
    size: 'max',
  })
  .map((drawn): Doc[][] => {
    const texts: string[] = [];
    const made: Doc[][] = NAMES.map(() => []);
    drawn.forEach(([set, what], i) => {
      const text = typeof what === 'string' ? what : copied(texts[what.of % Math.max(1, texts.length)] ?? '', what);
      texts.push(text);
      made[set].push({ id: `d${i}`, text });
    });
    return made;
  });

function copied(text: string, { how, places }: { how: string; places: readonly number[] }): string {
  const words = text.split(' ');
  if (how === 'shouted') return `${text.toUpperCase()} !`;
  if (how === 'cut') return words.slice(places[0] % 5).join(' ');
  return how === 'same' ? text : words.map((word, i) => (places.includes(i) ? `new${i}` : word)).join(' ');
}

const asked = fc.record({
  within: fc.boolean(),
  threshold: fc.constantFrom(0.5, 0.7, 0.8, 0.9),
  shingle: fc.constantFrom<CompareSettings['shingle'][]>(
    { unit: 'words', size: 3 },
    { unit: 'words', size: 1 },
    { unit: 'characters', size: 5 },
  ),
});

/** What every pair of records is, counted by brute force. */
class Oracle {
  private readonly docs = new Map<string, { set: number; text: string; words: string; shingles: Set<bigint> }>();
  private readonly within: boolean;

  constructor(made: readonly (readonly Doc[])[], { within, shingle }: Pick<CompareSettings, 'within' | 'shingle'>) {
    this.within = within;
    made.forEach((docs, set) =>
      docs.forEach(({ id, text }) => {
        const { tokens, shingles, normalised } = plainSketch(text, schemeOf({ ...DEFAULT_COMPARE, shingle }), unicode);
        if (tokens > 0) this.docs.set(id, { set, text, words: String(normalised), shingles: new Set(shingles) });
      }),
    );
  }

  jaccard(a: string, b: string): number {
    const [one, other] = [this.of(a).shingles, this.of(b).shingles];
    const shared = [...one].filter((shingle) => other.has(shingle)).length;
    return shared / (one.size + other.size - shared);
  }

  /** The strongest way in which a record is the same as another: by its words alone. */
  sameWords(): Map<string, string> {
    const found = new Map<string, string>();
    for (const [id, doc] of this.docs)
      for (const [other, like] of this.docs) {
        if (id === other || (doc.set === like.set) !== this.within || doc.words !== like.words) continue;
        if (doc.text === like.text) found.set(id, 'exact');
        else if (!found.has(id)) found.set(id, 'normalised');
      }
    return found;
  }

  /** Pairs of texts, once each, that are similar enough, as `describe` names them; with their similarity. */
  near(threshold: number): Map<string, number> {
    const found = new Map<string, number>();
    for (const [id, doc] of this.docs)
      for (const [other, like] of this.docs)
        if (id < other && (doc.set === like.set || !this.within) && (this.within || doc.set !== like.set)) {
          const jaccard = this.jaccard(id, other);
          if (doc.words !== like.words && jaccard >= threshold) found.set(this.describe(id, other), jaccard);
        }
    return found;
  }

  /** A pair by its texts: which of several copies stands for them depends on the order. */
  describe(a: string, b: string): string {
    const name = (id: string): string => `${this.of(id).set} ${this.of(id).words}`;
    return [name(a), name(b)].sort().join(' ~ ');
  }

  private of(id: string): { set: number; text: string; words: string; shingles: Set<bigint> } {
    const doc = this.docs.get(id);
    if (!doc) throw new Error(`${id} has no word`);
    return doc;
  }
}

/** What does not depend on the order of the input. */
function essence(found: Found, oracle: Oracle): unknown {
  const groups = new Map<number, string[]>();
  for (const { cluster, id } of found.all) groups.set(cluster, [...(groups.get(cluster) ?? []), id]);
  return {
    near: found.near.map(({ jaccard, left, right }) => `${oracle.describe(left.id, right.id)} ${jaccard}`).sort(),
    kinds: found.all.map(({ id, kind, jaccard }) => `${id} ${kind} ${jaccard}`).sort(),
    clusters: [...groups.values()].map((ids) => ids.sort().join(' ')).sort(),
    sizes: found.groups.map(({ records }) => records).sort((a, b) => a - b),
    totals: found.totals,
    overlaps: found.overlaps,
  };
}

let number = 0;
function written(docs: readonly Doc[]): string {
  // A set of no records has no file.
  return folder.write(`set-${number++ % 64}.jsonl`, jsonl(docs.length > 0 ? docs : [{ id: 'none', text: '?' }]));
}

describe('A comparison of any sets', () => {
  let [expected, variance, hits] = [0, 0, 0];

  it('reports what brute force counts: kinds, similarities and groups, and near-duplicates as far as theory promises', async () => {
    await fc.assert(
      fc.asyncProperty(sets, asked, async (made, settings) => {
        const { within, threshold } = settings;
        const docs = within ? [made.flat()] : made;
        const oracle = new Oracle(docs, settings);
        const found = await compareSets(Object.fromEntries(docs.map((own, i) => [NAMES[i], [written(own)]])), settings);
        const near = oracle.near(threshold);
        for (const { jaccard, left, right } of found.near) {
          expect(near.get(oracle.describe(left.id, right.id))).toBeCloseTo(jaccard, 12);
          expect(jaccard).toBeGreaterThanOrEqual(threshold);
        }
        const same = oracle.sameWords();
        const kinds = new Map(found.all.map(({ id, kind }) => [id, kind]));
        expect(new Map([...kinds].filter(([, kind]) => kind !== 'near'))).toEqual(same);
        for (const { kind, id, like, jaccard } of found.all)
          if (kind === 'near') expect(oracle.jaccard(id, like.id)).toBeCloseTo(jaccard, 8);
        // Whoever is in a pair has a duplicate, and both are in one group.
        const clusters = new Map(found.all.map(({ id, cluster }) => [id, cluster]));
        for (const { left, right } of found.near) expect(clusters.get(left.id)).toBe(clusters.get(right.id));
        for (const { id, like } of found.all) expect(clusters.get(id)).toBe(clusters.get(like.id));
        expect(found.groups.map(({ records }) => records)).toEqual(sizesOf(found));
        // One of each group stays.
        if (within) expect(found.totals.drop).toBe(found.totals.duplicates - found.totals.clusters);
        const { bands, rows } = found.bands;
        for (const jaccard of near.values()) {
          const chance = bandRecall(jaccard, bands, rows);
          expected += chance;
          variance += chance * (1 - chance);
        }
        hits += found.near.length;
      }),
      // A seed of its own, so that what is counted over all runs is the same each time.
      { numRuns: 40, seed: 20_261_125 },
    );
    expect(expected).toBeGreaterThan(100);
    expect(hits).toBeGreaterThan(expected - 4 * Math.sqrt(variance) - 1);
  }, 120_000);

  it('is the same whatever the order of records and files, and however little memory there is', async () => {
    await fc.assert(
      fc.asyncProperty(sets, asked, fc.infiniteStream(fc.nat()), async (made, settings, chance) => {
        const docs = settings.within ? [made.flat()] : made;
        const shuffled = <T>(list: readonly T[]): T[] =>
          [...list]
            .map((one) => ({ one, at: chance.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
        const oracle = new Oracle(docs, settings);
        const keep = settings.within ? [] : ['test', 'valid', 'train'];
        const compared = async (order: <T>(list: readonly T[]) => T[], memoryBytes: number): Promise<unknown> => {
          const named = order(docs.map((own, i) => [NAMES[i], split(order(own)).map(written)] as const));
          const found = await compareSets(Object.fromEntries(named), { ...settings, keep }, { memoryBytes });
          const byName = (a: { of: string; in: string }, b: { of: string; in: string }): number =>
            `${a.of} ${a.in}` < `${b.of} ${b.in}` ? -1 : 1;
          return essence({ ...found, overlaps: [...found.overlaps].sort(byName) }, oracle);
        };
        const plain = await compared((list) => [...list], 64 << 20);
        expect(await compared((list) => [...list], 1)).toEqual(plain);
        expect(await compared(shuffled, 64 << 20)).toEqual(plain);
        expect(await compared(shuffled, 1 << 16)).toEqual(plain);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

function sizesOf(found: Found): number[] {
  const sizes: number[] = [];
  for (const { cluster } of found.all) sizes[cluster - 1] = (sizes[cluster - 1] ?? 0) + 1;
  return sizes;
}

/** In two files, where there is enough. */
function split(docs: readonly Doc[]): (readonly Doc[])[] {
  const middle = docs.length >> 1;
  return middle > 0 ? [docs.slice(0, middle), docs.slice(middle)] : [docs];
}
