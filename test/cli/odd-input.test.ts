import { execFileSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, FILLER, OTHER, QUESTION } from './run.js';

/** Input that is there but is not what one expects: nothing may hang, and nothing may be left out unsaid. */
let bench: Bench;
let server: Server | undefined;
beforeEach(() => {
  bench = new Bench();
  bench.jsonl('bench.jsonl', [
    { id: 'natalia', question: QUESTION, answer: '72' },
    { id: 'robe', question: OTHER, answer: '3' },
  ]);
  bench.jsonl('clean.jsonl', [{ text: FILLER }, { text: `${FILLER} Nobody read it.` }]);
});
afterEach(() => {
  server?.close();
  bench.remove();
});

interface SkippedJson {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly { readonly file: string; readonly detail: string }[];
}

function skipped(): Record<string, [number, ...string[]]> {
  const report = JSON.parse(readFileSync(bench.path('heldout-report/report.json'), 'utf8')) as {
    readonly skipped: readonly SkippedJson[];
  };
  return Object.fromEntries(
    report.skipped.map(({ reason, count, examples }) => [reason, [count, ...examples.map(({ file }) => file)]]),
  );
}

const scan = (...against: string[]): [string, ...string[]] => ['scan', 'bench.jsonl', '--against', ...against];

describe('What is no regular file', () => {
  it('is refused with the way out: a named pipe', async () => {
    execFileSync('mkfifo', [bench.path('pipe')]);
    const run = await bench.run(...scan('pipe'));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^heldout: .*pipe: it is a named pipe.* < pipe/);
  });

  it('is refused as a benchmark too', async () => {
    execFileSync('mkfifo', [bench.path('pipe')]);
    const run = await bench.run('scan', 'pipe', '--against', 'clean.jsonl');
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('it is a named pipe');
  });

  it('is named and counted among other files: a pipe, a socket, a device; the others are scanned', async () => {
    mkdirSync(bench.path('corpus'));
    bench.jsonl('corpus/leaky.jsonl', [{ text: QUESTION }]);
    execFileSync('mkfifo', [bench.path('corpus/pipe')]);
    server = createServer();
    await new Promise<void>((resolve) => server?.listen(bench.path('corpus/socket'), resolve));
    const run = await bench.run(...scan('corpus', '/dev/zero'));
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('INCOMPLETE  3 files could not be read');
    expect(skipped()['unreadable-file']).toEqual([3, '/dev/zero', 'corpus/pipe', 'corpus/socket']);
  });
});

describe('Ctrl-C', { timeout: 20_000 }, () => {
  const later =
    (signal: NodeJS.Signals) =>
    (child: ChildProcess): void =>
      void setTimeout(() => child.kill(signal), 3000);

  it.each(['SIGINT', 'SIGTERM'] as const)('(%s) ends the wait for a silent standard input', async (signal) => {
    const run = await bench.runWith({ started: later(signal) }, ...scan('-'));
    expect(run.code).toBe(130);
    expect(run.stderr).toContain('interrupted before any document was read; no report was written');
    expect(existsSync(bench.path('heldout-report'))).toBe(false);
  });

  it('ends it for a benchmark on standard input too, and for --dry-run', async () => {
    const run = await bench.runWith({ started: later('SIGINT') }, 'scan', '-', '--against', 'clean.jsonl');
    expect(run.code).toBe(130);
    const killed = (child: ChildProcess): void => void setTimeout(() => child.kill('SIGTERM'), 1000);
    const dry = await bench.runWith({ started: killed }, ...scan('-'), '--dry-run');
    // A signal's own end: nothing was begun that could be kept.
    expect(dry.code).not.toBe(0);
  });

  it('leaves an older report as it was', async () => {
    await bench.run(...scan('clean.jsonl'));
    const before = readFileSync(bench.path('heldout-report/report.json'), 'utf8');
    await bench.runWith({ started: later('SIGINT') }, ...scan('-'));
    expect(readFileSync(bench.path('heldout-report/report.json'), 'utf8')).toBe(before);
  });
});

