import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { expandPaths } from '../../dist/read/paths.js';
import { failureOf, scratch } from './support.js';

const { dir, write } = scratch();
const at = (name: string): string => path.join(dir, name);

async function names(patterns: readonly string[]): Promise<string[]> {
  const files = await expandPaths(patterns, () => undefined);
  return files.map((file) => path.relative(dir, file));
}

beforeAll(() => {
  mkdirSync(at('a/b'), { recursive: true });
  mkdirSync(at('empty'));
  mkdirSync(at('.hidden'));
  for (const name of ['a/1.jsonl', 'a/2.csv', 'a/.dot', 'a/b/3.jsonl', 'B.jsonl', 'x[1].jsonl', '.hidden/4.jsonl'])
    write(name, '{}');
  symlinkSync('..', at('a/b/loop'));
  symlinkSync(at('a'), at('linked'));
  symlinkSync('nowhere', at('a/dangling'));
});

describe('paths', () => {
  test('a folder means every file below it but dot files; a loop of links neither hangs nor repeats', async () => {
    expect(await names([at('a')])).toEqual(['a/1.jsonl', 'a/2.csv', 'a/b/3.jsonl', 'a/dangling']);
    expect((await names([at('linked')])).length).toBe(4);
  });

  test('globs know ** and braces, and do not follow a loop', async () => {
    expect(await names([at('**/*.jsonl')])).toEqual(['B.jsonl', 'a/1.jsonl', 'a/b/3.jsonl', 'x[1].jsonl']);
    expect(await names([at('a/*.{jsonl,csv}')])).toEqual(['a/1.jsonl', 'a/2.csv']);
  });

  test('are sorted by code unit, once each, - kept as standard input', async () => {
    const files = await expandPaths(
      [at('a/1.jsonl'), at('B.jsonl'), `${dir}/./B.jsonl`, at('*.jsonl'), '-'],
      () => undefined,
    );
    expect(files).toEqual(['-', at('B.jsonl'), at('a/1.jsonl'), at('x[1].jsonl')]);
  });

  test('that exist are meant literally, brackets and all', async () => {
    expect(await names([at('x[1].jsonl')])).toEqual(['x[1].jsonl']);
  });

  test('that match nothing are an error that names them', async () => {
    for (const pattern of [at('missing.jsonl'), at('*.zst'), at('empty')]) {
      const error = await failureOf(expandPaths([at('B.jsonl'), pattern], () => undefined));
      expect(error).toMatchObject({ code: 'no-input' });
      expect(String(error)).toContain(pattern);
    }
    expect(String(await failureOf(expandPaths([at('m.jsonl')], () => undefined)))).toContain('no such file');
    expect(String(await failureOf(expandPaths([at('*.m')], () => undefined)))).toContain('no file matches');
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be read is listed: reading it will tell', async () => {
    const file = write('secret.jsonl', '{}');
    chmodSync(file, 0);
    expect(await names([file])).toEqual(['secret.jsonl']);
  });
});
