import { parentPort } from 'node:worker_threads';
import { HashCore } from '../hashcore/hash-core.js';
import { writeTextTables } from '../hashcore/layout.js';
import { compileCore, createMemory } from '../hashcore/load.js';
import { HeldoutError } from '../model/errors.js';
import { loadDigester } from '../report/digest.js';
import type { Digester } from '../report/digest.js';
import { writeDurably } from '../store/durable.js';
import { loadProfile } from '../text/profile.js';
import { batchName } from './batch.js';
import type { Batch, BatchResult, BuildSetup } from './batch.js';
import type { CrewMessage } from './crew.js';
import type { Scanner } from './document-scanner.js';
import type { UnitProgress } from './protocol.js';
import { RunBuilder } from './run-builder.js';
import { scanUnit } from './scan-unit.js';
import { setupMessage } from './setup-message.js';

/** One thread's means of building; a memory of its own, so that the threads together may use more than 4 GB. */
interface Builder {
  readonly scanner: Scanner;
  readonly runs: RunBuilder;
  readonly digester: Digester;
}

async function createBuilder({ settings, windows, chunkBytes, capacity, stop }: BuildSetup): Promise<Builder> {
  const memory = createMemory();
  const text = writeTextTables(memory, loadProfile(settings.profile).unicode);
  const core = new HashCore({ module: compileCore(), memory, text }, 2 * chunkBytes);
  core.core.placeSeeding(0);
  const runs = new RunBuilder(core, memory, windows, capacity);
  const stopped = (): boolean => Atomics.load(stop, 0) !== 0;
  return { scanner: { core, settings, chunkBytes, fingerprints: runs, stopped }, runs, digester: await loadDigester() };
}

/** Runs are on disk before the result that names them is. A batch that was stopped leaves no result. */
async function buildBatch(
  batch: Batch,
  folder: string,
  { scanner, runs, digester }: Builder,
  onProgress: (progress: UnitProgress) => void,
): Promise<boolean> {
  const path = `${folder}/${batchName(batch.number)}`;
  const units: BatchResult['units'][number][] = [];
  runs.beginBatch(path);
  for (const { number, unit } of batch.units) {
    runs.beginUnit(number, unit);
    const { records, skipped, lines, textBytes, xxh64, skips, later } = await scanUnit(
      unit,
      scanner,
      digester,
      onProgress,
    );
    const result = { records, skipped, lines, textBytes, xxh64, skips, later };
    units.push({ number, result, fingerprints: runs.endUnit() });
    if (scanner.stopped()) return false;
  }
  const result: BatchResult = { units, runs: runs.endBatch() };
  writeDurably(`${path}.json`, JSON.stringify(result));
  return true;
}

async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const setup = await setupMessage<BuildSetup>(port);
  const builder = await createBuilder(setup);
  const say = (message: CrewMessage<boolean, UnitProgress>): void => port.postMessage(message);
  port.on('message', (batch: Batch) => {
    buildBatch(batch, setup.folder, builder, (progress) => say({ kind: 'progress', progress })).then(
      (result) => say({ kind: 'done', number: batch.number, result }),
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
