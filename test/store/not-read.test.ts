import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, mergeIndexes, scan } from '../../dist/index.js';
import type { ScanResult } from '../../dist/index.js';
import { jsonl } from '../property/support.js';
import { contentsOf, IndexFolder } from './support.js';

/** An index says what was not read of its corpus, as a scan of the corpus itself does. */
const folder = new IndexFolder();
const QUESTION =
  'A ferry carries 37 lorries and 112 bicycles across the Elbe each morning. If every lorry pays 14 marks and every bicycle half a mark, how much does the ferryman collect before noon?';
const bench = folder.write('bench.jsonl', jsonl([{ id: 'ferry', question: QUESTION, answer: '574 marks' }]));
const usual = Array.from({ length: 120 }, (_, i) => ({
  text: `Page ${i}.`,
  meta: { title: 'x' },
  solution: `${QUESTION} ${i}`,
}));
const strange = { text: 'See below.', meta: { title: `Late: ${QUESTION}` } };

function against(target: string): Promise<ScanResult> {
  return scan({ benchmarks: [bench], against: [target], settings: DEFAULT_SETTINGS, workers: 1 });
}

describe.each(['jsonl', 'json'])('An index of a %s file', (kind) => {
  const corpus = folder.write(
    `corpus.${kind}`,
    kind === 'json' ? JSON.stringify([...usual, strange]) : jsonl([...usual, strange]),
  );

  it('names the fields that were not read, and finds again what was read of a record with text elsewhere', async () => {
    const { path } = await folder.build([corpus]);
    const [streamed, asked] = [await against(corpus), await against(path)];
    expect(asked.matches).toEqual(streamed.matches);
    expect(asked.matches.map(({ document }) => document.record)).toEqual([121]);
    expect(asked.corpus).toEqual(streamed.corpus);
    expect(asked.corpus[0].notRead?.fields).toMatchObject([{ field: 'solution', records: 100 }]);
    expect(asked.skips).toMatchObject([{ reason: 'other-field', count: 1 }]);
    expect(asked.totals).toEqual(streamed.totals);
  });

  it('counts late ones where the fields to read were named, merged or not; published without their names', async () => {
    const settings = { ...DEFAULT_SETTINGS, textFields: ['text'] };
    const { path } = await folder.build([corpus], { settings });
    const later = [{ field: 'meta.title', records: 1, characters: QUESTION.length + 6 }];
    expect((await against(path)).corpus[0].notRead?.later).toEqual(later);
    const merged = await mergeIndexes({ indexes: [path], out: folder.fresh(), memoryBytes: 1 << 28, locations: true });
    expect((await against(merged.path)).corpus[0].notRead?.later).toEqual(later);
    const published = await folder.build([corpus], { settings, publish: true });
    const { notRead } = (await against(published.path)).corpus[0];
    expect(notRead?.later).toEqual([{ ...later[0], field: '…' }]);
    expect(notRead?.fields).toMatchObject([{ field: '…', records: 100 }]);
  });

  it('are read to confirm a match where only other files of a merge were read by named fields, whatever was merged first', async () => {
    const named = { settings: { ...DEFAULT_SETTINGS, textFields: ['body'] } };
    const [any, body, more] = await Promise.all([
      folder.build([corpus]),
      folder.build([folder.write('body.jsonl', jsonl([{ body: 'a text of its own' }]))], named),
      folder.build([folder.write('more.jsonl', jsonl([{ body: 'and another one' }]))], named),
    ]);
    const merge = async (...indexes: string[]): Promise<string> =>
      (await mergeIndexes({ indexes, out: folder.fresh(), memoryBytes: 1 << 28, locations: true })).path;
    const first = await merge(await merge(any.path, body.path), more.path);
    const last = await merge(any.path, await merge(more.path, body.path));
    expect(contentsOf(first)).toEqual(contentsOf(last));
    const asked = await against(first);
    expect(asked.items.map(({ verdict }) => verdict)).toEqual(['contaminated']);
    expect(asked.matches.map(({ document }) => document.record)).toEqual([121]);
  });
});
