import { HashCore } from '../hashcore/hash-core.js';
import { Examiner } from '../match/examine.js';
import type { Scanner } from './document-scanner.js';
import type { WorkerSetup } from './protocol.js';
import { Readings } from './readings.js';

/** A thread's own core over the shared tables. */
export function createScanner({ shared, table, catalog, settings, chunkBytes, stop }: WorkerSetup): Scanner {
  // Room for a chunk behind what is left of the one before.
  const core = new HashCore(shared, 2 * chunkBytes, table);
  return {
    core,
    examiner: new Examiner(core, catalog),
    settings,
    readings: new Readings(settings),
    chunkBytes,
    stopped: () => Atomics.load(stop, 0) !== 0,
  };
}
