import { DEFAULT_COMPARE } from '../../dist/model/comparison.js';
import type {
  ClusterSummary,
  CompareResult,
  DuplicateKind,
  DuplicateRecord,
  Pair,
  PlacedText,
} from '../../dist/model/comparison.js';
import { compareJson } from '../../dist/report/compare-json.js';
import { comparisonOf } from '../../dist/report/comparison.js';
import type { Comparison } from '../../dist/report/comparison.js';
import { loadDigester } from '../../dist/report/digest.js';

export function placed(set: string, record: number, text: string, more: Partial<PlacedText> = {}): PlacedText {
  const file = `data/${set}.jsonl`;
  return {
    set,
    id: `${set}-${record}`,
    file,
    record,
    offset: record * 100,
    drop: set === 'train',
    text,
    textIsCut: false,
    ...more,
  };
}

export function pairOf(cluster: number, kind: DuplicateKind, left: PlacedText, right: PlacedText, jaccard = 1): Pair {
  return { kind, cluster, jaccard, leftInRight: (1 + jaccard) / 2, rightInLeft: (1 + jaccard) / 2, left, right };
}

export const SAME = 'The harbour master counted the boats at dusk.';
const NEAR = 'A wheel of cheese loses a tenth of its weight in each of its first two months in the cellar.';

/** One pair of each kind between two sets. */
export const PAIRS: readonly Pair[] = [
  pairOf(2, 'near', placed('train', 4, NEAR), placed('test', 2, NEAR.replace('cellar', 'vault')), 0.9),
  pairOf(1, 'exact', placed('train', 3, SAME), placed('test', 1, SAME)),
  pairOf(
    3,
    'normalised',
    placed('train', 9, SAME.replace('dusk', 'noon')),
    placed('test', 3, 'The HARBOUR master counted the boats at noon!'),
  ),
];

/** A comparison that found these pairs, and nothing else. */
export function comparisonResult(pairs: readonly Pair[] = PAIRS, more: Partial<CompareResult> = {}): CompareResult {
  const found = new Map<string, DuplicateRecord>();
  for (const { cluster, kind, jaccard, left, right } of pairs)
    for (const [one, like] of [[left, right] as const, [right, left] as const])
      if (!found.has(`${one.file}#${one.record}`))
        found.set(`${one.file}#${one.record}`, {
          ...placeOf(one),
          cluster,
          kind,
          jaccard,
          like: placeOf(like),
          representative: !one.drop,
          drop: one.drop,
        });
  const duplicates = [...found.values()];
  const clusters = new Map<number, ClusterSummary>();
  for (const one of duplicates) {
    const known = clusters.get(one.cluster);
    const representative = known && !known.representative.id.startsWith('train') ? known.representative : placeOf(one);
    clusters.set(one.cluster, { cluster: one.cluster, records: (known?.records ?? 0) + 1, representative });
  }
  const byKind = kindsOf(duplicates);
  const sets = [...new Set(pairs.flatMap(({ left, right }) => [left.set, right.set]))];
  const [a = 'train', b = 'test'] = sets;
  const overlap = (of: string, other: string): CompareResult['overlaps'][number] => {
    const own = duplicates.filter(({ set }) => set === of);
    const containment = { value: 0.125, standardError: 0.0123, low: 0.1, high: 0.15, sampled: 700, share: 0.5 };
    return {
      of,
      in: other,
      compared: 40,
      records: own.length,
      byKind: kindsOf(own),
      rate: { value: own.length / 40, low: 0, high: 0.5 },
      containment,
    };
  };
  return {
    settings: DEFAULT_COMPARE,
    sets: [a, b].map((name, file) => ({ name, files: [file], records: 40, wordless: 0, short: 1, grams: 1400 })),
    files: [a, b].map((name) => ({
      path: `data/${name}.jsonl`,
      container: 'jsonl',
      compression: 'none',
      bytes: 4000,
      records: 40,
      skipped: 0,
      xxh64: '0123456789abcdef',
    })),
    overlaps: [overlap(a, b), overlap(b, a)],
    totals: {
      ...{ records: 80, skippedRecords: 0, unreadableFiles: 0, textBytes: 8000, candidates: 5, largeBuckets: 0 },
      pairs: pairs.filter(({ kind }) => kind === 'near').length,
      duplicates: duplicates.length,
      byKind,
      drop: duplicates.filter(({ drop }) => drop).length,
      clusters: clusters.size,
      largestCluster: Math.max(0, ...[...clusters.values()].map(({ records }) => records)),
    },
    bands: { bands: 21, rows: 6, recall: 0.998 },
    skips: [],
    partial: false,
    duplicates: () => duplicates,
    clusters: () => [...clusters.values()].sort((x, y) => x.cluster - y.cluster),
    pairs: () => pairs,
    close: () => undefined,
    ...more,
  };
}

/** A result in which every text and name that comes from a file is this one. */
export function hostileComparison(text: string): CompareResult {
  const side = (set: string, record: number): PlacedText =>
    placed(`${text} ${set}`, record, `before ${text} ${set} after`, {
      id: `${text} ${set}`,
      file: text,
      drop: set === 'train',
    });
  const base = comparisonResult([pairOf(1, 'near', side('train', 1), side('test', 2), 0.9)]);
  return {
    ...base,
    settings: { ...base.settings, textFields: [text], splitColumn: text },
    files: base.files.map((file) => ({ ...file, path: text })),
    skips: [
      {
        reason: 'broken-record',
        count: 1,
        examples: [{ reason: 'broken-record', file: text, record: 1, detail: text }],
      },
    ],
  };
}

/** As it would be read from the JSON of its report. */
export async function comparisonReport(result: CompareResult): Promise<Comparison> {
  return comparisonOf(result, compareJson(result, '0.1.0', await loadDigester(), []));
}

function placeOf({ set, id, file, record, offset }: DuplicateRecord['like']): DuplicateRecord['like'] {
  return { set, id, file, record, offset };
}

function kindsOf(records: readonly DuplicateRecord[]): Record<DuplicateKind, number> {
  const counts = { exact: 0, normalised: 0, near: 0 };
  for (const { kind } of records) counts[kind]++;
  return counts;
}
