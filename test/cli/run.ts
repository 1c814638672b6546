import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BINARY = fileURLToPath(new URL('../../bin/heldout.js', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for a test, and the real program run in it. */
export class Bench {
  readonly dir = mkdtempSync(join(tmpdir(), 'heldout-cli-'));
  private readonly children: ChildProcess[] = [];

  write(path: string, content: string | Uint8Array): string {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), content);
    return path;
  }

  jsonl(path: string, records: readonly unknown[]): string {
    return this.write(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }

  path(path: string): string {
    return join(this.dir, path);
  }

  run(...args: string[]): Promise<Run> {
    return this.runWith({}, ...args);
  }

  /** `started` is called with the process, to send it input or signals. */
  runWith(
    given: {
      env?: Record<string, string>;
      /** From the folder of the test. */
      cwd?: string;
      input?: string | Uint8Array | undefined;
      started?: (child: ChildProcess) => void;
    },
    ...args: string[]
  ): Promise<Run> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [BINARY, ...args], {
        cwd: join(this.dir, given.cwd ?? '.'),
        env: { PATH: process.env['PATH'], ...given.env },
      });
      this.children.push(child);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
      child.stdin.on('error', () => undefined);
      if (given.started) given.started(child);
      else child.stdin.end(given.input ?? '');
    });
  }

  /** Takes the folder away, and whatever a failed test has left running. */
  remove(): void {
    for (const child of this.children) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export const QUESTION =
  'Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. ' +
  'How many clips did Natalia sell altogether in April and May?';
export const OTHER =
  'A robe takes two bolts of blue fiber and half that much white fiber. How many bolts in total does it take to sew one?';
export const FILLER =
  'The harbour master counted the boats at dusk and wrote the figure on a slate that hung beside the customs house door.';