describe('Hidden files', () => {
  beforeEach(() => {
    bench.jsonl('corpus/clean.jsonl', [{ text: FILLER }]);
    bench.jsonl('corpus/.leak.jsonl', [{ text: QUESTION }]);
    bench.jsonl('corpus/.cache/leak.jsonl', [{ text: QUESTION }]);
    bench.jsonl('corpus/sub/.leak.jsonl', [{ text: QUESTION }]);
  });
  const HIDDEN = ['corpus/.cache', 'corpus/.leak.jsonl', 'corpus/sub/.leak.jsonl'];

  it.each([
    ['a folder', 'corpus'],
    ['a glob', 'corpus/**/*.jsonl'],
  ])('of %s are left out, counted, and said', async (_what, against) => {
    const run = await bench.run(...scan(against));
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('3 hidden files or folders');
    expect(run.stdout).toContain('corpus/.leak.jsonl: its name begins with a dot; name it to have it read');
    expect(skipped()['hidden-file']).toEqual([3, ...HIDDEN]);
  });

  it('are read when they are named, by a glob too', async () => {
    expect((await bench.run(...scan('corpus/.leak.jsonl'))).code).toBe(1);
    expect((await bench.run(...scan('corpus/.cache'))).code).toBe(1);
    const run = await bench.run(...scan('corpus/**/.*.jsonl'));
    expect(run.code).toBe(1);
  });

  it('alone in a folder are no corpus, and the error says why', async () => {
    bench.jsonl('dark/.a.jsonl', [{ text: QUESTION }]);
    const run = await bench.run(...scan('dark'));
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('dark: there is no file in this folder but hidden ones (1)');
  });
});

describe('A limit', () => {
  it('that cut a file short is not a pass: INCOMPLETE, exit 3', async () => {
    bench.jsonl('late.jsonl', [{ text: FILLER }, { text: FILLER }, { text: QUESTION }]);
    const run = await bench.run(...scan('late.jsonl', 'clean.jsonl'), '--limit', '2');
    expect(run.code).toBe(3);
    expect(run.stdout).not.toContain('PASS');
    expect(run.stdout).toContain(
      'INCOMPLETE  no more than the first 2 records of 2 files were read (--limit); what follows them was not checked',
    );
  });

  it('that no file reaches leaves nothing out', async () => {
    const run = await bench.run(...scan('clean.jsonl'), '--limit', '3');
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain('PARTIAL');
    expect(run.stdout).toContain('PASS');
  });

  it.each(['array.json', 'table.csv'])('counts in %s too', async (name) => {
    const texts = [FILLER, FILLER, QUESTION];
    bench.write('array.json', JSON.stringify(texts.map((text) => ({ text }))));
    bench.write('table.csv', `text\n${texts.map((text) => `"${text}"\n`).join('')}`);
    expect((await bench.run(...scan(name), '--limit', '2')).code).toBe(3);
    expect((await bench.run(...scan(name), '--limit', '3')).code).toBe(1);
  });
});

describe('A file with other bytes behind its compressed data', () => {
  const record = JSON.stringify({ text: QUESTION });
  it.each([
    ['a line', 'a.jsonl.gz', `${record}\n`],
    ['a line without its end', 'b.jsonl.gz', record],
    ['a JSON array', 'c.json.gz', `[${record}]`],
    ['a table', 'd.csv.gz', `id,text\n1,"${FILLER}"\n2,"${QUESTION}"`],
    ['a text', 'e.txt.gz', QUESTION],
  ])('is scanned up to there: %s', async (_what, name, content) => {
    bench.write(name, Buffer.concat([gzipSync(content), Buffer.from('junk')]));
    for (const against of [name, '-']) {
      const input = against === '-' ? readFileSync(bench.path(name)) : undefined;
      const run = await bench.runWith({ input }, ...scan(against));
      expect(run.code).toBe(1);
      expect(run.stdout).toContain('INCOMPLETE  1 file is damaged or cut short');
    }
  });
});

