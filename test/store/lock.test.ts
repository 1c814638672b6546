import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildIndex, mergeIndexes } from '../../dist/index.js';
import { BuildLock } from '../../dist/store/build-lock.js';
import { jsonl, WORDS } from '../property/support.js';
import { contentsOf, defaults, IndexFolder } from './support.js';

/** Two builds of one index at once would write over each other's work. */
const binary = fileURLToPath(new URL('../../bin/heldout.js', import.meta.url));
const folder = new IndexFolder();
const corpus = folder.write(
  'corpus.jsonl',
  jsonl(
    Array.from({ length: 20_000 }, (_, i) => ({ text: WORDS.map((word, w) => `${word}${(w * i) % 7}`).join(' ') })),
  ),
);

function run(out: string): Promise<{ code: number | null; stderr: string }> {
  const args = [binary, 'index', corpus, '--out', out, '--workers', '1'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

/** What a file says; where it has gone meanwhile, nothing that would matter. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '{}';
  }
}

const held = (out: string, holder: object): void =>
  writeFileSync(`${out}.lock`, JSON.stringify({ born: '', since: '2026-11-25T00:00:00.000Z', ...holder }));

describe('An index that is being made', () => {
  it('is made once, however many processes begin it: the others say who makes it, and exit 2', async () => {
    const out = folder.fresh();
    const ended = await Promise.all([run(out), run(out), run(out)]);
    expect(ended.map(({ code }) => code).sort()).toEqual([0, 2, 2]);
    for (const { code, stderr } of ended)
      if (code === 2) expect(stderr).toMatch(/it is being made already, by process \d+ on |an index is there already/);
    expect(existsSync(`${out}.lock`)).toBe(false);
    expect(existsSync(`${out}.partial`)).toBe(false);
    const alone = await folder.build([corpus]);
    expect(contentsOf(out)).toEqual(contentsOf(alone.path));
  });

  it('is left alone by this very process, too, and by a merge', async () => {
    const out = folder.fresh();
    const first = buildIndex(defaults([corpus], out));
    await expect(buildIndex(defaults([corpus], out))).rejects.toMatchObject({ code: 'output' });
    const merge = { indexes: [], out, memoryBytes: 1 << 28, locations: true };
    await expect(mergeIndexes(merge)).rejects.toThrow(/being made already/);
    await first;
  });

  it('is another machine’s where its lock says so, which names the way out', async () => {
    const out = folder.fresh();
    held(out, { pid: 1, host: 'elsewhere' });
    const building = buildIndex(defaults([corpus], out));
    await expect(building).rejects.toThrow(`process 1 on elsewhere, since 2026-11-25T00:00:00.000Z (${out}.lock)`);
    await expect(building).rejects.toThrow(`delete ${out}.lock`);
    expect(existsSync(`${out}.partial`)).toBe(false);
    expect(readFileSync(`${out}.lock`, 'utf8')).toContain('elsewhere');
  });

  it('always says by whom, at whatever moment that one is killed', async () => {
    const out = folder.fresh();
    mkdirSync(path.dirname(out), { recursive: true });
    const lock = new URL('../../dist/store/build-lock.js', import.meta.url).href;
    const takes = `import(${JSON.stringify(lock)}).then(({ BuildLock }) => {
      const lock = new BuildLock(${JSON.stringify(out)});
      for (;;) { lock.take(); lock.release(); }
    })`;
    for (let i = 0; i < 12; i++) {
      const child = spawn(process.execPath, ['-e', takes], { stdio: 'ignore' });
      const closed = new Promise((resolve) => child.on('close', resolve));
      try {
        while (!existsSync(`${out}.lock`)) await new Promise(setImmediate);
        for (let look = 0; look < 300; look++) expect(textOf(`${out}.lock`)).toMatch(/^\{.*\}$/);
      } finally {
        child.kill('SIGKILL');
        await closed;
      }
      const next = new BuildLock(out);
      next.take();
      next.release();
    }
    expect(readdirSync(path.dirname(out)).filter((name) => name.startsWith(`${path.basename(out)}.`))).toEqual([]);
  });

  it.each<[string, (out: string) => void]>([
    ['is no more', (out) => held(out, { pid: 2 ** 22 + 1, host: hostname() })],
    ['was another of the same number', (out) => held(out, { pid: process.pid, host: hostname(), born: 'long ago' })],
    [
      'was killed before it wrote its name',
      (out) => {
        writeFileSync(`${out}.lock`, '');
        utimesSync(`${out}.lock`, 0, 0);
      },
    ],
  ])('is taken over where its process %s', async (_what, leave) => {
    const out = folder.fresh();
    leave(out);
    await buildIndex(defaults([corpus], out));
    expect(existsSync(`${out}.lock`)).toBe(false);
  });
});
