import { existsSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, FILLER, OTHER, QUESTION } from './run.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
  bench.jsonl('bench.jsonl', [
    { id: 'natalia', question: QUESTION, answer: '72' },
    { id: 'robe', question: OTHER, answer: '3' },
  ]);
  bench.jsonl('clean.jsonl', [{ text: FILLER }, { text: `${FILLER} Nobody read it.` }]);
  bench.jsonl('leaky.jsonl', [
    { text: FILLER },
    { id: 'page-9', text: `Homework. ${QUESTION} The answer is 72. ${FILLER}` },
  ]);
});
afterEach(() => bench.remove());

function report(): Record<string, unknown> {
  return JSON.parse(readFileSync(bench.path('heldout-report/report.json'), 'utf8')) as Record<string, unknown>;
}

function lines(file: string): Record<string, unknown>[] {
  const text = readFileSync(bench.path(`heldout-report/${file}`), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('heldout scan exits', () => {
  it('0 where nothing is contaminated', async () => {
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'clean.jsonl');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('PASS  none of 2 checked items is contaminated');
    expect(lines('items.jsonl').map(({ verdict }) => verdict)).toEqual(['clean', 'clean']);
  });

  it('1 where an item is, and shows which, where, and both texts', async () => {
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'leaky.jsonl');
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain('CONTAMINATED  1 item of 2 checked');
    expect(run.stdout).toContain('in leaky.jsonl · record 2');
    expect(run.stdout).toContain('[Natalia sold clips');
    expect(lines('matches.jsonl')).toMatchObject([
      {
        benchmark: 'bench',
        item: 'natalia',
        document: { id: 'page-9', file: 'leaky.jsonl', record: 2 },
        itemText: expect.stringContaining(QUESTION) as string,
      },
    ]);
  });

  it('0 where the policy allows what was found', async () => {
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'leaky.jsonl', '--max-contaminated', '1');
    expect(run.code).toBe(0);
  });

  it.each([
    ['no command', []],
    ['an unknown option', ['scan', 'bench.jsonl', '--against', 'clean.jsonl', '--bogus']],
    ['no corpus', ['scan', 'bench.jsonl']],
    ['no benchmark', ['scan', '--against', 'clean.jsonl']],
    ['a number that is none', ['scan', 'bench.jsonl', '--against', 'clean.jsonl', '--workers', 'many']],
    ['a file that is not there', ['scan', 'bench.jsonl', '--against', 'missing.jsonl']],
    ['a glob that matches nothing', ['scan', 'bench.jsonl', '--against', 'none/**/*.jsonl']],
    ['a benchmark that is not there', ['scan', 'missing.jsonl', '--against', 'clean.jsonl']],
    ['a benchmark without questions', ['scan', 'numbers.jsonl', '--against', 'clean.jsonl']],
    ['a text field that no record has', ['scan', 'bench.jsonl', '--against', 'clean.jsonl', '--text-field', 'body']],
    ['a corpus that is empty', ['scan', 'bench.jsonl', '--against', 'empty.jsonl']],
    ['a report folder with other files in it', ['scan', 'bench.jsonl', '--against', 'clean.jsonl', '--out', 'mine']],
  ])('2 for %s, in one line and without a report', async (_what, args) => {
    bench.jsonl('numbers.jsonl', [{ a: 1 }, { a: 2 }]);
    bench.write('empty.jsonl', '');
    bench.write('mine/notes.txt', 'mine');
    const run = await bench.run(...args);
    expect(run.code).toBe(2);
    expect(run.stderr).not.toContain('    at ');
    if (args.length > 0) expect(run.stderr).toMatch(/^heldout: /);
    expect(readdirSync(bench.path('mine'))).toEqual(['notes.txt']);
  });

  it('2 for a wrong text field, naming the fields that were seen', async () => {
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'clean.jsonl', '--text-field', 'body');
    expect(run.stderr).toMatch(/body.*text/s);
    expect(existsSync(bench.path('heldout-report'))).toBe(false);
  });

  it('3 where a file is cut short, with all that came before the cut', async () => {
    const whole = Array.from(
      { length: 20_000 },
      (_, i) => `${JSON.stringify({ text: `${FILLER} ${i * 7919}` })}\n`,
    ).join('');
    bench.write('cut.jsonl.gz', gzipSync(whole).subarray(0, 40_000));
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'clean.jsonl', 'cut.jsonl.gz');
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('INCOMPLETE  1 file is damaged or cut short');
    expect(report()).toMatchObject({
      skipped: [{ reason: 'corrupt-file', count: 1, examples: [{ file: 'cut.jsonl.gz' }] }],
    });
  });

  it('3 where too many records are broken, 0 where the policy allows it', async () => {
    bench.write('broken.jsonl', `{"text":"${FILLER}"}\n{"text": broken\n`);
    const args = ['scan', 'bench.jsonl', '--against', 'broken.jsonl'];
    const run = await bench.run(...args);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('broken.jsonl record 2');
    expect((await bench.run(...args, '--max-skipped-rate', '50%')).code).toBe(0);
  });

  it('1 rather than 3 where both hold, and says both', async () => {
    bench.write('broken.jsonl', `{"text": broken\n`);
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'leaky.jsonl', 'broken.jsonl');
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/CONTAMINATED .*\nINCOMPLETE /);
  });

  it('130 when interrupted, with what was found so far in a report marked partial', async () => {
    // More than is looked at before the scan begins; then silence, with the pipe left open.
    const started = (child: ChildProcess): void => {
      child.stdin?.write(`${JSON.stringify({ text: `Homework. ${QUESTION} The answer is 72.` })}\n`);
      child.stdin?.write(`${JSON.stringify({ text: FILLER })}\n`.repeat(60_000));
      setTimeout(() => child.kill('SIGINT'), 3000);
    };
    const run = await bench.runWith({ started }, 'scan', 'bench.jsonl', '--against', '-');
    expect(run.code).toBe(130);
    expect(run.stdout).toContain('INTERRUPTED');
    expect(report()).toMatchObject({ partial: true });
  }, 20_000);
});

