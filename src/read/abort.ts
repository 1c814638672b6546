/**
 * What a promise comes to, or undefined as soon as the signal is aborted: who reads a silent standard input cannot be told to
 * stop, only be left. What is left goes on by itself, and nobody hears of it.
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (!signal) return promise;
  let leave = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    leave = () => resolve(undefined);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', leave);
    // Should it fail later: that is no longer news.
    promise.catch(() => undefined);
  }
}
