import { BlockBuilder, codingOf } from '../hashcore/block-builder.js';
import type { Coding } from '../hashcore/block-builder.js';
import type { CoreExports } from '../hashcore/load.js';
import type { SortRoom } from '../hashcore/sort-room.js';
import type { IndexedFile, IndexManifest } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { writeInputs } from './inputs.js';
import type { Input } from './inputs.js';
import { writeManifest } from './manifest.js';
import type { RecordScheme } from './record-scheme.js';
import type { RecordSource } from './record-source.js';
import { writeRecords } from './record-writer.js';
import type { WrittenRecords } from './record-writer.js';
import { SegmentWriter } from './segment-writer.js';

/** A core and room in its memory, for one thread to put an index together. */
export interface Composer {
  readonly memory: WebAssembly.Memory;
  readonly core: CoreExports;
  readonly buffer: SortRoom;
  readonly digester: Digester;
}

/** What an index says of itself that its entries do not. */
export type IndexHead = Pick<
  IndexManifest,
  'profile' | 'fingerprints' | 'keyBits' | 'locationsPerKey' | 'blocks' | 'sources' | 'settings' | 'unread'
>;

/** Gives a segment's writer all of its keys; yields now and then, with the share that is done. */
export type SegmentSource = (writer: SegmentWriter) => AsyncIterable<number> | Iterable<number>;

/** What is to be kept of records. */
export interface RecordsToKeep {
  readonly scheme: RecordScheme;
  readonly sources: readonly RecordSource[];
}

/** Writes a whole index into an empty folder, its manifest last. Yields now and then, with the share that is done. */
export async function* writeIndex(
  folder: string,
  head: IndexHead,
  inputs: readonly Input[],
  source: SegmentSource,
  { memory, core, digester }: Composer,
  keep?: RecordsToKeep,
): AsyncGenerator<number, IndexManifest> {
  const coding = codingOfHead(head);
  const writer = new SegmentWriter(folder, new BlockBuilder(memory, core, coding), coding, digester);
  for await (const done of source(writer)) yield done;
  const { totals, parts } = writer.finish();
  const records = keep ? yield* recordsOf(folder, inputs.length, keep, digester) : undefined;
  const blocks = head.locationsPerKey > 0 ? head.blocks : 0;
  const { profile, fingerprints, keyBits, locationsPerKey, sources: names, settings, unread } = head;
  const manifest = {
    ...{ profile, fingerprints, keyBits, ...totals, locationsPerKey, blocks, sources: names, settings },
    totals: totalsOf(inputs.map(({ file }) => file)),
    unread,
    ...(records ? { records: records.columns } : {}),
    parts: [
      ...parts,
      ...(records?.parts ?? []),
      ...writeInputs(folder, inputs, locationsPerKey > 0, records?.signed, digester),
    ],
  };
  return writeManifest(folder, manifest, digester);
}

export function codingOfHead({ keyBits, sources, blocks, locationsPerKey }: IndexHead): Coding {
  return codingOf(keyBits, sources.length, blocks, locationsPerKey);
}

function* recordsOf(
  folder: string,
  files: number,
  { scheme, sources }: RecordsToKeep,
  digester: Digester,
): Generator<number, WrittenRecords> {
  const writing = writeRecords(folder, files, sources, scheme, digester);
  for (;;) {
    const step = writing.next();
    if (step.done === true) return step.value;
    yield 1;
  }
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
