import { describe, expect, it } from 'vitest';
import { compareJson } from '../../dist/report/compare-json.js';
import { compareReport } from '../../dist/report/compare-terminal.js';
import { comparisonOf } from '../../dist/report/comparison.js';
import { loadDigester } from '../../dist/report/digest.js';
import { comparisonMarkdown } from '../../dist/report/formats/compare-markdown.js';
import { comparisonPage } from '../../dist/report/page/comparison-page.js';
import { loadAssets } from '../../dist/report/page/assets.js';
import { Redactor } from '../../dist/report/redact.js';
import { redactedResult } from '../../dist/report/redact-comparison.js';
import { Folder, jsonl } from '../pipeline/support.js';
import { compareSets, sentence } from './support.js';
import type { Found } from './support.js';

const folder = new Folder();
const BESIDE = Array.from({ length: 120 }, (_, i) => ({ text: sentence(i), solution: sentence(1000) }));
const OTHER = folder.write('other.jsonl', jsonl([{ text: sentence(5000) }]));
const LATE = { text: sentence(300), transcript: sentence(1000) };

/** Every form that a comparison is shown in. */
async function shownOf(found: Found): Promise<Record<'json' | 'terminal' | 'page' | 'markdown', string>> {
  const json = compareJson(found, '0.1.0', await loadDigester(), []);
  const comparison = comparisonOf(found, json);
  const lists = { ...comparison, duplicates: () => found.all, clusters: () => found.groups, pairs: () => found.every };
  return {
    json: JSON.stringify(json),
    terminal: compareReport({ ...found, pairs: () => found.every }, { version: '0.1.0', width: 100, colour: false }),
    page: [...comparisonPage(lists, await loadAssets('comparison'))].join(''),
    markdown: comparisonMarkdown(lists).join(''),
  };
}

describe('Fields of compared records beside their text', () => {
  it.each(['jsonl', 'json'])('that could hold text are named with counts: %s', async (kind) => {
    const file = folder.write(`beside.${kind}`, kind === 'json' ? JSON.stringify(BESIDE) : jsonl(BESIDE));
    const { files } = await compareSets({ a: [file], b: [OTHER] });
    const field = { field: 'solution', records: 100, characters: 100 * sentence(1000).length };
    expect(files.map(({ notRead }) => notRead)).toEqual([{ sampled: 100, fields: [field] }, undefined]);
  });

  it.each([
    ['line by line', {}],
    ['by the parser', { limit: 500 }],
  ])('that come late are counted where the user has named what to read: %s', async (_how, more) => {
    const usual = BESIDE.map(({ text }) => ({ text }));
    const file = folder.write('late.jsonl', jsonl([...usual, LATE, LATE]));
    const { files } = await compareSets({ a: [file], b: [OTHER] }, { textFields: ['text'], ...more });
    const later = [{ field: 'transcript', records: 2, characters: 2 * sentence(1000).length }];
    expect(files[0].notRead).toEqual({ sampled: 100, fields: [], later });
  });

  it('are in report.json, on the terminal, the page and in Markdown, and their names are redacted with it', async () => {
    const secret = sentence(7000, 20);
    const records = BESIDE.map(({ text }) => ({ text, solution: text, [secret]: text }));
    const found = await compareSets({ a: [folder.write('secret.jsonl', jsonl(records))], b: [OTHER] });
    const told = await shownOf(found);
    for (const form of Object.values(told)) {
      expect(form).toContain('solution');
      expect(form).toContain(secret);
    }
    expect(told.terminal).toContain('Not read fields beside the text; --text-field names those to read');
    expect(told.terminal).toContain('  solution  in 100 of 100 records looked at (1 file)\n');
    expect(told.json).toContain('were not read: see notRead of the files');
    for (const form of Object.values(
      await shownOf({ ...found, ...redactedResult(found, new Redactor()), all: [], every: [] }),
    ))
      expect(form).not.toContain(secret);
  });

  it('are not named where they are read', async () => {
    const file = folder.write('read.jsonl', jsonl(BESIDE));
    const other = folder.write('other-read.jsonl', jsonl([{ text: sentence(5000), solution: '' }]));
    const found = await compareSets({ a: [file], b: [other] }, { textFields: ['text', 'solution'] });
    expect(found.files[0].notRead).toBeUndefined();
    expect((await shownOf(found)).terminal).not.toContain('Not read');
    expect((await shownOf(found)).page).not.toContain('Fields not read');
  });
});
