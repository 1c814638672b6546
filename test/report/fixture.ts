import type { Match, MatchedPart } from '../../dist/model/match.js';
import type { FileResult, ItemResult, ScanResult } from '../../dist/model/result.js';
import { DEFAULT_SETTINGS } from '../../dist/model/settings.js';
import type { Verdict } from '../../dist/model/verdict.js';

/** A match whose shared stretches are given as text: each is looked for on both sides. */
export function matchOf(
  given: Partial<Omit<Match, 'spans'>> & { itemText: string; documentText: string; shared: readonly string[] },
): Match {
  const { shared, ...rest } = given;
  const start = given.documentTextStart ?? 0;
  return {
    benchmark: 'gsm',
    item: '1',
    document: { id: 'corpus/a.jsonl#1', file: 'corpus/a.jsonl', record: 1, offset: 0 },
    verdict: 'contaminated',
    part: 'question',
    coverage: 1,
    evidence: 100,
    longestRun: 10,
    documentTextStart: 0,
    ...rest,
    spans: shared.map((words) => {
      const item = given.itemText.indexOf(words);
      const document = given.documentText.toLowerCase().indexOf(words.toLowerCase());
      if (item < 0 || document < 0) throw new Error(`not shared: ${words}`);
      return { item: [item, item + words.length], document: [start + document, start + document + words.length] };
    }),
  };
}

export function itemOf(benchmark: string, item: string, verdict: Verdict, reason = '', part?: MatchedPart): ItemResult {
  return {
    benchmark,
    item,
    file: `bench/${benchmark}.jsonl`,
    record: Number(item.replace(/\D/g, '')) || 1,
    verdict,
    reason,
    ...(part ? { part, bestMatch: { file: 'corpus/a.jsonl', record: 1, id: 'corpus/a.jsonl#1' } } : {}),
    coverage: part ? 0.97531 : 0,
    evidence: part ? 312.449 : 0,
    documents: part ? 3 : 0,
    parts: { question: verdict },
  };
}

export function fileOf(path: string, records: number, skipped = 0): FileResult {
  return {
    path,
    container: 'jsonl',
    compression: path.endsWith('.zst') ? 'zstd' : 'none',
    bytes: 123_456,
    records,
    skipped,
    xxh64: 'ef46db3751d8e999',
    ...(path.startsWith('corpus') ? { textPaths: [['text']] } : {}),
  };
}

const NATALIA = matchOf({
  benchmark: 'gsm8k',
  item: '1',
  part: 'question+answer',
  evidence: 412.3,
  longestRun: 31,
  coverage: 0.9812,
  document: { id: 'doc-88f2', file: 'corpus/part-003.jsonl.zst', record: 12034, offset: 991_223 },
  itemText:
    'Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in May. How many clips did Natalia sell altogether in April and May?\n72',
  documentTextStart: 1804,
  documentText:
    'as we saw in class on Tuesday. Natalia sold clips to 48 of her friends in April, and then she sold half as many hair clips in May. How many clips did Natalia sell altogether in April and May? The answer is 72. Next week we go on to fractions, so bring a ruler.',
  shared: [
    'Natalia sold clips to 48 of her friends in April, and then she sold half as many',
    'clips in May. How many clips did Natalia sell altogether in April and May?',
    '72',
  ],
});

const CHINESE = matchOf({
  benchmark: 'ceval-中文',
  item: '物理/12',
  part: 'question',
  evidence: 198.0,
  longestRun: 24,
  coverage: 0.91,
  document: { id: 'corpus/zh/wiki.parquet#77', file: 'corpus/zh/wiki.parquet', record: 77, offset: -1 },
  itemText: '一个质量为两千克的物体从十米高处自由落下,不计空气阻力,求落地时的速度。',
  documentText: '练习题:一个质量为两千克的物体从十米高处自由落下,忽略空气阻力,求落地时的速度。解答见下一页。',
  shared: ['一个质量为两千克的物体从十米高处自由落下', '空气阻力,求落地时的速度'],
});

/** A page that tries to take over the terminal it is shown on. */
const HOSTILE = matchOf({
  benchmark: 'gsm8k',
  item: '7',
  verdict: 'suspect',
  part: 'question',
  evidence: 61.2,
  longestRun: 9,
  coverage: 0.55,
  document: { id: 'evil\u001b[2J', file: 'corpus/\u001b]0;owned\u0007.jsonl', record: 3, offset: 17 },
  itemText: 'A robe takes 2 bolts of blue fiber and half that much white fiber. How many bolts in total does it take?',
  documentText:
    'A robe takes 2 bolts of blue\u001b[31m\u001b[2J fiber and half\u202e that much white fiber.\u0000 Ho\u200bw many?\ud800',
  shared: ['A robe takes 2 bolts of blue'],
});

