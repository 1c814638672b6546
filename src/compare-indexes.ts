import { HashCore } from './hashcore/hash-core.js';
import { writeTextTables } from './hashcore/layout.js';
import { compileCore, createMemory } from './hashcore/load.js';
import { DEFAULT_COMPARE } from './model/comparison.js';
import type { CompareSettings, IndexComparison, NamedPaths } from './model/comparison.js';
import { HeldoutError } from './model/errors.js';
import { sharedCount } from './neardup/jaccard.js';
import { loadDigester } from './report/digest.js';
import type { Digester } from './report/digest.js';
import { comparable, readGramSketch } from './store/gram-sketch.js';
import type { GramSketch } from './store/gram-sketch.js';
import { IndexReader } from './store/index-reader.js';
import { looksLikeIndex } from './store/manifest.js';
import type { Composer } from './store/write-index.js';
import { loadProfile } from './text/profile.js';
import { containmentOf } from './workers/containment.js';
import { textGrams } from './workers/text-grams.js';

/** Whether there is an index among what is to be compared: then wording is, and records are not. */
export function hasIndex(paths: readonly string[]): boolean {
  return paths.some(looksLikeIndex);
}

/** A set as its grams are compared. */
interface Sketched {
  readonly set: IndexComparison['sets'][number];
  readonly sketch: GramSketch;
}

/**
 * How much of each set's wording is in each other one, from the grams that all indexes keep; of a set that is no index the
 * text is read for them.
 */
export async function compareIndexes(
  sets: readonly NamedPaths[],
  settings: CompareSettings = DEFAULT_COMPARE,
): Promise<IndexComparison> {
  const digester = await loadDigester();
  const memory = createMemory();
  const text = writeTextTables(memory, loadProfile(1).unicode);
  const { core } = new HashCore({ module: compileCore(), memory, text }, 1 << 16);
  const read: Sketched[] = [];
  for (const { name, paths } of sets) {
    if (paths.length > 1 && paths.some(looksLikeIndex))
      throw new HeldoutError(
        'usage',
        `${name}: an index is a set by itself, not one of ${paths.length} inputs. "heldout merge" makes one index of several.`,
      );
    const reader = paths.some(looksLikeIndex) ? new IndexReader(paths[0], digester) : undefined;
    try {
      read.push(reader ? indexed(name, reader, { memory, core }) : await textual(name, paths, settings, digester));
    } finally {
      reader?.close();
    }
  }
  return {
    sets: read.map(({ set }) => set),
    overlaps: read.flatMap((one, i) =>
      read.flatMap((other, j) =>
        i === j ? [] : [{ of: one.set.name, in: other.set.name, ...overlap(one.sketch, other.sketch) }],
      ),
    ),
  };
}

function indexed(name: string, reader: IndexReader, means: Pick<Composer, 'memory' | 'core'>): Sketched {
  const { manifest, folder } = reader;
  const sketch = readGramSketch(reader, means);
  const { xxh64: id, totals, unread, keyBits } = manifest;
  const { records, skipped } = totals;
  const grams = Math.round(sketch.values.length / sketch.share);
  return { set: { kind: 'index', name, folder, id, records, skipped, unread: unread.length, keyBits, grams }, sketch };
}

/** Hashes are known to 53 bits, which is enough to tell them apart and to be compared with an index's. */
async function textual(
  name: string,
  paths: readonly string[],
  settings: CompareSettings,
  digester: Digester,
): Promise<Sketched> {
  const { sample, ...sums } = await textGrams(paths, settings, digester);
  const { share } = sample;
  const values = sample.values(share);
  const grams = Math.round(values.length / share);
  const set = { kind: 'text' as const, name, folder: paths.join(', '), id: '', ...sums, keyBits: 64, grams };
  return { set, sketch: { values, share, keyBits: 64 } };
}

function overlap(
  one: GramSketch,
  other: GramSketch,
): Pick<IndexComparison['overlaps'][number], 'containment' | 'chance'> {
  const { own, others, share, chance } = comparable(one, other);
  return { containment: containmentOf({ shared: sharedCount(own, others), of: own.length, share }), chance };
}
