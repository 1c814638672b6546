import { HashCore } from '../hashcore/hash-core.js';
import { writeTextTables } from '../hashcore/layout.js';
import { compileCore, createMemory } from '../hashcore/load.js';
import { MOST_GRAMS, SketchCore } from '../hashcore/sketch-core.js';
import type { CompareSettings } from '../model/comparison.js';
import { HeldoutError } from '../model/errors.js';
import type { Skip } from '../model/input.js';
import { schemeOf } from '../neardup/bands.js';
import { GramSample } from '../neardup/gram-sample.js';
import { expandPaths } from '../read/paths.js';
import { planFile } from '../read/plan-file.js';
import { readingOf } from '../read/reading.js';
import type { Digester } from '../report/digest.js';
import { loadProfile } from '../text/profile.js';
import { sketchFile } from './sketch-files.js';
import { UnitTally } from './tally.js';

/** The grams of some texts, or a fair sample of them, as an index has them. */
export interface TextGrams {
  readonly sample: GramSample;
  readonly records: number;
  readonly skipped: number;
  /** Files that could not be read, or only in part. */
  readonly unread: number;
}

/** Reads files once and keeps a sample of their grams. */
export async function textGrams(
  paths: readonly string[],
  settings: CompareSettings,
  digester: Digester,
): Promise<TextGrams> {
  const memory = createMemory();
  const text = writeTextTables(memory, loadProfile(settings.profile).unicode);
  const core = new SketchCore(
    new HashCore({ module: compileCore(), memory, text }, 2 << 20),
    memory,
    schemeOf(settings),
  );
  const sample = new GramSample();
  const sink = {
    take: () => undefined,
    grams: (_set: number, words: Uint32Array) => sample.add(words),
    gramsBelow: (_set: number, bytes: number) => {
      // A record of so many bytes has at most half as many tokens, which must not be more grams than there is room for.
      sample.restrict((2 * MOST_GRAMS) / Math.max(bytes, 1));
      return sample.share >= 1 ? (1n << 64n) - 1n : BigInt(sample.share * 2 ** 64);
    },
  };
  const skips: Skip[] = [];
  const note = (skip: Skip): void => void skips.push(skip);
  const sums = { records: 0, skipped: 0, unread: 0 };
  for (const path of await expandPaths(paths, note)) {
    const planned = await planFile(path, settings.textFields, note);
    if (!planned) continue;
    const tally = new UnitTally(() => undefined);
    const reading = readingOf(planned, settings.textFields.length === 0);
    const file = { input: planned.file, reading, setOf: () => 0 };
    await sketchFile(file, core, settings, sink, digester, tally);
    const { records, skipped, xxh64 } = tally.result();
    sums.records += records;
    sums.skipped += skipped;
    if (xxh64 === '') sums.unread++;
  }
  const damaged = skips.find(({ reason }) => reason === 'unreadable-file' || reason === 'corrupt-file');
  if (sums.records === 0)
    throw new HeldoutError(
      damaged ? 'unreadable' : 'no-input',
      `nothing to compare in ${paths.join(', ')}: ${damaged?.detail ?? 'no record was read'}.`,
    );
  return { sample, ...sums, unread: sums.unread + (damaged ? 1 : 0) };
}
