import { parentPort } from 'node:worker_threads';
import { loadDigester } from '../report/digest.js';
import type { Scanner } from './document-scanner.js';
import { KeyCheck } from './key-check.js';
import type { UnitMessage, WorkerMessage, WorkerSetup } from './protocol.js';
import { scanUnit } from './scan-unit.js';
import { createScanner } from './scanner.js';
import { setupMessage } from './setup-message.js';

/** A worker's whole life: ask for a unit, scan it, hand over what it came to, until there are no more. */
async function serve(port: NonNullable<typeof parentPort>): Promise<void> {
  const digester = await loadDigester();
  const setup = await setupMessage<WorkerSetup>(port);
  const scanner = createScanner(setup);
  const check = setup.check ? new KeyCheck(scanner.core, setup.shared.memory, setup.check) : undefined;
  const say = (message: WorkerMessage): void => port.postMessage(message);
  port.on('message', ({ number, unit }: UnitMessage) => {
    // A failure here is no file's fault: it is left unhandled, ends this worker, and the pool tells of it.
    check?.begin(unit);
    const checked: Scanner = check ? { ...scanner, fingerprints: check } : scanner;
    void scanUnit(unit, checked, digester, (progress) => say({ kind: 'progress', progress })).then((result) =>
      say({ kind: 'done', number, result: check ? { ...result, check: check.end() } : result }),
    );
  });
  say({ kind: 'ready' });
}

if (parentPort) await serve(parentPort);
