import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FILLER, OTHER, QUESTION } from '../cli/run.js';
import { ForgedReport } from './forged-report.js';
import type { Line } from './forged-report.js';

let forged: ForgedReport;
beforeEach(async () => {
  forged = new ForgedReport();
  await forged.scan();
});
afterEach(() => forged.bench.remove());

describe('heldout verify reads again what a report names of its inputs, and finds', () => {
  it.each<[string, (match: Line) => Line, RegExp]>([
    ['a longest run', (match) => ({ ...match, longestRun: 9 }), /line 1: longestRun is 9; its spans give 31/],
    [
      'a span beyond its text',
      (match) => ({ ...match, spans: [{ item: [0, 900], document: [0, 900] }] }),
      /line 1: the span \[0, 900\] to \[0, 900\] is not in its texts/,
    ],
    ['no spans', (match) => ({ ...match, spans: [] }), /line 1: it has no spans; a match has/],
    [
      'an itemText',
      (match) => ({ ...match, itemText: `${String(match['itemText'])}!` }),
      /line 1: its itemText is not the question\+answer that the benchmark has|not the question that the benchmark has/,
    ],
    [
      'a documentText',
      (match) => ({ ...match, documentText: String(match['documentText']).replace('clips', 'chips') }),
      /line 1: what it quotes does not stand at that place of corpus\/b\.jsonl record 1/,
    ],
    [
      'an offset beyond its file',
      (match) => ({ ...match, document: { ...(match['document'] as Line), offset: 99_999 } }),
      /line 1: no record of corpus\/b\.jsonl begins at byte 99999/,
    ],
    [
      'an offset inside a record',
      (match) => ({ ...match, document: { ...(match['document'] as Line), offset: 1 } }),
      /line 1: no record of corpus\/b\.jsonl begins at byte 1/,
    ],
    [
      'no offset where there is one',
      (match) => ({ ...match, document: { ...(match['document'] as Line), offset: -1 } }),
      /line 1: its offset is -1; jsonl has one/,
    ],
    [
      'an id of its record',
      (match) => ({ ...match, document: { ...(match['document'] as Line), id: 'x' } }),
      /line 1: document\.id is "x"; corpus\/b\.jsonl gives "corpus\/b\.jsonl#1"/,
    ],
  ])('what is not so of a match: %s', async (_what, edit, says) => {
    forged.lines('matches.jsonl', (matches) => [edit(matches[0]), ...matches.slice(1)]);
    await forged.expectFound(says);
  });

  it('a match that is there twice', async () => {
    forged.lines(
      'matches.jsonl',
      (matches) => [matches[0], ...matches],
      (report) => void Object.assign(report['totals'] as Line, { matches: 3 }),
    );
    await forged.expectFound(/matches\.jsonl line 2: the match is there twice/);
  });

  it('a record number of a match, and of an item', async () => {
    const moved = (one: unknown): Line => ({ ...(one as Line), record: 7, id: 'corpus/b.jsonl#7' });
    forged.lines('matches.jsonl', (matches) => [
      matches[0],
      { ...matches[1], document: moved(matches[1]['document']) },
    ]);
    forged.lines('items.jsonl', (items) =>
      items.map((item) => (item['bestMatch'] ? { ...item, bestMatch: moved(item['bestMatch']) } : item)),
    );
    await forged.expectFound(/matches\.jsonl line 2: document\.record is 7; corpus\/b\.jsonl gives 2/);
    forged.lines('items.jsonl', (items) => items.map((item) => ({ ...item, record: 7 })));
    await forged.expectFound(/items\.jsonl line 1\.record is 7; the benchmark gives 1/);
  });

  it('an item under another name, or without a part', async () => {
    forged.lines('items.jsonl', (items) =>
      items.map((item) => (item['item'] === 'robe' ? { ...item, item: 'rope' } : item)),
    );
    await forged.expectFound(/items\.jsonl line 2\.item is "rope"; the benchmark gives "robe"/);
  });

  it('nothing wrong in files of every odd kind: shared lines, marks, escapes, late fields, lists, tables, bytes that are no text', async () => {
    const { bench } = forged;
    const json = JSON.stringify;
    bench.jsonl('bench.jsonl', [
      { id: 'q', question: QUESTION, answer: '72' },
      { question: `${OTHER} \u{1f600} caf\u00e9`, answer: '3' },
      { id: 'q', question: `${QUESTION} Say it in words, please, as she would.`, answer: 'x' },
    ]);
    const twice = `${json({ text: QUESTION })}\r${json({ text: QUESTION })}\r${json({ text: OTHER, id: 'z' })}`;
    bench.write('odd/shared.jsonl', `${twice}\n\n{"text":"\u{1f600} ${QUESTION}","n":NaN}\n`);
    bench.write('odd/mark.jsonl', `\ufeff${json({ text: QUESTION })}\r\n${json({ text: OTHER })}\r\n`);
    const escaped = QUESTION.replace('sold', String.raw`s\u006fld`);
    bench.write(
      'odd/escapes.jsonl',
      String.raw`{"text":"${escaped} \q"}` + `\n{"te\\u0078t":${json(OTHER)}}\n{"text":"x","text":${json(QUESTION)}}\n`,
    );
    bench.write(
      'odd/bytes.jsonl',
      Buffer.concat([
        Buffer.from([0x7b, 0x22, 0x74]),
        Buffer.from('ext":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from(` ${QUESTION}"}\n`),
      ]),
    );
    bench.write('odd/list.json', json([{ text: QUESTION }, { text: 'no' }, { id: 5, text: OTHER }], null, 2));
    bench.write('odd/around.json', json({ about: OTHER, data: [{ text: QUESTION }, { text: FILLER }] }));
    bench.write('odd/table.csv', `id,text\n1,"${QUESTION}"\n\n2,"${OTHER} ""quoted"""\n`);
    bench.write('odd/table.tsv', `id\ttext\n1\t${QUESTION}\n`);
    bench.write('odd/text.txt', `\ufeff${OTHER}\n`);
    bench.jsonl('odd/late.jsonl', [
      ...Array.from({ length: 150 }, (_, i) => ({ text: `harbour ${i}` })),
      { text: '', content: QUESTION },
      { text: 'short', notes: { deep: OTHER } },
    ]);
    await bench.run('scan', 'bench.jsonl', '--against', 'odd', '--out', 'all', '--quiet');
    const run = await bench.run('verify', 'all');
    expect(run.stdout).not.toContain('contradiction');
    expect(run.stdout).toContain(
      'not checked  the texts of 1 match in Parquet, or around a list of records (--rescan)',
    );
    expect(run.code).toBe(0);
  });
});
