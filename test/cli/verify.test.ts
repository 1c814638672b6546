import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, FILLER, QUESTION } from './run.js';
import type { Run } from './run.js';

let bench: Bench;
beforeEach(async () => {
  bench = new Bench();
  bench.jsonl('bench.jsonl', [{ id: 'natalia', question: QUESTION, answer: '72' }]);
  bench.jsonl('corpus/a.jsonl', [{ text: FILLER }]);
  bench.jsonl('corpus/b.jsonl', [{ text: QUESTION }]);
  await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'report', '--quiet');
});
afterEach(() => bench.remove());

const verify = (...rest: string[]): Promise<Run> => bench.run('verify', 'report', ...rest);
const sha256 = (path: string): string =>
  createHash('sha256')
    .update(readFileSync(bench.path(path)))
    .digest('hex');

describe('heldout verify', () => {
  it('says that everything holds while it does', async () => {
    const run = await verify();
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('1 of 1 benchmark file is the same\n2 of 2 corpus files are the same\n');
    expect(run.stdout).toContain('\nHOLDS ');
  });

  it('names what changed, what is gone, and what was edited in the report', async () => {
    bench.jsonl('corpus/a.jsonl', [{ text: `${FILLER}!` }]);
    writeFileSync(bench.path('report/items.jsonl'), '');
    const run = await verify('--attest', 'statement.json');
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/ {2}changed {2}corpus\/a\.jsonl: then \d+ bytes, xxh64 [0-9a-f]{16}; now/);
    expect(run.stdout).toContain('  changed  items.jsonl: ');
    expect(run.stdout).toContain(
      '\nDOES NOT HOLD  files of the report are not those that it was written with (items.jsonl); fetch',
    );
    expect(existsSync(bench.path('statement.json'))).toBe(false);
    const elsewhere = await verify('--root', 'corpus');
    expect(elsewhere.stdout).toContain(
      '  missing  corpus/b.jsonl: corpus/corpus/b.jsonl: cannot be read: no such file',
    );
  });

  it('sees settings that are not those of the id', async () => {
    const report = bench.path('report/report.json');
    writeFileSync(report, readFileSync(report, 'utf8').replace('"maxContaminated": 0', '"maxContaminated": 9'));
    const run = await verify();
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('the settings do not have the id that is stated');
  });

  it('finds the baseline where the inputs are, with --root', async () => {
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'new', '--baseline', 'report', '--quiet');
    mkdirSync(bench.path('elsewhere'));
    renameSync(bench.path('new'), bench.path('elsewhere/new'));
    const run = await bench.runWith({ cwd: 'elsewhere' }, 'verify', 'new', '--root', '..');
    expect(run.stdout).not.toContain('the baseline');
    expect(run.code).toBe(0);
  });

  it('sees counts that are not those of the items, and attests to none of them', async () => {
    const report = bench.path('report/report.json');
    writeFileSync(report, readFileSync(report, 'utf8').replaceAll('"contaminated": 1', '"contaminated": 0'));
    const run = await verify('--attest', 'statement.json');
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('  contradiction  report.json, totals.verdicts.contaminated is 0; the items give 1\n');
    expect(run.stdout).toContain('\nDOES NOT HOLD  the report is not as it was written (it contradicts itself)');
    expect(existsSync(bench.path('statement.json'))).toBe(false);
  });

  it('does not call a file changed that a limit cut off', async () => {
    bench.jsonl('corpus/a.jsonl', [{ text: FILLER }, { text: FILLER }]);
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'report', '--limit', '1', '--quiet');
    const run = await verify();
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('\nDOES NOT HOLD  the report has no digest of some files');
  });

  it('does not vouch for a report that says another version wrote it: that would switch checks off', async () => {
    const path = bench.path('report/report.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/"version": "[^"]+"/, '"version": "0.0.9"'));
    const run = await verify('--attest', 'statement.json');
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(
      /\nNOT ALL CHECKED {2}heldout 0\.0\.9 wrote the report, so it says; verify it with that one[^\n]+\n$/,
    );
    expect(run.stdout).not.toContain('HOLDS');
    expect(run.stderr).toBe('heldout: statement.json: no statement was written, since not all was checked.\n');
    expect(existsSync(bench.path('statement.json'))).toBe(false);
    expect(JSON.parse((await verify('--json')).stdout)).toMatchObject({ holds: false, otherVersion: '0.0.9' });
  });

  it('refuses what is no report, in one line', async () => {
    const run = await bench.run('verify', 'corpus');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(/^heldout: corpus\/report\.json: [^\n]+\n$/);
  });

  it('prints all of it with --json', async () => {
    const { stdout } = await verify('--json');
    expect(JSON.parse(stdout)).toMatchObject({
      holds: true,
      settingsHold: true,
      reportSha256: sha256('report/report.json'),
    });
  });
});

