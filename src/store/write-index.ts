import { BlockBuilder, codingOf } from '../hashcore/block-builder.js';
import type { EntryBuffer } from '../hashcore/entry-buffer.js';
import type { CoreExports } from '../hashcore/load.js';
import type { IndexedFile, IndexManifest } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { compose } from './compose.js';
import type { EntrySource } from './compose.js';
import { writeInputs } from './inputs.js';
import type { Input } from './inputs.js';
import { writeManifest } from './manifest.js';
import { SegmentWriter } from './segment-writer.js';

/** A core and room in its memory, for one thread to put an index together. */
export interface Composer {
  readonly memory: WebAssembly.Memory;
  readonly core: CoreExports;
  readonly buffer: EntryBuffer;
  readonly digester: Digester;
}

/** What an index says of itself that its entries do not. */
export type IndexHead = Pick<
  IndexManifest,
  'profile' | 'fingerprints' | 'keyBits' | 'locationsPerKey' | 'blocks' | 'sources' | 'settings' | 'unread'
>;

/** Writes a whole index into an empty folder, its manifest last. Yields now and then, with the share that is done. */
export function* writeIndex(
  folder: string,
  head: IndexHead,
  inputs: readonly Input[],
  sources: readonly EntrySource[],
  { memory, core, buffer, digester }: Composer,
): Generator<number, IndexManifest> {
  const coding = codingOf(head.keyBits, head.sources.length, head.blocks, head.locationsPerKey);
  const writer = new SegmentWriter(folder, new BlockBuilder(memory, core, coding), coding, digester);
  for (const done of compose(sources, buffer, writer)) yield done;
  const { totals, parts } = writer.finish();
  const blocks = head.locationsPerKey > 0 ? head.blocks : 0;
  const { profile, fingerprints, keyBits, locationsPerKey, sources: names, settings, unread } = head;
  const manifest = {
    ...{ profile, fingerprints, keyBits, ...totals, locationsPerKey, blocks, sources: names, settings },
    totals: totalsOf(inputs.map(({ file }) => file)),
    unread,
    parts: [...parts, ...writeInputs(folder, inputs, locationsPerKey > 0, digester)],
  };
  return writeManifest(folder, manifest, digester);
}

function totalsOf(files: readonly IndexedFile[]): IndexManifest['totals'] {
  const sum = (of: (file: IndexedFile) => number): number => files.reduce((total, file) => total + of(file), 0);
  return {
    files: files.length,
    records: sum((file) => file.records),
    skipped: sum((file) => file.skipped),
    bytes: sum((file) => file.bytes),
    textBytes: sum((file) => file.textBytes),
    tokens: sum((file) => file.tokens),
  };
}
