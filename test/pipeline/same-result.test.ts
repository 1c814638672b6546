import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { content, documents, Folder, ITEMS, jsonl, quoted } from './support.js';

const folder = new Folder();
const DOCS = documents(400);
const EXPECTED = DOCS.filter((_, i) => i % 7 === 3).map(({ id }) => id);
const plain = folder.write('plain.jsonl', jsonl(DOCS));

describe('A scan', () => {
  it('finds every verbatim item, and its offsets lead to the original words', async () => {
    const { matches, totals } = await folder.scan([plain]);
    const byDocument = [...matches].sort((a, b) => a.document.record - b.document.record);
    expect(byDocument.map(({ document }) => document.id)).toEqual(EXPECTED);
    for (const match of matches) {
      const number = Number(match.document.id.slice(4));
      expect(match.document.record).toBe(number + 1);
      expect(match.document.offset).toBe(Buffer.byteLength(jsonl(DOCS.slice(0, number))));
      const { text } = DOCS[number];
      const question = ITEMS.find(({ id }) => id === match.item)?.question ?? '';
      const from = text.indexOf(question);
      const first = match.spans[0].document[0];
      const last = match.spans[match.spans.length - 1].document[1];
      expect(text.slice(first, last)).toBe(question.slice(first - from, last - from));
      expect(last - first).toBeGreaterThan(question.length - 3);
      expect(text.slice(match.documentTextStart).startsWith(match.documentText)).toBe(true);
      expect(match.spans.map(({ item: [a, b] }) => match.itemText.slice(a, b))).toEqual(quoted(match));
    }
    expect(totals).toMatchObject({ documents: 400, skippedDocuments: 0, unreadableFiles: 0 });
  });

  it('reads a record of more strings than the core has room for to its last', async () => {
    const messages = Array.from({ length: 40_000 }, () => ({ role: 'user', content: 'Go on.' }));
    const question = { role: 'user', content: ITEMS[0].question };
    const chat = folder.write('chat.jsonl', jsonl([{ id: 'long', messages: [...messages, question] }]));
    const { matches } = await folder.scan([chat]);
    expect(matches.map(({ item, document }) => [item, document.id])).toEqual([['ferry', 'long']]);
  });

  it('gives the same bytes for 1, 2 and 4 workers', async () => {
    const gz = folder.write('again.jsonl.gz', gzipSync(jsonl(DOCS.slice(0, 90))));
    const broken = folder.write('broken.jsonl', `{"text": 1}\n{broken\n${jsonl(DOCS.slice(0, 50))}{"te\n`);
    const grain = { rangeBytes: 5000, chunkBytes: 1500 };
    const results = [];
    for (const workers of [1, 2, 4])
      results.push(JSON.stringify(await folder.scan([plain, gz, broken], { workers, grain })));
    expect(results[1]).toBe(results[0]);
    expect(results[2]).toBe(results[0]);
    expect(JSON.parse(results[0])).toMatchObject({
      skips: [{ reason: 'no-text' }, { reason: 'broken-record', count: 2 }],
    });
  });

  it.each([
    [1, 1],
    [7, 3],
    [64, 100],
    [997, 64],
    [4096, 5000],
    [1 << 24, 33],
  ])('finds the same in ranges of %d bytes read %d at a time', async (rangeBytes, chunkBytes) => {
    const some = folder.write('some.jsonl', jsonl(DOCS.slice(0, rangeBytes < 64 ? 12 : 120)));
    const [whole, cut] = [await folder.scan([some]), await folder.scan([some], { grain: { rangeBytes, chunkBytes } })];
    expect(JSON.stringify(cut)).toBe(JSON.stringify(whole));
  });

  it.each([
    ['a last line without newline', (text: string) => text.trimEnd()],
    ['a byte-order mark', (text: string) => `\ufeff${text}`],
    ['CRLF line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['blank lines', (text: string) => `\n\n${text.replaceAll('\n', '\n \n')}`],
  ])('finds the same with %s', async (_, change) => {
    const changed = folder.write('changed.jsonl', change(jsonl(DOCS)));
    const [whole, other] = [await folder.scan([plain]), await folder.scan([changed], { grain: { rangeBytes: 3000 } })];
    expect(other.matches.map(content)).toEqual(whole.matches.map(content));
    expect(other.totals.documents).toBe(400);
  });
});

describe('The same documents give the same matches', () => {
  const columnData = [
    { name: 'id', data: DOCS.map(({ id }) => id), type: 'STRING' as const },
    { name: 'text', data: DOCS.map(({ text }) => text), type: 'STRING' as const },
  ];
  const compressed = (command: string): Uint8Array => execFileSync(command, ['-c'], { input: jsonl(DOCS) });
  const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const csv = ['id,text', ...DOCS.map(({ id, text }) => `${id},${quote(text)}`)].join('\n');

  it.each<[string, () => string | Uint8Array]>([
    ['docs.jsonl.gz', () => gzipSync(jsonl(DOCS))],
    ['docs.json', () => JSON.stringify(DOCS)],
    ['docs.csv', () => csv],
    ['docs.parquet', () => new Uint8Array(parquetWriteBuffer({ columnData }))],
  ])('as %s', async (name, make) => {
    await expectSame(folder.write(name, make()));
  });

  it.each(['zstd', 'bzip2', 'xz'])('as JSONL in %s', async (command) => {
    let bytes: Uint8Array;
    try {
      bytes = compressed(command);
    } catch {
      // The program that would write the file is not on this machine.
      return;
    }
    await expectSame(folder.write(`docs.jsonl.${command}`, bytes));
  });

  it('as TSV, which has no way to write a newline', async () => {
    const flat = DOCS.map(({ id, text }) => ({ id, text: text.replace('\n\t', '  ') }));
    const tsv = folder.write('docs.tsv', ['id\ttext', ...flat.map(({ id, text }) => `${id}\t${text}`)].join('\n'));
    const [whole, other] = [await folder.scan([folder.write('flat.jsonl', jsonl(flat))]), await folder.scan([tsv])];
    expect(other.matches.map(content)).toEqual(whole.matches.map(content));
  });

  it('as text files', async () => {
    const files = DOCS.slice(0, 60).map(({ id, text }) => folder.write(`${id}.txt`, text));
    const { matches } = await folder.scan(files, { workers: 2 });
    const whole = await folder.scan([folder.write('sixty.jsonl', jsonl(DOCS.slice(0, 60)))]);
    const withoutId = (match: Parameters<typeof content>[0]): unknown => ({ ...(content(match) as object), id: '' });
    const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(matches.map(withoutId).sort(byText)).toEqual(whole.matches.map(withoutId).sort(byText));
  });

  async function expectSame(file: string): Promise<void> {
    const [whole, other] = [await folder.scan([plain]), await folder.scan([file], { grain: { chunkBytes: 4096 } })];
    expect(other.matches.map(content)).toEqual(whole.matches.map(content));
    expect(other.totals.documents).toBe(400);
    expect(other.corpus[0].records).toBe(400);
  }
});