describe('--attest', () => {
  it('writes an in-toto Statement over the report, the same bytes each time', async () => {
    expect((await verify('--attest', 'one.json')).code).toBe(0);
    await verify('--attest', 'two.json');
    const text = readFileSync(bench.path('one.json'), 'utf8');
    expect(readFileSync(bench.path('two.json'), 'utf8')).toBe(text);
    const statement = JSON.parse(text) as { subject: { name: string; digest: { sha256: string } }[] };
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'urn:heldout:attestation:report:v1',
      predicate: {
        attests: [
          expect.stringContaining('can be counted again'),
          expect.stringContaining('had, when this was written'),
          expect.stringContaining('quote stands in these inputs'),
        ],
        doesNotAttest: expect.arrayContaining([expect.stringContaining('that no match is missing')]) as unknown,
        tool: { name: 'heldout' },
        totals: { documents: 2, verdicts: { contaminated: 1 } },
        inputs: {
          benchmarks: [{ name: 'bench.jsonl', digest: { sha256: sha256('bench.jsonl') } }],
          corpus: [
            { name: 'corpus/a.jsonl' },
            { name: 'corpus/b.jsonl', digest: { sha256: sha256('corpus/b.jsonl') } },
          ],
        },
      },
    });
    expect(statement.subject[0]).toEqual({ name: 'report.json', digest: { sha256: sha256('report/report.json') } });
    for (const { name, digest } of statement.subject) expect(digest.sha256).toBe(sha256(`report/${name}`));
  });

  it('says in plain words where it cannot be written', async () => {
    const run = await verify('--attest', 'nowhere/statement.json');
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(
      /nowhere\/statement\.json: cannot be written: no such folder\. Choose another name\.\n$/,
    );
  });

  it('overwrites nothing', async () => {
    bench.write('mine.json', 'mine');
    const run = await verify('--attest', 'mine.json');
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('mine.json: cannot be written: it exists, and nothing is overwritten');
    expect(readFileSync(bench.path('mine.json'), 'utf8')).toBe('mine');
  });
});

describe('--rescan', () => {
  it('scans again from what the report says alone, and gets the same bytes', async () => {
    const run = await verify('--rescan', '--attest', 'statement.json');
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain('\nscanning the inputs again gave the same bytes\n');
    expect(run.stdout).not.toContain('not checked');
    expect(readFileSync(bench.path('statement.json'), 'utf8')).toContain('Scanning these inputs again');
  });

  it('finds the inputs of a report that was moved, with --root', async () => {
    mkdirSync(bench.path('elsewhere'));
    renameSync(bench.path('report'), bench.path('elsewhere/report'));
    const inner = await bench.run('verify', 'elsewhere/report', '--root', '.', '--rescan');
    expect(inner.stdout).toContain('\nscanning the inputs again gave the same bytes\n');
    renameSync(bench.path('corpus'), bench.path('elsewhere/corpus'));
    renameSync(bench.path('bench.jsonl'), bench.path('elsewhere/bench.jsonl'));
    const outer = await bench.run('verify', 'elsewhere/report', '--root', 'elsewhere', '--rescan');
    expect(outer.stdout).toContain('\nscanning the inputs again gave the same bytes\n');
  });

  it('names what nothing in the report contradicts', async () => {
    const path = bench.path('report/report.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"textBytes": \d+/, '"textBytes": 99'));
    await bench.run('report', 'report');
    expect((await verify()).code).toBe(0);
    const run = await verify('--rescan');
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/ {2}differs {2}report\.json, totals\.textBytes is 99; the scan gives \d+\n/);
    expect(run.stdout).toContain('(its inputs give another one)');
  });

  it('does not scan inputs that changed, and asks for the key of a report without text', async () => {
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'closed', '--quiet', '--redact');
    const closed = await bench.run('verify', 'closed', '--rescan');
    expect(closed.code).toBe(2);
    expect(closed.stderr).toContain('--redact-key');
    bench.write('key', 'a key of more than sixteen bytes');
    await bench.run('scan', 'bench.jsonl', '--against', 'corpus', '--out', 'keyed', '--quiet', '--redact-key', 'key');
    const keyed = await bench.run('verify', 'keyed', '--rescan', '--redact-key', 'key');
    expect(keyed).toMatchObject({ code: 0 });
    bench.jsonl('corpus/a.jsonl', [{ text: `${FILLER}!` }]);
    expect((await verify('--rescan')).stderr).toContain('--rescan: not scanned again');
  });
});
