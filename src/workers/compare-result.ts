import { KINDS } from '../model/comparison.js';
import type {
  ClusterSummary,
  CompareResult,
  CompareSettings,
  DuplicateRecord,
  KindCounts,
  Overlap,
  Place,
} from '../model/comparison.js';
import { bandRecall, schemeOf } from '../neardup/bands.js';
import type { Collector } from '../neardup/collector.js';
import { compareSamples } from '../neardup/gram-sample.js';
import type { Candidates, Confirmed } from '../neardup/search.js';
import type { TextStore } from '../neardup/text-store.js';
import type { Verdicts } from '../neardup/verdicts.js';
import { wilson } from '../report/wilson.js';
import { containmentOf } from './containment.js';
import type { Merged } from './merge.js';
import { pairsOf } from './pair-list.js';
import type { Splits } from './splits.js';
import { totalsOf } from './summary.js';

/** All that a comparison has come to, still by numbers. */
export interface Outcome {
  readonly settings: CompareSettings;
  readonly splits: Splits;
  /** `set`: the one that the command line gave it to. */
  readonly files: readonly { readonly path: string; readonly set: number }[];
  readonly merged: Merged;
  readonly collector: Collector;
  readonly found: Candidates;
  readonly confirmed: Confirmed;
  readonly verdicts: Verdicts;
  readonly texts: TextStore;
  readonly partial: boolean;
  close(): void;
}

/** The same by names, and what it adds up to. */
export function compareResult(outcome: Outcome): CompareResult {
  const { settings, merged, found, confirmed, verdicts } = outcome;
  const { bands, rows } = schemeOf(settings);
  const { documents, skippedDocuments, unreadableFiles, textBytes } = totalsOf(
    merged.files,
    merged.skips,
    merged.textBytes,
  );
  return {
    settings,
    sets: setsOf(outcome),
    files: merged.files,
    overlaps: overlapsOf(outcome),
    totals: {
      records: documents,
      skippedRecords: skippedDocuments,
      unreadableFiles,
      textBytes,
      candidates: confirmed.candidates,
      pairs: confirmed.pairs.length,
      duplicates: verdicts.duplicates,
      byKind: verdicts.byKind,
      drop: verdicts.dropped,
      clusters: verdicts.clusters,
      largestCluster: verdicts.largestCluster,
      largeBuckets: found.largeBuckets,
    },
    bands: { bands, rows, recall: bandRecall(settings.threshold, bands, rows) },
    skips: merged.skips,
    partial: outcome.partial,
    duplicates: () => duplicatesOf(outcome),
    clusters: () => clustersOf(outcome),
    pairs: () => pairsOf(outcome, (number, id) => placeWith(outcome, number, id)),
    close: () => outcome.close(),
  };
}

function setsOf({ splits, collector, settings, files }: Outcome): CompareResult['sets'] {
  return splits.names.map((name, set) => {
    const { records, wordless, short, sample } = collector.sets[set];
    const grams = Math.round(sample.values(sample.share).length / sample.share);
    // With a split column every file may hold records of every set.
    const own = files.flatMap((file, number) => (settings.splitColumn !== '' || file.set === set ? [number] : []));
    return { name, files: own, records, wordless, short, grams };
  });
}

function overlapsOf({ settings, splits, collector, verdicts }: Outcome): Overlap[] {
  const { names } = splits;
  return names.flatMap((of, set) =>
    names.flatMap((other, otherSet) => {
      if ((set === otherSet) !== settings.within) return [];
      const { records, wordless } = collector.sets[set];
      const byKind: KindCounts = verdicts.counts.get(set)?.get(otherSet) ?? { exact: 0, normalised: 0, near: 0 };
      const duplicates = KINDS.reduce((sum, kind) => sum + byKind[kind], 0);
      const compared = records - wordless;
      return {
        of,
        in: other,
        compared,
        records: duplicates,
        byKind,
        rate: wilson(duplicates, compared),
        ...(settings.within
          ? {}
          : {
              containment: containmentOf(compareSamples(collector.sets[set].sample, collector.sets[otherSet].sample)),
            }),
      };
    }),
  );
}

function placeOf(outcome: Outcome, number: number): Place {
  return placeWith(outcome, number, outcome.texts.id(number));
}

/** `id`: its own, where it has one. */
function placeWith({ splits, collector, files }: Outcome, number: number, id: string | undefined): Place {
  const { file, record, offset } = collector.table.place(number);
  const { path } = files[file];
  return {
    set: splits.names[collector.table.setOf(number)],
    id: id ?? `${path}#${record}`,
    file: path,
    record,
    offset,
  };
}

function* duplicatesOf(outcome: Outcome): Generator<DuplicateRecord> {
  for (const { record, cluster, kind, jaccard, like, representative, drop } of outcome.verdicts)
    yield {
      ...placeOf(outcome, record),
      cluster,
      kind,
      jaccard,
      like: placeOf(outcome, like),
      representative,
      drop,
    };
}

function* clustersOf(outcome: Outcome): Generator<ClusterSummary> {
  const { verdicts } = outcome;
  for (let cluster = 1; cluster <= verdicts.clusters; cluster++) {
    const { records, representative } = verdicts.cluster(cluster);
    yield { cluster, records, representative: placeOf(outcome, representative) };
  }
}
