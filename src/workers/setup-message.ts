import type { MessagePort } from 'node:worker_threads';

/** What a worker is told first (crew.ts): what it works with. */
export function setupMessage<Setup>(port: MessagePort): Promise<Setup> {
  return new Promise((resolve) => {
    port.once('message', (setup: Setup) => {
      // Without a listener the port would no longer keep the worker alive until it asks for its first job.
      port.ref();
      resolve(setup);
    });
  });
}