describe('heldout scan', () => {
  it('reads standard input', async () => {
    const input = readFileSync(bench.path('leaky.jsonl'), 'utf8');
    const run = await bench.runWith({ input }, 'scan', 'bench.jsonl', '--against', '-');
    expect(run.code).toBe(1);
  });

  it('gives the same report, byte for byte, for one worker and four', async () => {
    for (const workers of ['1', '4'])
      await bench.run(
        'scan',
        'bench.jsonl',
        '--against',
        'leaky.jsonl',
        'clean.jsonl',
        '--workers',
        workers,
        '--out',
        `w${workers}`,
      );
    for (const file of ['report.json', 'items.jsonl', 'matches.jsonl'])
      expect(readFileSync(bench.path(`w4/${file}`), 'utf8')).toBe(readFileSync(bench.path(`w1/${file}`), 'utf8'));
  });

  it('prints with --json exactly what report.json holds, and the outcome on standard error', async () => {
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'leaky.jsonl', '--json');
    expect(run.stdout).toBe(readFileSync(bench.path('heldout-report/report.json'), 'utf8'));
    expect(run.stderr).toMatch(/^heldout: CONTAMINATED: /);
  });

  it('prints with --quiet the outcome alone', async () => {
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'clean.jsonl', '--quiet');
    expect(run).toMatchObject({ code: 0, stdout: 'PASS  none of 2 checked items is contaminated\n', stderr: '' });
  });

  it('has colours where they are asked for, and none in a pipe', async () => {
    const args = ['scan', 'bench.jsonl', '--against', 'leaky.jsonl'];
    expect((await bench.run(...args)).stdout).not.toContain('\u001b');
    expect((await bench.runWith({ env: { FORCE_COLOR: '1' } }, ...args)).stdout).toContain('\u001b[4;31mNatalia');
    expect((await bench.runWith({ env: { FORCE_COLOR: '1' } }, ...args, '--no-color')).stdout).not.toContain('\u001b');
  });

  it('says with --dry-run what it would read, and writes nothing', async () => {
    const run = await bench.run('scan', 'bench.jsonl', '--against', 'leaky.jsonl', '--dry-run');
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('bench: 2 items');
    expect(run.stdout).toContain('question ← question');
    expect(run.stdout).toMatch(/leaky\.jsonl .* jsonl .* text/);
    expect(existsSync(bench.path('heldout-report'))).toBe(false);
  });

  it('keeps its status when nobody reads its output to the end', () => {
    const binary = fileURLToPath(new URL('../../bin/heldout.js', import.meta.url));
    const script = `"$0" "$1" scan bench.jsonl --against leaky.jsonl | true; exit \${PIPESTATUS[0]}`;
    const run = spawnSync('bash', ['-c', script, process.execPath, binary], { cwd: bench.dir, encoding: 'utf8' });
    expect(run).toMatchObject({ status: 1, stderr: '' });
  });

  it('shows the result all the same where the report cannot be written, and exits 2', async ({ skip }) => {
    if (!existsSync('/dev/full')) return skip('there is no /dev/full here');
    const binary = fileURLToPath(new URL('../../bin/heldout.js', import.meta.url));
    const full = openSync('/dev/full', 'w');
    const args = [binary, 'scan', 'bench.jsonl', '--against', 'clean.jsonl'];
    const run = spawnSync(process.execPath, args, {
      cwd: bench.dir,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('heldout: the output cannot be written');
  });
});

