import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readReport } from '../../dist/audit/whole-report.js';
import { writeReport } from '../../dist/report/writer.js';
import { reportedItem, reportedMatch } from '../../dist/report/lines.js';
import { cleanResult, fullResult } from '../report/fixture.js';

let home: string;
let dir: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'heldout-read-'));
  dir = join(home, 'report');
  await writeReport(dir, fullResult(), '0.1.0');
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function edit(change: (report: Record<string, unknown>) => void): Promise<void> {
  const path = join(dir, 'report.json');
  const report = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  change(report);
  await writeFile(path, JSON.stringify(report));
}

describe('reading a report', () => {
  it('gives what was written', async () => {
    const { report, items, matches } = await readReport(dir);
    expect(report).toEqual(JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')));
    expect(items).toEqual(fullResult().items.map(reportedItem));
    expect(matches).toEqual(fullResult().matches.map(reportedMatch));
  });

  it('reads a report without matches', async () => {
    await writeReport(dir, cleanResult(), '0.1.0');
    expect((await readReport(dir)).matches).toEqual([]);
  });

  it('keeps what it does not know', async () => {
    await edit((report) => (report['certificate'] = { new: [1, { two: null }] }));
    expect((await readReport(dir)).report).toMatchObject({ certificate: { new: [1, { two: null }] } });
  });
});

describe('a report that cannot be believed is refused', () => {
  const refused = (says: RegExp): Promise<void> =>
    expect(readReport(dir)).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(says) as string,
    });

  it('where its form is of another version, with both named', async () => {
    await edit((report) => (report['schema'] = 'heldout-report/2'));
    await refused(
      /report\.json: a report of another version \(heldout-report\/2; this heldout reads heldout-report\/1\)/,
    );
  });

  it.each([
    ['{', /no report of heldout/],
    ['[]', /no report of heldout/],
    ['{"schema":"sarif"}', /no report of heldout/],
  ])('where report.json is %s', async (text, says) => {
    await writeFile(join(dir, 'report.json'), text);
    await refused(says);
  });

  it.each(['tool', 'settings', 'totals', 'benchmarks', 'skipped', 'provenance', 'outputs'])(
    'where report.json has no %s, ',
    async (key) => {
      await edit((report) => (report[key] = undefined));
      await refused(new RegExp(`report\\.json: (damaged: ${key}|parts of it are missing)`));
    },
  );

  it('where matches.jsonl is cut short, saying by how much', async () => {
    const path = join(dir, 'matches.jsonl');
    const { length } = await readFile(path);
    await truncate(path, length - 100);
    await refused(/matches\.jsonl: cut short: [\d,]+ bytes of [\d,]+ bytes/);
  });

  it('where one character of a file was changed', async () => {
    const path = join(dir, 'items.jsonl');
    await writeFile(path, (await readFile(path, 'utf8')).replace('contaminated', 'cOntaminated'));
    await refused(/items\.jsonl: (line 1 is none that heldout writes|it is not the file that)/);
  });

  it('where a file is missing, or there is no report at all', async () => {
    await rm(join(dir, 'items.jsonl'));
    await refused(/items\.jsonl/);
    dir = join(home, 'nowhere');
    await refused(/report\.json/);
  });
});
