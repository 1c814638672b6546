import type { Progress } from '../model/progress.js';
import { onInterrupt } from './interrupt.js';
import { say } from './output.js';
import { progressReport } from './progress.js';
import type { ProgressReport } from './progress.js';
import { screenOf } from './screen.js';

/** What a long run is given to be watched and stopped by. */
export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Runs something long with its progress on standard error; Ctrl-C asks it to stop and to keep what it has. */
export async function watched<T>(
  quiet: boolean,
  run: (watch: Watch) => Promise<T>,
): Promise<{ result: T; interrupted: boolean }> {
  const abort = new AbortController();
  const progress = stderrProgress();
  const release = onInterrupt(
    () => abort.abort(),
    (text) => {
      progress.clear();
      say(text);
    },
  );
  try {
    const result = await run({
      signal: abort.signal,
      ...(quiet ? {} : { onProgress: (at) => progress.update(at) }),
    });
    progress.end();
    return { result, interrupted: abort.signal.aborted };
  } finally {
    progress.clear();
    release();
  }
}

/** Progress on standard error. */
export function stderrProgress(): ProgressReport {
  const { redraw } = screenOf(process.stdout, process.stderr, process.env, true);
  return progressReport({
    write: (text) => void process.stderr.write(text),
    redraw,
    columns: () => process.stderr.columns ?? 80,
    now: () => performance.now(),
  });
}
