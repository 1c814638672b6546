import xzDecompress from 'xz-decompress';

/**
 * Xz (WebAssembly, streaming). The library takes and gives web streams; both are pulled, never pumped. It decodes one file
 * at a time in a thread: a second reader waits until the first is done or left.
 */
export async function* unxz(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = raw[Symbol.asyncIterator]();
  const source = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
  const reader = new xzDecompress.XzReadableStream(source).getReader();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    await iterator.return?.();
  }
}
