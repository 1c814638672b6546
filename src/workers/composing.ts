import { compileCore, createMemory, instantiate } from '../hashcore/load.js';
import { SortRoom } from '../hashcore/sort-room.js';
import type { IndexManifest } from '../model/index-manifest.js';
import type { BuiltIndex } from '../model/index-request.js';
import { loadDigester } from '../report/digest.js';
import type { BuildFolder } from '../store/build-folder.js';
import { compose } from '../store/compose.js';
import { IndexReader } from '../store/index-reader.js';
import { IndexRecordSource } from '../store/index-records.js';
import type { IndexRecords } from '../store/index-records.js';
import { IndexSource } from '../store/index-source.js';
import { mergePlan } from '../store/merge-plan.js';
import type { MergeOptions } from '../store/merge-plan.js';
import { writeIndex } from '../store/write-index.js';
import type { Composer, SegmentSource } from '../store/write-index.js';
import type { ProgressMeter } from './progress-meter.js';

/** Of keys no fewer bits are kept: below, an index would say yes to one in a few look-ups. */
const LEAST_KEY_BITS = 16;

export interface ComposeOptions extends Omit<MergeOptions, 'keyBits'> {
  readonly epsilon?: number;
}

export async function createComposer(entries: number): Promise<Composer> {
  const memory = createMemory();
  const core = instantiate(compileCore(), memory);
  return { memory, core, buffer: new SortRoom(memory, core, entries), digester: await loadDigester() };
}

/**
 * Puts indexes together and moves the result into its place. How many bits `epsilon` takes depends on the number of distinct
 * keys, so several indexes are put together whole first, and shortened then.
 */
export async function composeIndexes(
  indexes: readonly string[],
  folder: BuildFolder,
  options: ComposeOptions,
  composer: Composer,
  progress: ProgressMeter,
): Promise<BuiltIndex> {
  const twice = options.epsilon !== undefined && indexes.length > 1;
  if (!twice) return composeOnce(indexes, folder, options, composer, progress, 'index');
  const { locations, records } = options;
  const whole = await composeOnce(indexes, folder, { locations, records, publish: false }, composer, progress, 'full');
  return composeOnce([whole.path], folder, options, composer, progress, 'index');
}

async function composeOnce(
  indexes: readonly string[],
  folder: BuildFolder,
  { epsilon, ...options }: ComposeOptions,
  composer: Composer,
  progress: ProgressMeter,
  name: 'index' | 'full',
): Promise<BuiltIndex> {
  const readers = indexes.map((path) => new IndexReader(path, composer.digester));
  const opened: IndexRecords[] = [];
  try {
    const keyBits = epsilon === undefined ? 64 : bitsFor(readers[0].manifest.keys, epsilon);
    const plan = mergePlan(readers, { ...options, keyBits });
    const sources = readers.map((reader, i) => new IndexSource(reader, plan.renumberings[i], composer));
    const from: SegmentSource = (writer) => compose(sources, composer.buffer, writer);
    const keep = plan.records && {
      scheme: plan.records.scheme,
      sources: plan.records.inputsOf.map((inputs, i) => {
        const records = readers[i].records();
        if (!records) throw new Error('the plan keeps records of an index without');
        opened.push(records);
        return new IndexRecordSource(records, inputs);
      }),
    };
    const place = folder.indexFolder(name);
    const manifest = await finish(writeIndex(place, plan.head, plan.inputs, from, composer, keep), progress);
    return name === 'index' ? publishIndex(folder, place, manifest) : builtIndex(place, manifest);
  } finally {
    for (const reader of [...readers, ...opened]) reader.close();
  }
}

/** So many bits that a key drawn at random is one of the index's with no more than this chance. */
export function bitsFor(keys: number, epsilon: number): number {
  return Math.min(64, Math.max(LEAST_KEY_BITS, Math.ceil(Math.log2(Math.max(1, keys) / epsilon))));
}

/** Runs the writing to its end, giving others a turn between its steps. */
export async function finish(
  writing: AsyncGenerator<number, IndexManifest>,
  progress: ProgressMeter,
): Promise<IndexManifest> {
  for (;;) {
    const step = await writing.next();
    if (step.done === true) return step.value;
    progress.write(step.value);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function publishIndex(folder: BuildFolder, place: string, manifest: IndexManifest): BuiltIndex {
  folder.publish(place);
  return builtIndex(folder.out, manifest);
}

export function builtIndex(path: string, manifest: IndexManifest): BuiltIndex {
  return { path, manifest, bytes: manifest.parts.reduce((sum, part) => sum + part.bytes, 0) };
}