/** A scan with something of everything. */
export function fullResult(): ScanResult {
  return {
    settings: DEFAULT_SETTINGS,
    benchmarks: [
      {
        name: 'gsm8k',
        files: [fileOf('bench/gsm8k.jsonl', 1320, 1)],
        fields: { answer: ['answer'], question: ['question'] },
        items: 1319,
        counts: { contaminated: 42, suspect: 12, clean: 1263, unchecked: 2 },
        byPart: { question: 11, 'question+answer': 31 },
        rate: { value: 0.0319, low: 0.02367, high: 0.04284 },
      },
      {
        name: 'ceval-中文',
        files: [fileOf('bench/ceval-中文.jsonl', 52)],
        fields: { id: ['id'], question: ['question'], choices: ['A', 'B', 'C', 'D'] },
        items: 52,
        counts: { contaminated: 1, suspect: 0, clean: 51, unchecked: 0 },
        byPart: { question: 1 },
        rate: { value: 0.01923, low: 0.0034, high: 0.10118 },
      },
      {
        name: 'a-benchmark-with-a-very-long-name-indeed-test-split',
        files: [fileOf('bench/a-benchmark-with-a-very-long-name-indeed-test-split.jsonl', 3)],
        fields: { question: ['prompt'] },
        items: 3,
        counts: { contaminated: 0, suspect: 0, clean: 0, unchecked: 3 },
        byPart: {},
        rate: { value: 0, low: 0, high: 1 },
      },
    ],
    corpus: [fileOf('corpus/part-003.jsonl.zst', 162_239, 13), fileOf('corpus/broken.jsonl.gz', 812, 0)],
    items: [
      itemOf('gsm8k', '1', 'contaminated', '', 'question+answer'),
      itemOf('gsm8k', '7', 'suspect', '', 'question'),
      itemOf('gsm8k', '8', 'unchecked', 'no part has 5 words or more'),
      itemOf('gsm8k', '9', 'unchecked', 'no part has 5 words or more'),
      itemOf('ceval-中文', '物理/12', 'contaminated', '', 'question'),
      itemOf('ceval-中文', '物理/13', 'clean'),
    ],
    matches: [NATALIA, CHINESE, HOSTILE],
    skips: [
      {
        reason: 'corrupt-file',
        count: 1,
        examples: [
          {
            reason: 'corrupt-file',
            file: 'corpus/broken.jsonl.gz',
            record: 812,
            detail: 'gzip: unexpected end of file',
          },
        ],
      },
      {
        reason: 'broken-record',
        count: 13,
        examples: [
          {
            reason: 'broken-record',
            file: 'corpus/part-003.jsonl.zst',
            record: 17,
            detail:
              'not valid JSON: Unexpected token \u001b[31m at position 4, and a long tail of words that is cut to the line',
          },
          { reason: 'broken-record', file: 'corpus/part-003.jsonl.zst', record: 904, detail: 'not valid JSON' },
          { reason: 'broken-record', file: 'corpus/part-003.jsonl.zst', record: 905, detail: 'not valid JSON' },
        ],
      },
      {
        reason: 'duplicate-id',
        count: 1,
        examples: [{ reason: 'duplicate-id', file: 'bench/gsm8k.jsonl', record: 44, detail: '"43" is now "43#44"' }],
      },
    ],
    totals: { documents: 163_038, skippedDocuments: 13, unreadableFiles: 0, textBytes: 571_000_000 },
    partial: false,
  };
}

/** A clean scan of two items: the least a result can hold. */
/** Of an index that keeps records, with one like the item that is named so. */
export function withNearRecords(result: ScanResult, item: string, name = 'corpus/a.jsonl'): ScanResult {
  const like = { file: name, record: 12_034, parts: name, jaccard: 0.91, standardError: 0.03 };
  const closest = [{ ...like, confirmed: false, reason: name }];
  return {
    ...result,
    items: result.items.map((one) =>
      one.item === item
        ? { ...one, nearRecords: { found: 2, closest } }
        : { ...one, nearRecords: { found: 0, closest: [] } },
    ),
    nearRecords: {
      ...{ shingle: { unit: 'words', size: 3 }, records: 1000, threshold: 0.7 },
      recall: { atThreshold: 0.96, at80: 0.997, at90: 1 },
      ...{ itemsCompared: result.items.length, itemsWithRecords: 1, itemsConfirmed: 0 },
    },
  };
}

export function cleanResult(): ScanResult {
  return {
    settings: DEFAULT_SETTINGS,
    benchmarks: [
      {
        name: 'tiny',
        files: [fileOf('bench/tiny.jsonl', 2)],
        fields: { question: ['question'] },
        items: 2,
        counts: { contaminated: 0, suspect: 0, clean: 2, unchecked: 0 },
        byPart: {},
        rate: { value: 0, low: 0, high: 0.657619 },
      },
    ],
    corpus: [fileOf('corpus/a.jsonl', 3)],
    items: [itemOf('tiny', '1', 'clean'), itemOf('tiny', '2', 'clean')],
    matches: [],
    skips: [],
    totals: { documents: 3, skippedDocuments: 0, unreadableFiles: 0, textBytes: 2048 },
    partial: false,
  };
}
