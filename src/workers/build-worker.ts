import { parentPort, threadId } from 'node:worker_threads';
import { HashCore } from '../hashcore/hash-core.js';
import { writeTextTables } from '../hashcore/layout.js';
import { compileCore, createMemory } from '../hashcore/load.js';
import { SortRoom } from '../hashcore/sort-room.js';
import { HeldoutError } from '../model/errors.js';
import { loadDigester } from '../report/digest.js';
import type { Digester } from '../report/digest.js';
import { writeDurably } from '../store/durable.js';
import { loadProfile } from '../text/profile.js';
import { batchName } from './batch.js';
import type { Batch, BatchResult, BuildDone, BuildJob, BuildSetup } from './batch.js';
import type { CrewMessage } from './crew.js';
import type { Scanner } from './document-scanner.js';
import type { UnitProgress } from './protocol.js';
import { RangeComposer } from './range-composer.js';
import type { ComposeSetup } from './range-composer.js';
import { Readings } from './readings.js';
import { RecordKeeper } from './record-keeper.js';
import { RunBuilder } from './run-builder.js';
import { scanUnit } from './scan-unit.js';
import { setupMessage } from './setup-message.js';

/** One thread's means of building; a memory of its own, so that the threads together may use more than 4 GB. */
interface Builder {
  readonly setup: BuildSetup;
  readonly memory: WebAssembly.Memory;
  readonly scanner: Scanner;
  readonly runs: RunBuilder;
  readonly records: RecordKeeper | undefined;
  readonly digester: Digester;
}

async function createBuilder(setup: BuildSetup): Promise<Builder> {
  const { settings, windows, records: scheme, chunkBytes, capacity, stop } = setup;
  const memory = createMemory();
  const text = writeTextTables(memory, loadProfile(settings.profile).unicode);
  const core = new HashCore({ module: compileCore(), memory, text }, 2 * chunkBytes);
  core.core.placeSeeding(0);
  const runs = new RunBuilder(core, memory, windows, capacity);
  const records = scheme && new RecordKeeper(runs, core, memory, scheme);
  const stopped = (): boolean => Atomics.load(stop, 0) !== 0;
  const readings = new Readings(settings);
  const scanner = { core, settings, readings, chunkBytes, fingerprints: records ?? runs, stopped };
  return { setup, memory, scanner, runs, records, digester: await loadDigester() };
}

/** Runs are on disk before the result that names them is. A batch that was stopped leaves no result. */
async function buildBatch(
  batch: Batch,
  { setup: { folder, hold }, scanner, runs, records, digester }: Builder,
  onProgress: (progress: UnitProgress) => void,
): Promise<BuildDone> {
  const path = `${folder}/${batchName(batch.number)}`;
  const units: BatchResult['units'][number][] = [];
  runs.beginBatch(path);
  records?.beginBatch(path);
  for (const { number, unit } of batch.units) {
    runs.beginUnit(number, unit);
    records?.beginUnit(number);
    const scanned = await scanUnit(unit, scanner, digester, onProgress);
    const { records: read, skipped, lines, textBytes, xxh64, skips, later } = scanned;
    const result = { records: read, skipped, lines, textBytes, xxh64, skips, later };
    records?.endUnit();
    units.push({ number, result, fingerprints: runs.endUnit() });
    if (scanner.stopped()) return { kind: 'read' };
  }
  const kept = records && { records: records.endBatch() };
  const result: BatchResult = { units, runs: runs.endBatch(hold), ...kept };
  if (hold) return { kind: 'read', batch: result, held: runs.held(threadId) };
  writeDurably(`${path}.json`, JSON.stringify(result));
  return { kind: 'read' };
}

function createComposer(setup: ComposeSetup, { memory, scanner, runs }: Builder): RangeComposer {
  const room = roomFor(setup.capacity, memory, runs, scanner);
  return new RangeComposer(setup, memory, scanner.core.core, room, threadId);
}

/** Where nothing is held any more, its room is free. */
function roomFor(capacity: number, memory: WebAssembly.Memory, runs: RunBuilder, { core }: Scanner): SortRoom {
  if (capacity <= runs.room.capacity) return runs.room;
  const { shelves } = runs;
  const fits = shelves.isEmpty && SortRoom.bytesFor(capacity) <= shelves.bytes;
  return new SortRoom(memory, core.core, capacity, fits ? shelves.boxes : undefined);
}

/** Code is handed over, not copied. */
function buffersOf(done: BuildDone): ArrayBuffer[] {
  return done.kind === 'composed' ? done.ranges.blocks.columns.map(({ code }) => code.buffer) : [];
}

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const builder = await createBuilder(await setupMessage<BuildSetup>(port));
  const say = (message: CrewMessage<BuildDone, UnitProgress>, buffers: ArrayBuffer[] = []): void =>
    port.postMessage(message, buffers);
  let composer: RangeComposer | undefined;
  const done = async (job: BuildJob): Promise<BuildDone> => {
    if ('units' in job) return buildBatch(job, builder, (progress) => say({ kind: 'progress', progress }));
    if (!composer) throw new Error('ranges before their setup');
    return { kind: 'composed', ranges: composer.compose(job) };
  };
  port.on('message', (message: BuildJob | ComposeSetup) => {
    if ('coding' in message) {
      composer = createComposer(message, builder);
      return;
    }
    done(message).then(
      (result) => say({ kind: 'done', number: message.number, result }, buffersOf(result)),
      (error: unknown) => {
        // Anything else is no file's fault: it is left unhandled, ends this worker, and the crew tells of it.
        if (!(error instanceof HeldoutError)) throw error;
        say({ kind: 'failed', code: error.code, message: error.message });
      },
    );
  });
  say({ kind: 'ready' });
}

if (parentPort) await serve(parentPort);
