import { stdin } from 'node:process';

/**
 * Standard input can be read once, but it has to be looked at first to learn what it holds.
 * The stream object itself keeps what was peeked: `unshift` puts the bytes back in front, so no state lives here.
 * Only the main thread has standard input; workers must be sent its bytes.
 */
export async function peekStdin(bytes: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  while (size < bytes) {
    const piece = await nextPiece();
    if (piece === undefined) break;
    pieces.push(piece);
    size += piece.length;
  }
  const head = Buffer.concat(pieces, size);
  // After the end nothing can be put back; there is nothing to put back only if nothing came.
  if (size > 0) stdin.unshift(head);
  return head.subarray(0, bytes);
}

/** Everything on standard input, what was peeked included. */
export async function* readStdin(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const piece = await nextPiece();
    if (piece === undefined) return;
    yield piece;
  }
}

/** The next bytes, or undefined at the end. Reads in paused mode, so nothing arrives unasked. */
async function nextPiece(): Promise<Buffer | undefined> {
  for (;;) {
    const piece: unknown = stdin.read();
    if (Buffer.isBuffer(piece)) return piece;
    if (stdin.readableEnded || stdin.destroyed) return undefined;
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error): void => {
        stdin.off('readable', settleReadable);
        stdin.off('end', settleReadable);
        stdin.off('error', settle);
        if (error) reject(error);
        else resolve();
      };
      const settleReadable = (): void => settle();
      stdin.on('readable', settleReadable);
      stdin.on('end', settleReadable);
      stdin.on('error', settle);
    });
  }
}