describe('heldout show', () => {
  it('shows every match of a report, or those of one item', async () => {
    await bench.run('scan', 'bench.jsonl', '--against', 'leaky.jsonl');
    const all = await bench.run('show');
    expect(all).toMatchObject({ code: 0, stderr: '' });
    expect(all.stdout).toContain('bench natalia');
    expect((await bench.run('show', 'heldout-report/report.json', '--item', 'natalia')).stdout).toBe(all.stdout);
  });

  it('tells a clean item from one that is not there, and says why it has no match', async () => {
    bench.jsonl('two.jsonl', [
      { id: 'natalia', question: QUESTION },
      { id: 'robe', question: OTHER },
      { id: 'short', question: 'Why?' },
    ]);
    await bench.run('scan', 'two.jsonl', '--against', 'leaky.jsonl');
    const clean = await bench.run('show', '--item', 'robe');
    expect(clean).toMatchObject({ code: 0, stderr: '' });
    expect(clean.stdout).toMatch(/two robe is clean: .*2 documents/);
    expect((await bench.run('show', '--item', 'short')).stdout).toContain('two short is unchecked: ');
    const narrowed = await bench.run('show', '--item', 'natalia', '--verdict', 'suspect');
    expect(narrowed.stdout).toContain('two natalia is contaminated: none of its matches is suspect');
    const nobody = await bench.run('show', '--item', 'nobody');
    expect(nobody).toMatchObject({ code: 2, stdout: '' });
    expect(nobody.stderr).toContain('no item nobody among the 3 items of this report');
    const elsewhere = await bench.run('show', '--item', 'robe', '--benchmark', 'bench');
    expect(elsewhere).toMatchObject({ code: 2, stdout: '' });
    expect(elsewhere.stderr).toContain('Its benchmarks: two');
  });

  it('finds an item by its id as it is shown, whatever is in it', async () => {
    const id = "two\nlines\tand 'one' \u0007 more";
    bench.jsonl('odd.jsonl', [{ id, question: QUESTION }]);
    const scan = await bench.run('scan', 'odd.jsonl', '--against', 'leaky.jsonl');
    const hint = /heldout show heldout-report --item (.*)/.exec(scan.stdout)?.[1] ?? '';
    const given = spawnSync('sh', ['-c', `printf %s ${hint}`], { encoding: 'utf8' }).stdout;
    for (const asked of [given, id])
      expect((await bench.run('show', '--item', asked)).stdout).toContain("odd two lines and 'one' ␇ more");
  });

  it('says where the matches are not those that the report was written with, or cannot be held against it', async () => {
    await bench.run('scan', 'bench.jsonl', '--against', 'leaky.jsonl');
    const path = bench.path('heldout-report/matches.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('natalia', 'natasha'));
    const forged = await bench.run('show');
    expect(forged.code).toBe(2);
    expect(forged.stderr).toContain('it is not the file that report.json was written beside');
    expect((await bench.run('show', '--item', 'natasha')).code).toBe(2);
    rmSync(bench.path('heldout-report/report.json'));
    const alone = await bench.run('show');
    expect(alone.code).toBe(0);
    expect(alone.stdout).toContain('bench natasha');
    expect(alone.stderr).toContain('not checked');
    const none = await bench.run('show', '--item', 'robe');
    expect(none).toMatchObject({ code: 0, stdout: '' });
    expect(none.stderr).toContain('no match of item robe');
  });
});
