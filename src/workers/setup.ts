import { HashCore } from '../hashcore/hash-core.js';
import { writeTextTables } from '../hashcore/layout.js';
import { compileCore, createMemory } from '../hashcore/load.js';
import type { Item } from '../model/benchmark.js';
import type { Settings } from '../model/settings.js';
import { buildSearch } from '../seeds/build-catalog.js';
import { loadProfile, weightsOf } from '../text/profile.js';
import { ItemTexts } from './item-texts.js';
import type { WorkerSetup } from './protocol.js';

/** What all workers share, and what the main thread keeps of the benchmarks for itself. */
export interface Prepared {
  readonly setup: WorkerSetup;
  readonly texts: ItemTexts;
}

/** Builds the text model, the benchmarks' grams and their catalog in memory that threads share. */
export function prepare(items: readonly Item[], settings: Settings, chunkBytes: number): Prepared {
  const profile = loadProfile(settings.profile);
  const memory = createMemory();
  const shared = { module: compileCore(), memory, text: writeTextTables(memory, profile.unicode) };
  const core = new HashCore(shared);
  const { catalog, table, texts } = buildSearch(core, memory, items, weightsOf(profile, core));
  const stop = new Int32Array(new SharedArrayBuffer(4));
  return { setup: { shared, table, catalog, settings, chunkBytes, stop }, texts: new ItemTexts(core, texts) };
}
