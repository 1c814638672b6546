import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { Folder, jsonl } from '../pipeline/support.js';
import { compareSets, content, edited, sentence } from './support.js';

const folder = new Folder();
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

/** A train set of a hundred, and a test set of which one record is verbatim, one shouted, one edited, and the rest are new. */
const TRAIN = Array.from({ length: 100 }, (_, i) => ({ id: `train-${i}`, text: sentence(i) }));
const TEST = [
  { id: 'verbatim', text: TRAIN[7].text },
  { id: 'shouted', text: `${TRAIN[8].text.toUpperCase()}!` },
  { id: 'edited', text: edited(TRAIN[9].text, 20) },
  { id: 'rewritten', text: edited(TRAIN[10].text, 5, 10, 15, 20, 25, 30) },
  ...Array.from({ length: 30 }, (_, i) => ({ id: `new-${i}`, text: sentence(1000 + i) })),
];
const train = folder.write('train.jsonl', jsonl(TRAIN));
const test = folder.write('test.jsonl', jsonl(TEST));

describe('Between two sets', () => {
  it('records are told by how they are the same, and those of the train set are to be dropped', async () => {
    const found = await compareSets({ train: [train], test: [test] });
    const said = found.all.map(({ set, id, kind, like, drop }) => [set, id, kind, like.id, drop]);
    expect(said).toEqual([
      ['train', 'train-7', 'exact', 'verbatim', true],
      ['train', 'train-8', 'normalised', 'shouted', true],
      ['train', 'train-9', 'near', 'edited', true],
      ['test', 'verbatim', 'exact', 'train-7', false],
      ['test', 'shouted', 'normalised', 'train-8', false],
      ['test', 'edited', 'near', 'train-9', false],
    ]);
    expect(found.overlaps.map(({ of, records, byKind }) => [of, records, byKind])).toEqual([
      ['train', 3, { exact: 1, normalised: 1, near: 1 }],
      ['test', 3, { exact: 1, normalised: 1, near: 1 }],
    ]);
    expect(found.totals).toMatchObject({
      records: 134,
      duplicates: 6,
      drop: 3,
      clusters: 3,
      largestCluster: 2,
      pairs: 1,
    });
  });

  it('a near-duplicate pair has its shingles counted, both ways, and both texts', async () => {
    const { near } = await compareSets({ train: [train], test: [test] });
    // 38 shingles on either side, of which the changed word takes three.
    expect(near).toMatchObject([{ jaccard: 35 / 41, leftInRight: 35 / 38, rightInLeft: 35 / 38 }]);
    expect([near[0].left.text, near[0].right.text]).toEqual([TRAIN[9].text, TEST[2].text]);
    expect([near[0].left.offset, near[0].left.record]).toEqual([Buffer.byteLength(jsonl(TRAIN.slice(0, 9))), 10]);
  });

  it('what is kept can be chosen', async () => {
    const found = await compareSets({ train: [train], test: [test] }, { keep: ['train'] });
    expect(ids(found.all.filter(({ drop }) => drop))).toEqual(['verbatim', 'shouted', 'edited']);
    await expect(compareSets({ train: [train], test: [test] }, { keep: ['other'] })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('wording is counted wherever it stands: a set that is quoted inside long records is contained in them', async () => {
    const long = TEST.slice(4, 14).map(({ text }, i) => ({
      id: `long-${i}`,
      text: `${sentence(2000 + i, 300)} ${text} ${sentence(3000 + i, 300)}`,
    }));
    const short = TEST.slice(4, 14);
    const found = await compareSets({
      long: [folder.write('long.jsonl', jsonl(long))],
      short: [folder.write('short.jsonl', jsonl(short))],
    });
    expect(found.all).toEqual([]);
    const [longInShort, shortInLong] = found.overlaps.map(({ containment }) => containment);
    expect(shortInLong).toMatchObject({ value: 1, standardError: 0, share: 1 });
    expect(longInShort?.value).toBeLessThan(0.1);
  });

  it('copies inside one set are no pair of two sets, and each of them is told of its like in the other', async () => {
    const copies = folder.write('copies.jsonl', jsonl([TRAIN[9], { id: 'again', text: TRAIN[9].text }, TRAIN[20]]));
    const more = folder.write('more.jsonl', jsonl([TRAIN[20], { id: 'twenty', text: TRAIN[20].text }]));
    const found = await compareSets({ copies: [copies], test: [test], more: [more] });
    const pairs = found.all.map(({ set, id, kind, like }) => `${set} ${id} ${kind} ${like.id}`);
    expect(pairs).toEqual([
      'copies train-9 near edited',
      'copies again near edited',
      'copies train-20 exact train-20',
      'test edited near train-9',
      'more train-20 exact train-20',
      'more twenty exact train-20',
    ]);
    expect(found.totals.clusters).toBe(2);
  });
});

describe('Within one set', () => {
  it('clusters are found with the one that stays, and the rest is to be dropped', async () => {
    const all = folder.write('all.jsonl', jsonl([...TRAIN, ...TEST]));
    const found = await compareSets({ all: [all] }, { within: true });
    expect(found.groups.map(({ records, representative }) => [records, representative.id])).toEqual([
      [2, 'train-7'],
      [2, 'train-8'],
      [2, 'train-9'],
    ]);
    expect(ids(found.all.filter(({ drop }) => drop))).toEqual(['verbatim', 'shouted', 'edited']);
  });

  it('ten thousand identical records are one cluster, not all their pairs', async () => {
    const same = folder.write(
      'same.jsonl',
      jsonl(Array.from({ length: 10_000 }, (_, i) => ({ id: `s${i}`, text: TRAIN[0].text }))),
    );
    const found = await compareSets({ same: [same] }, { within: true });
    expect(found.totals).toMatchObject({ candidates: 0, pairs: 0, clusters: 1, largestCluster: 10_000, drop: 9999 });
    expect(found.all[0]).toMatchObject({ id: 's0', kind: 'exact', representative: true, like: { id: 's1' } });
  });

  it('ten thousand that are nearly identical are one cluster too, in far fewer pairs than all', async () => {
    const text = TRAIN[0].text;
    const alike = Array.from({ length: 10_000 }, (_, i) => ({ id: `a${i}`, text: `${text} and finally ${i}` }));
    const found = await compareSets({ alike: [folder.write('alike.jsonl', jsonl(alike))] }, { within: true });
    expect(found.totals).toMatchObject({ clusters: 1, largestCluster: 10_000, drop: 9999 });
    expect(found.totals.candidates).toBeLessThan(21 * 10_000 * 9);
    expect(found.totals.largeBuckets).toBeGreaterThan(0);
  }, 60_000);
});

describe('Records with next to nothing in them', () => {
  const odd = [
    '',
    '   ',
    '?!',
    '?!',
    'one',
    'One.',
    'two words',
    'two words',
    'two  words!',
    '我',
    '我',
    'three whole words',
  ];
  const file = folder.write('odd.jsonl', jsonl(odd.map((text, i) => ({ id: `o${i}`, text }))));

  it('shorter than a shingle can only be the same; without a word they are compared with nothing, and counted', async () => {
    const found = await compareSets({ odd: [file] }, { within: true });
    expect(found.all.map(({ id, kind }) => [id, kind])).toEqual([
      ['o4', 'normalised'],
      ['o5', 'normalised'],
      ['o6', 'exact'],
      ['o7', 'exact'],
      ['o8', 'normalised'],
      ['o9', 'exact'],
      ['o10', 'exact'],
    ]);
    expect(found.sets[0]).toMatchObject({ records: 12, wordless: 4, short: 8 });
  });

  it('and the same by characters', async () => {
    const found = await compareSets({ odd: [file] }, { within: true, shingle: { unit: 'characters', size: 5 } });
    expect(ids(found.all)).toEqual(['o4', 'o5', 'o6', 'o7', 'o8', 'o9', 'o10']);
  });
});

describe('The same result', () => {
  it('whatever the memory, with everything spilled to disk', async () => {
    const all = folder.write(
      'spill.jsonl',
      jsonl([...TRAIN, ...TEST, ...TRAIN.slice(0, 40).map((doc, i) => ({ id: `e${i}`, text: edited(doc.text, i) }))]),
    );
    const [roomy, tight] = [
      await compareSets({ all: [all] }, { within: true }),
      await compareSets({ all: [all] }, { within: true }, { memoryBytes: 1 }),
    ];
    expect(content(tight)).toEqual(content(roomy));
    expect(roomy.totals.pairs).toBeGreaterThan(40);
  });

  it.each<[string, (docs: readonly { id: string; text: string }[]) => string | Uint8Array]>([
    ['.jsonl.gz', (docs) => gzipSync(jsonl(docs))],
    ['.json', (docs) => JSON.stringify(docs)],
    ['.csv', (docs) => ['id,text', ...docs.map(({ id, text }) => `${id},"${text}"`)].join('\n')],
    [
      '.parquet',
      (docs) =>
        new Uint8Array(
          parquetWriteBuffer({
            columnData: [
              { name: 'id', data: docs.map(({ id }) => id), type: 'STRING' },
              { name: 'text', data: docs.map(({ text }) => text), type: 'STRING' },
            ],
          }),
        ),
    ],
  ])('from %s', async (ending, make) => {
    const plain = await compareSets({ train: [train], test: [test] });
    const other = await compareSets({
      train: [folder.write(`train${ending}`, make(TRAIN))],
      test: [folder.write(`test${ending}`, make(TEST))],
    });
    const said = (found: typeof plain): unknown =>
      found.all.map(({ set, id, kind, record, like }) => [set, id, kind, record, like.id]);
    expect(said(other)).toEqual(said(plain));
    expect(other.near.map(({ jaccard }) => jaccard)).toEqual(plain.near.map(({ jaccard }) => jaccard));
  });

  it('with k permutations as with one, but for chance', async () => {
    const found = await compareSets({ train: [train], test: [test] }, { method: 'k-permutation' });
    expect(ids(found.all)).toContain('edited');
    expect(found.totals.duplicates).toBe(6);
  });
});

describe('A split column', () => {
  const rows = [
    ...TRAIN.map((doc) => ({ ...doc, meta: { split: 'train' } })),
    ...TEST.map((doc) => ({ ...doc, meta: { split: 'test' } })),
  ];

  it('makes sets of its values, in whatever order they come', async () => {
    for (const list of [rows, [...rows].reverse()]) {
      const found = await compareSets(
        { all: [folder.write('rows.jsonl', jsonl(list))] },
        { splitColumn: 'meta.split' },
      );
      expect(new Set(found.all.map(({ set, id, kind, drop }) => `${set} ${id} ${kind} ${String(drop)}`))).toEqual(
        new Set([
          'train train-7 exact true',
          'train train-8 normalised true',
          'train train-9 near true',
          'test verbatim exact false',
          'test shouted normalised false',
          'test edited near false',
        ]),
      );
    }
  });

  it('is missing in some records: they are counted, and nothing is said of them', async () => {
    const some = rows.map((row, i) => (i === 7 ? { id: row.id, text: row.text } : row));
    const found = await compareSets({ all: [folder.write('some.jsonl', jsonl(some))] }, { splitColumn: 'meta.split' });
    expect(found.skips).toMatchObject([{ reason: 'no-split', count: 1, examples: [{ record: 8 }] }]);
    expect(ids(found.all)).not.toContain('verbatim');
  });

  it('of very many values is refused', async () => {
    await expect(
      compareSets({ all: [folder.write('r.jsonl', jsonl(rows))] }, { splitColumn: 'id' }),
    ).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('more than 64 sets') as string,
    });
  });
});

describe('Records are read as a scan reads them', () => {
  it('several in one line are records, each read again where it stands', async () => {
    const line = (docs: readonly object[]): string => docs.map((doc) => JSON.stringify(doc)).join('');
    const lines = [line([TRAIN[1], TEST[20]]), line([TRAIN[2]]), line([TEST[21], TRAIN[3], TRAIN[9]])];
    const files = {
      '\n': folder.write('side.jsonl', lines.join('\n')),
      // Old line ends of a Mac make one line of all records.
      '\r': folder.write('mac.jsonl', jsonl([...TRAIN.slice(0, 4), ...TEST].slice(1)).replaceAll('\n', '\r')),
    };
    for (const file of Object.values(files))
      for (const packed of [file, folder.write(`${path.basename(file)}.gz`, gzipSync(readFileSync(file)))]) {
        const found = await compareSets({ train: [train], packed: [packed] });
        const own = found.all.filter(({ set }) => set === 'packed');
        expect(new Set(own.map(({ id, like }) => `${id} ${like.id}`))).toEqual(
          new Set(
            file === files['\n']
              ? ['train-1 train-1', 'train-2 train-2', 'train-3 train-3', 'train-9 train-9']
              : [
                  ...['train-1 train-1', 'train-2 train-2', 'train-3 train-3'],
                  ...['verbatim train-7', 'shouted train-8', 'edited train-9'],
                ],
          ),
        );
        expect(found.skips).toEqual([]);
      }
  });

  it('one whose text field is empty has the text of its next field, which is told', async () => {
    // Behind the records that a file's fields are told from.
    const moved = [
      ...Array.from({ length: 100 }, (_, i) => ({ id: `own-${i}`, text: sentence(4000 + i) })),
      { id: 'moved', text: '', question: TRAIN[5].text },
      { id: 'empty', text: '' },
    ];
    const found = await compareSets({ train: [train], moved: [folder.write('moved.jsonl', jsonl(moved))] });
    expect(found.all.filter(({ set }) => set === 'moved').map(({ id, kind }) => [id, kind])).toEqual([
      ['moved', 'exact'],
    ]);
    expect(found.skips.map(({ reason, count }) => [reason, count])).toEqual([['other-field', 1]]);
    expect(found.sets[1]).toMatchObject({ records: 102, wordless: 1 });
    const named = await compareSets(
      { train: [train], moved: [folder.write('moved.jsonl', jsonl(moved))] },
      { textFields: ['text'] },
    );
    expect(named.all).toEqual([]);
  });
});

describe('Damaged input', () => {
  it('is counted by reason and record, and the rest is compared', async () => {
    const lines = jsonl(TEST).split('\n');
    lines.splice(
      1,
      0,
      '{"text": "cut',
      '',
      '{"id": 3}',
      `{"te\\u0078t": ${JSON.stringify(TRAIN[50].text)}, "id": "escaped"}`,
    );
    const broken = folder.write('broken.jsonl', lines.join('\n'));
    const found = await compareSets({ train: [train], broken: [broken] });
    expect(found.skips.map(({ reason, examples }) => [reason, examples.map(({ record }) => record)])).toEqual([
      ['broken-record', [2]],
      ['no-text', [4]],
    ]);
    expect(found.all.filter(({ set }) => set === 'broken').map(({ id, record }) => [id, record])).toEqual([
      ['verbatim', 1],
      ['escaped', 5],
      ['shouted', 6],
      ['edited', 7],
    ]);
  });

  it('cut short in the middle keeps what came before', async () => {
    const whole = gzipSync(jsonl([...TEST, ...TRAIN]), { level: 0 });
    const cut = folder.write('cut.jsonl.gz', whole.subarray(0, whole.length / 2));
    const found = await compareSets({ train: [train], cut: [cut] });
    expect(found.skips).toMatchObject([{ reason: 'corrupt-file', count: 1 }]);
    expect(ids(found.all.filter(({ set }) => set === 'cut'))).toEqual(
      expect.arrayContaining(['verbatim', 'shouted', 'edited']),
    );
  });

  it('over the limit is left out', async () => {
    const found = await compareSets({ train: [train], test: [test] }, { maxRecordBytes: 100 });
    expect(found.totals).toMatchObject({ records: 0, skippedRecords: 134 });
  });
});
