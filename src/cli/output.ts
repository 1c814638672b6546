import { shown } from '../report/escape.js';

/** Standard output carries the result alone. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Standard error carries everything else, a line at a time. Messages name files, and names are not ours: escaped. */
export function say(message: string): void {
  process.stderr.write(`heldout: ${shown(message)}\n`);
}

/** Whoever reads our output may stop early (`| head`): no error of ours, and the exit status stays what it is. */
export function watchStreams(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return;
      say(`the output cannot be written: ${error.message}`);
      process.exit(2);
    });
}

/** Resolves when everything printed has left, or has nowhere to go. */
export async function written(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      if (stream.destroyed) resolve();
      else stream.write('', () => resolve());
    });
}