describe('What is no text', () => {
  const leak = `${JSON.stringify({ text: QUESTION })}\n`;
  const seeded = (length: number): Buffer => {
    const bytes = Buffer.alloc(length);
    for (let i = 0, state = 1; i < length; i++) bytes[i] = (state = (state * 48_271) % 0x7fffffff) >> 8;
    return bytes;
  };
  // As tar wrote it before 1988: no magic, only the sum of the header's bytes.
  const oldTar = (content: string): Buffer => {
    const header = Buffer.alloc(512);
    header.write('a.txt');
    header.write('0000644\0', 100);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.fill(32, 148, 156);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    return Buffer.concat([header, Buffer.from(content.padEnd(1024, '\0'))]);
  };

  it.each<[string, string, Buffer, RegExp]>([
    ['gzip in gzip', 'a.jsonl.gz.gz', gzipSync(gzipSync(leak)), /compressed twice: gzip inside gzip/],
    ['zstd in gzip', 'b.gz', gzipSync(zstd(Buffer.from(leak))), /compressed twice: zstd inside gzip/],
    ['gzip in zstd', 'c.zst', zstd(gzipSync(leak)), /compressed twice: gzip inside zstd/],
    ['random bytes', 'd', seeded(50_000), /binary data/],
    ['random bytes in gzip', 'e.txt.gz', gzipSync(seeded(50_000)), /binary data/],
    ['random bytes called a table', 'f.csv', seeded(50_000), /binary data/],
    ['a program', 'g', readFileSync(process.execPath).subarray(0, 300_000), /a program/],
    ['a program in gzip', 'h.gz', gzipSync(readFileSync(process.execPath).subarray(0, 300_000)), /a program/],
    [
      'the middle of a program',
      'i.txt',
      readFileSync(process.execPath).subarray(50_000_000, 50_300_000),
      /binary data/,
    ],
    ['an image', 'j.png', Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), seeded(999)]), /a PNG image/],
    ['an archive without magic', 'k', oldTar(leak), /a tar archive/],
    ['UTF-16 without a mark', 'l.txt', Buffer.from(QUESTION, 'utf16le'), /UTF-16/],
    [
      'Cyrillic in an old encoding',
      'm.txt',
      Buffer.from(Buffer.from(FILLER).map((byte) => (byte > 64 ? byte | 0x80 : byte))),
      /encoding/,
    ],
  ])('is unreadable, not read as text: %s', async (_what, name, content, reason) => {
    bench.write(name, content);
    const run = await bench.run(...scan(name, 'clean.jsonl'));
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('INCOMPLETE  1 file could not be read');
    expect(skipped()['unreadable-file']).toEqual([1, name]);
    expect(readFileSync(bench.path('heldout-report/report.json'), 'utf8')).toMatch(reason);
  });

  it('but begins as text is scanned, and said to be damaged', async () => {
    bench.write('install.sh', Buffer.concat([Buffer.from(`${QUESTION}\n${FILLER.repeat(3000)}`), seeded(900_000)]));
    const run = await bench.run(...scan('install.sh'));
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('INCOMPLETE  1 file is damaged');
  });

  it.each(['lines.jsonl', 'lines.jsonl.gz', 'array.json', 'table.csv'])(
    'in a single record counts as a record not read: %s',
    async (name) => {
      const strange = FILLER.replaceAll(/[a-z]/g, '\u00e9');
      const array = JSON.stringify([{ text: FILLER }, { text: strange }, { text: FILLER }]);
      const lines = (JSON.parse(array) as unknown[]).map((record) => JSON.stringify(record)).join('\n');
      const csv = `id,text\n1,"${FILLER}"\n2,"${strange}"\n3,"${FILLER}"\n`;
      bench.write('array.json', Buffer.from(array, 'latin1'));
      bench.write('lines.jsonl', Buffer.from(lines, 'latin1'));
      bench.write('lines.jsonl.gz', gzipSync(Buffer.from(lines, 'latin1')));
      bench.write('table.csv', Buffer.from(csv.replace(strange, 'é'.repeat(20)), 'latin1'));
      const run = await bench.run(...scan(name));
      expect(run.code).toBe(3);
      expect(run.stdout).toContain('INCOMPLETE  1 of 3 corpus records skipped');
      expect(run.stdout).toContain('1 record that is mostly not text');
    },
  );
});

function zstd(bytes: Buffer): Buffer {
  // A frame of one raw block: magic, no content size, a window of 1 KB; the block's header says last, raw, its length.
  const head = (bytes.length << 3) | 1;
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x00, head & 255, (head >> 8) & 255, head >> 16]),
    bytes,
  ]);
}
