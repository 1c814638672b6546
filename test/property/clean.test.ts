import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { savedReport } from '../../dist/audit/saved-report.js';
import { cleanCorpus } from '../../dist/clean/clean-corpus.js';
import type { Mode } from '../../dist/clean/edit.js';
import type { Match, ScanResult } from '../../dist/index.js';
import { writeReport } from '../../dist/report/writer.js';
import { Folder, ITEMS, jsonl } from '../pipeline/support.js';

const folder = new Folder();
const at = (name: string): string => path.join(folder.dir, name);

/** Whole items, halves of them (which many documents may share, and are then excused), and filler. */
const half = (text: string): string => text.slice(0, Math.ceil(text.length * 0.55));
const piece = fc.oneof(
  fc.constantFrom(...ITEMS).map(({ question }) => question),
  fc.constantFrom(...ITEMS).map(({ question }) => half(question)),
  fc.constantFrom(...ITEMS).map(({ answer }) => answer),
  fc.constantFrom(
    'Rust spread through the wheat like gossip.',
    'Nobody in the valley remembered the mill. 🌾',
    '茶は熱い。',
  ),
);
const record = fc.array(piece, { maxLength: 4 }).map((pieces) => ({ text: pieces.join('\n— ') }));
const corpus = fc.array(record, { minLength: 1, maxLength: 14 });

const contaminated = ({ items }: ScanResult): string[] =>
  items.filter(({ verdict }) => verdict === 'contaminated').map(({ item }) => item);

async function cleaned(records: readonly { text: string }[], mode: Mode): Promise<ScanResult> {
  for (const name of ['report', 'clean']) rmSync(at(name), { recursive: true, force: true });
  const file = folder.write('corpus.jsonl', jsonl(records));
  await writeReport(at('report'), await folder.scan([file]), '0.0.0');
  await cleanCorpus({
    report: await savedReport(at('report')),
    corpus: [],
    out: at('clean'),
    from: 'contaminated',
    knife: { mode, margin: 0, minLength: 1, maskText: '[removed]', force: false },
    recompress: false,
    toolVersion: '0.0.0',
    rescan: async (name): Promise<readonly Match[]> => (await folder.scan([name])).matches,
  });
  return folder.scan([at('clean/corpus/corpus.jsonl')]).catch((error: unknown) => {
    // Nothing may be left at all.
    if (error instanceof Error && error.message.includes('it holds no record')) return { items: [] } as never;
    throw error;
  });
}

describe('A cleaned corpus', () => {
  it.each(['drop', 'cut', 'mask'] as const)('(%s) has nothing contaminated in it', async (mode) => {
    await fc.assert(
      fc.asyncProperty(corpus, async (records) => {
        expect(contaminated(await cleaned(records, mode))).toEqual([]);
      }),
      // A scan a step: shrinking would take minutes, and a seed is enough to see it again.
      { numRuns: 12, endOnFailure: true },
    );
  });

  it.each(['cut', 'mask'] as const)(
    '(%s) is done after eight scans of what never comes out clean, and drops it',
    async (mode) => {
      for (const name of ['report', 'clean']) rmSync(at(name), { recursive: true, force: true });
      const file = folder.write(
        'corpus.jsonl',
        jsonl([{ text: `${ITEMS[0].question} And so on.` }, { text: 'Kept.' }]),
      );
      const before = await folder.scan([file]);
      await writeReport(at('report'), before, '0.0.0');
      let scans = 0;
      const { files } = await cleanCorpus({
        report: await savedReport(at('report')),
        corpus: [],
        out: at('clean'),
        from: 'contaminated',
        knife: { mode, margin: 0, minLength: 1, maskText: '[removed]', force: false },
        recompress: false,
        toolVersion: '0.0.0',
        rescan: () => {
          scans++;
          const [match] = before.matches;
          const span = { item: [0, 1], document: [0, 1] } as const;
          return Promise.resolve([{ ...match, document: { ...match.document, id: '0' }, spans: [span] }] as never);
        },
      });
      expect(scans).toBe(8);
      expect(files).toMatchObject([{ dropped: 1, cut: 0, masked: 0 }]);
    },
  );

  it('has nothing contaminated in it where a passage was excused for being common, and no longer is', async () => {
    const common = half(ITEMS[0].question);
    const records = [
      ...Array.from({ length: 3 }, (_, i) => ({ text: `${common} and so on, ${i} times.` })),
      { text: `${common}, and then: ${ITEMS[1].question}` },
    ];
    const before = await folder.scan([folder.write('corpus.jsonl', jsonl(records))]);
    expect(contaminated(before)).toEqual(['oak']);
    expect(contaminated(await cleaned(records, 'drop'))).toEqual([]);
  });
});
