import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { jsonl, WORDS } from '../property/support.js';
import { contentsOf, IndexFolder } from './support.js';

const binary = fileURLToPath(new URL('../../bin/heldout.js', import.meta.url));
const folder = new IndexFolder();

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs the program; kills it, as kill −9 does, after so many milliseconds where it still runs. */
function run(args: readonly string[], killAfterMs?: number): Promise<Ended> {
  const child = spawn(process.execPath, [binary, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stderr });
    });
  });
}

/** Kills a build as soon as its plan is on disk; one that was faster than that is begun anew. */
async function killedAtPlan(args: readonly string[], out: string): Promise<void> {
  const plan = `${out}.partial/plan.json`;
  while (!existsSync(plan)) {
    rmSync(out, { recursive: true, force: true });
    const child = spawn(process.execPath, [binary, ...args], { stdio: 'ignore' });
    const closed = new Promise((resolve) => child.on('close', resolve));
    const look = setInterval(() => existsSync(plan) && child.kill('SIGKILL'), 1);
    await closed;
    clearInterval(look);
  }
}

function textOf(file: number, i: number): string {
  return Array.from(
    { length: 90 },
    (_, w) => `${WORDS[(w * (i + 3) + file * 31 + w * w) % WORDS.length]}${(w * i) % 7}`,
  ).join(' ');
}

const files = Array.from({ length: 6 }, (_, file) =>
  folder.write(`part-${file}.jsonl`, jsonl(Array.from({ length: 2500 }, (_, i) => ({ text: textOf(file, i) })))),
);

/** Moments from start to end, the same in every run of the test. */
const moments = (count: number, until: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.round(120 + ((i * 0.618_034) % 1) * until));

/** How a build goes about it: short guarantees give more fingerprints than four workers have room for in so little memory. */
const WAYS = [
  { name: 'that holds all it reads, records too', options: ['--records', '-w', '2'], writesRuns: false },
  { name: 'that writes runs', options: ['--guarantee', '10', '-w', '4'], writesRuns: true },
  { name: 'that writes runs, and records', options: ['--guarantee', '10', '--records', '-w', '4'], writesRuns: true },
];

/** Batches that an unfinished build need not read again. */
function batchesIn(partial: string): number {
  return existsSync(partial) ? readdirSync(partial).filter((name) => /^batch-\d+\.json$/.test(name)).length : 0;
}

describe('kill -9', () => {
  it.each(WAYS)(
    'at any moment of a build $name leaves what --resume goes on with, to the same bytes',
    async ({ options, writesRuns }) => {
      const build = ['index', ...files, ...options, '--quiet'];
      const whole = folder.fresh();
      expect(await run([...build, '-w', '1', '--memory', '1GB', '--out', whole])).toMatchObject({ code: 0 });
      const expected = contentsOf(whole);
      const alone = folder.fresh();
      const started = performance.now();
      expect(await run([...build, '--memory', '256MB', '--out', alone])).toMatchObject({ code: 0 });
      const tookMs = performance.now() - started;
      expect(contentsOf(alone)).toEqual(expected);
      let [killed, kept] = [0, 0];
      for (const moment of moments(6, tookMs)) {
        const out = folder.fresh();
        const args = [...build, '--memory', '256MB', '--out', out];
        let { code } = await run(args, moment);
        kept += batchesIn(`${out}.partial`);
        // Once more half-way through what is left.
        if (code === null && existsSync(`${out}.partial/plan.json`))
          ({ code } = await run([...args, '--resume'], moment));
        if (code === null) {
          killed++;
          // A half-written index is none.
          if (!existsSync(out)) expect((await run(['inspect', `${out}.partial`])).code).toBe(2);
          const end = await run([...args, '--resume']);
          // It was finished, and killed before it said so.
          if (end.code === 2) expect(end.stderr).toContain('is there already');
          else expect(end).toMatchObject({ code: 0 });
        }
        expect(contentsOf(out)).toEqual(expected);
        rmSync(out, { recursive: true, force: true });
      }
      expect(killed).toBeGreaterThan(1);
      expect(kept > 0).toBe(writesRuns);
    },
  );

  it('at any moment of a merge leaves its inputs whole, and the next merge begins anew to the same bytes', async () => {
    const parts = await Promise.all([files.slice(0, 3), files.slice(3)].map((some) => folder.build(some)));
    const paths = parts.map((part) => part.path);
    const whole = folder.fresh();
    const started = performance.now();
    await run(['merge', ...paths, '--out', whole, '--quiet']);
    const tookMs = performance.now() - started;
    const expected = contentsOf(whole);
    for (const moment of moments(4, tookMs)) {
      const out = folder.fresh();
      const first = await run(['merge', ...paths, '--out', out, '--quiet'], moment);
      if (first.code === null && !existsSync(out)) {
        const again = await run(['merge', ...paths, '--out', out, '--quiet']);
        expect(again.code, again.stderr).toBe(0);
      }
      expect(contentsOf(out)).toEqual(expected);
    }
  });

  it('is told by who builds without --resume, and nothing is thrown away unasked', async () => {
    const out = folder.fresh();
    const args = ['index', ...files, '--out', out, '--records', '--memory', '256MB', '--quiet'];
    await killedAtPlan(args, out);
    const again = await run(args);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/an unfinished index.*--resume/);
    const others = await run(['index', files[0], '--out', out, '--records', '--memory', '256MB', '--resume']);
    expect(others.code).toBe(2);
    expect(others.stderr).toContain(`${path.basename(files[1])} is no longer among its inputs`);
    expect(await run([...args, '--resume'])).toMatchObject({ code: 0 });
  });
});
