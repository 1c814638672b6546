import { stdin } from 'node:process';

/**
 * Standard input can be read once, but it has to be looked at first to learn what it holds. The stream object itself
 * keeps what was peeked: `unshift` puts the bytes back in front, so no state lives here. It must happen in the same turn
 * as the read, before the stream can announce its end. Only the main thread has standard input.
 */
export function peekStdin(bytes: number): Promise<Uint8Array> {
  return onceReady(() => {
    // Null until that many bytes are there or the end has come; asking also raises the stream's own buffer to hold them.
    const head: unknown = stdin.read(bytes);
    if (!Buffer.isBuffer(head)) return isOver() ? new Uint8Array(0) : undefined;
    stdin.unshift(head);
    return head;
  });
}

/** Everything on standard input, what was peeked included. Reads in paused mode, so nothing arrives unasked. */
export async function* readStdin(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = await onceReady(() => {
      const next: unknown = stdin.read();
      if (Buffer.isBuffer(next)) return next;
      return isOver() ? 'over' : undefined;
    });
    if (piece === 'over') return;
    yield piece;
  }
}

function isOver(): boolean {
  return stdin.readableEnded || stdin.destroyed;
}

const EVENTS = ['readable', 'end', 'close', 'error'] as const;

/** Tries now and at each sign of life until something comes of it. */
function onceReady<T>(attempt: () => T | undefined): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settle = (): void => {
      for (const event of EVENTS) stdin.off(event, onEvent);
    };
    const onEvent = (error?: Error): void => {
      if (error instanceof Error) {
        settle();
        reject(error);
        return;
      }
      const result = attempt();
      if (result === undefined) return;
      settle();
      resolve(result);
    };
    for (const event of EVENTS) stdin.on(event, onEvent);
    onEvent();
  });
}
