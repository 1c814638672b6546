import type { Coding } from '../hashcore/block-builder.js';
import { placesOf, shelfSizes } from '../hashcore/shelves.js';
import { RANGES } from '../store/compose.js';
import { placedRun } from '../store/run-file.js';
import type { SegmentWriter } from '../store/segment-writer.js';
import type { SegmentSource } from '../store/write-index.js';
import type { Build, ReadCorpus } from './build.js';
import type { IndexedFiles } from './indexed-files.js';
import { keyRanges } from './key-ranges.js';
import type { Sources } from './key-ranges.js';
import type { ComposedRanges, ComposeSetup } from './range-composer.js';

/** What the workers of a build have read, as the keys of an index: ranges of them are put together by any worker, and written in order. */
export function composedBuild(
  build: Build,
  { batches, held }: ReadCorpus,
  indexed: IndexedFiles,
  folder: string,
  coding: Coding,
  mostEntries: number,
): SegmentSource {
  return async function* (writer) {
    let documents = 0;
    const sources: Sources = {
      held: held.map((own) => {
        const { thread, place } = own;
        const firstDocument = documents;
        documents += own.documents;
        const places = placesOf(own.starts, own.documents);
        return { thread, place, blockOf: indexed.numbersOf(own), places, firstDocument, sizes: shelfSizes(place) };
      }),
      runs: batches.flatMap(({ runs }) =>
        runs.map((run) => placedRun(`${folder}/${run.file}`, run, indexed.numbersOf(run))),
      ),
    };
    const { jobs, capacity } = keyRanges(sources, mostEntries);
    const setup: ComposeSetup = {
      ...{ sources, coding, capacity },
      keysOf: new Int32Array(new SharedArrayBuffer(4 * jobs.length)),
    };
    const done = new Map<number, ComposedRanges>();
    let wake = (): void => undefined;
    let failure: { readonly error: unknown } | undefined;
    const composing = build.compose(jobs, setup, (number, result) => {
      if (result.kind === 'composed') done.set(number, result.ranges);
      wake();
    });
    composing.catch((error: unknown) => {
      failure = { error };
      wake();
    });
    for (let next = 0; next < jobs.length;) {
      if (failure) throw failure.error;
      if (!done.has(next)) await new Promise<void>((resolve) => (wake = resolve));
      for (let ranges = done.get(next); ranges; ranges = done.get(next)) {
        write(ranges, writer);
        done.delete(next);
        next++;
      }
      if (next > 0) yield jobs[next - 1].to / RANGES;
    }
    await composing;
  };
}

function write({ head, blocks, tail }: ComposedRanges, writer: SegmentWriter): void {
  writer.join(head);
  writer.takeCoded(blocks);
  writer.join(tail);
}
