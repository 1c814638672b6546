import { execFileSync } from 'node:child_process';
import * as nodeFs from 'node:fs/promises';
import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeldoutError } from '../../dist/model/errors.js';
import type { ScanResult } from '../../dist/model/result.js';
import { loadDigester } from '../../dist/report/digest.js';
import { checkReportFolder, writeReport } from '../../dist/report/writer.js';
import type { ReportFs } from '../../dist/report/folder-writer.js';
import { cleanResult, fullResult } from './fixture.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'heldout-writer-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const FILES = ['index.html', 'items.jsonl', 'matches.jsonl', 'report.json'];

function errorOf(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made up`), { code });
}

/** Everything in a folder, by name. */
async function contents(dir: string): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const name of await readdir(dir)) entries.push([name, await readFile(join(dir, name), 'utf8')]);
  return Object.fromEntries(entries);
}

/** More than a megabyte of lines. */
function bigResult(): ScanResult {
  const result = fullResult();
  const [match] = result.matches;
  const matches = Array.from({ length: 3000 }, (_, i) => ({ ...match, item: String(i) }));
  return { ...result, matches };
}

describe('writing a report', () => {
  it('makes the folder, parents too, with its four files and nothing else', async () => {
    const dir = join(home, 'a/b/report');
    await writeReport(dir, fullResult(), '0.1.0');
    expect((await readdir(dir)).sort()).toEqual(FILES);
    expect(await readdir(join(home, 'a/b'))).toEqual(['report']);
  });

  it('gives the same bytes twice, each file as long and with the digest report.json says', async () => {
    await writeReport(join(home, 'one'), bigResult(), '0.1.0');
    const report = await writeReport(join(home, 'two'), bigResult(), '0.1.0');
    expect(await contents(join(home, 'one'))).toEqual(await contents(join(home, 'two')));
    const digester = await loadDigester();
    for (const { path, bytes, lines, xxh64 } of report.outputs) {
      const written = await readFile(join(home, 'two', path));
      const digest = digester();
      digest.update(written);
      expect([written.length, written.toString().split('\n').length - 1, digest.hex()]).toEqual([bytes, lines, xxh64]);
    }
  });

  it('fills an empty folder and replaces an older report', async () => {
    const dir = join(home, 'report');
    await mkdir(dir);
    await writeReport(dir, fullResult(), '0.1.0');
    await writeReport(dir, cleanResult(), '0.1.0');
    expect((await readdir(dir)).sort()).toEqual(FILES);
    expect(JSON.parse(await readFile(join(dir, 'report.json'), 'utf8'))).toMatchObject({ totals: { items: 2 } });
    expect(await readFile(join(dir, 'matches.jsonl'), 'utf8')).toBe('');
  });

  it.each([
    ['a folder with other files', { 'notes.txt': 'mine' }],
    ["somebody else's report.json", { 'report.json': '{"schema":"other/1"}', 'items.jsonl': 'mine' }],
    ['a report.json that is no JSON', { 'report.json': 'mine' }],
  ])('refuses %s and leaves it alone', async (_what, files) => {
    const dir = join(home, 'mine');
    await mkdir(dir);
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
    const written = writeReport(dir, cleanResult(), '0.1.0');
    await expect(written).rejects.toMatchObject({
      code: 'output',
      message: expect.stringContaining('--out') as string,
    });
    await expect(checkReportFolder(dir)).rejects.toBeInstanceOf(HeldoutError);
    expect(await contents(dir)).toEqual(files);
  });

  it('refuses a path that is a file, or lies below one', async () => {
    await writeFile(join(home, 'file'), 'mine');
    for (const path of ['file', 'file/below'])
      await expect(writeReport(join(home, path), cleanResult(), '0.1.0')).rejects.toMatchObject({ code: 'output' });
    expect(await contents(home)).toEqual({ file: 'mine' });
  });
});

/** A file system on which one call in a row of calls fails. */
function failing(call: 'open' | 'rename' | 'mkdir' | 'appendFile' | 'sync', at: number, code: string): ReportFs {
  let calls = 0;
  const fail = (name: typeof call): void => {
    if (name === call && ++calls === at) throw errorOf(code);
  };
  const open: typeof nodeFs.open = async (path, flags, mode) => {
    if (flags !== 'r') fail('open');
    const handle = await nodeFs.open(path, flags, mode);
    if (flags === 'r') return handle;
    const appendFile = handle.appendFile.bind(handle);
    const sync = handle.sync.bind(handle);
    handle.appendFile = async (...given) => {
      fail('appendFile');
      await appendFile(...given);
    };
    handle.sync = async () => {
      fail('sync');
      await sync();
    };
    return handle;
  };
  const rename: typeof nodeFs.rename = async (from, to) => {
    fail('rename');
    await nodeFs.rename(from, to);
  };
  const mkdirOrFail = (async (path: string, options?: { recursive?: boolean }) => {
    fail('mkdir');
    return nodeFs.mkdir(path, options);
  }) as typeof nodeFs.mkdir;
  return { ...nodeFs, open, rename, mkdir: mkdirOrFail };
}

const FAILURES = [
  ['open', 1, 'EACCES'],
  ['open', 4, 'EMFILE'],
  ['mkdir', 1, 'EROFS'],
  ['appendFile', 1, 'ENOSPC'],
  ['appendFile', 3, 'ENOSPC'],
  ['sync', 2, 'EIO'],
  ['rename', 1, 'EACCES'],
] as const;

describe('a report that cannot be written', () => {
  it.each(FAILURES)('for %s number %i failing with %s leaves nothing behind', async (call, at, code) => {
    const written = writeReport(join(home, 'report'), bigResult(), '0.1.0', [], failing(call, at, code));
    await expect(written).rejects.toMatchObject({ name: 'HeldoutError', code: 'output' });
    expect(await readdir(home)).toEqual([]);
  });

  it.each([...FAILURES, ...[2, 3, 4, 5, 6, 7, 8].map((at) => ['rename', at, 'EIO'] as const)])(
    'for %s number %i failing with %s leaves an older report as it was',
    async (call, at, code) => {
      const dir = join(home, 'report');
      await writeReport(dir, cleanResult(), '0.1.0');
      const before = await contents(dir);
      const written = writeReport(dir, bigResult(), '0.1.0', [], failing(call, at, code));
      await expect(written).rejects.toMatchObject({ code: 'output' });
      expect(await contents(dir)).toEqual(before);
    },
  );

  it('says that the disk is full, and what to do', async () => {
    const written = writeReport(join(home, 'report'), bigResult(), '0.1.0', [], failing('appendFile', 2, 'ENOSPC'));
    await expect(written).rejects.toThrow(/the disk is full; free some space or choose another folder with --out/);
  });

  it('leaves a really full disk as it was', async ({ skip }) => {
    const disk = join(home, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'heldout-test', disk], { stdio: 'ignore' });
    } catch {
      return skip('a small disk cannot be mounted here: it takes root and the right to mount');
    }
    try {
      const dir = join(disk, 'report');
      await expect(writeReport(dir, bigResult(), '0.1.0')).rejects.toThrow(/the disk is full/);
      expect(await readdir(disk)).toEqual([]);
      await writeReport(dir, cleanResult(), '0.1.0');
      const before = await contents(dir);
      await expect(writeReport(dir, bigResult(), '0.1.0')).rejects.toThrow(/the disk is full/);
      expect(await contents(dir)).toEqual(before);
      // The root of a mounted disk, as containers have it.
      await rm(dir, { recursive: true });
      await writeReport(disk, cleanResult(), '0.1.0');
      expect((await readdir(disk)).sort()).toEqual(FILES);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
