/**
 * The first Ctrl-C (or SIGTERM) asks the scan to stop and keep what it has; the second leaves at once.
 * Returns what takes the handlers away again.
 */
export function onInterrupt(stop: () => void, say: (text: string) => void): () => void {
  let asked = false;
  const handler = (): void => {
    if (asked) process.exit(130);
    asked = true;
    say('stopping; what was found so far will be reported. Once more to leave at once.');
    stop();
  };
  process.on('SIGINT', handler);
  process.on('SIGTERM', handler);
  return () => {
    process.off('SIGINT', handler);
    process.off('SIGTERM', handler);
  };
}
