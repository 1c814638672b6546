import { HashCore } from './hashcore/hash-core.js';
import { writeTextTables } from './hashcore/layout.js';
import { compileCore, createMemory } from './hashcore/load.js';
import type { IndexComparison, NamedPaths } from './model/comparison.js';
import { HeldoutError } from './model/errors.js';
import { sharedCount } from './neardup/jaccard.js';
import { loadDigester } from './report/digest.js';
import { comparable, readGramSketch } from './store/gram-sketch.js';
import type { GramSketch } from './store/gram-sketch.js';
import { IndexReader } from './store/index-reader.js';
import { looksLikeIndex } from './store/manifest.js';
import { loadProfile } from './text/profile.js';
import { containmentOf } from './workers/containment.js';

/** Whether indexes are to be compared; some of each kind is an error. */
export function areIndexes(paths: readonly string[]): boolean {
  const index = paths.find(looksLikeIndex);
  const other = paths.find((path) => !looksLikeIndex(path));
  if (index !== undefined && other !== undefined)
    throw new HeldoutError(
      'usage',
      `${index} is an index and ${other} is not. Compare indexes with indexes: heldout index ${other} --out NAME makes one.`,
    );
  return index !== undefined;
}

/** How much of each index's wording is in each other one, from the grams that all of them keep; no text is read. */
export async function compareIndexes(sets: readonly NamedPaths[]): Promise<IndexComparison> {
  const digester = await loadDigester();
  const memory = createMemory();
  const text = writeTextTables(memory, loadProfile(1).unicode);
  const { core } = new HashCore({ module: compileCore(), memory, text }, 1 << 16);
  const read = sets.map(({ name, paths: [folder] }) => {
    const reader = new IndexReader(folder, digester);
    try {
      const { manifest } = reader;
      return { name, folder, manifest, sketch: readGramSketch(reader, { memory, core }) };
    } finally {
      reader.close();
    }
  });
  return {
    sets: read.map(({ name, folder, manifest, sketch }) => ({
      name,
      folder,
      id: manifest.xxh64,
      records: manifest.totals.records,
      skipped: manifest.totals.skipped,
      unread: manifest.unread.length,
      keyBits: manifest.keyBits,
      grams: Math.round(sketch.values.length / sketch.share),
    })),
    overlaps: read.flatMap((one, i) =>
      read.flatMap((other, j) =>
        i === j ? [] : [{ of: one.name, in: other.name, ...overlap(one.sketch, other.sketch) }],
      ),
    ),
  };
}

function overlap(
  one: GramSketch,
  other: GramSketch,
): Pick<IndexComparison['overlaps'][number], 'containment' | 'chance'> {
  const { own, others, share, chance } = comparable(one, other);
  return { containment: containmentOf({ shared: sharedCount(own, others), of: own.length, share }), chance };
}
