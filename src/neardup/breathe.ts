/** Lets others have a turn in a long calculation: a second Ctrl-C must be heard. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
