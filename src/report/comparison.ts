import type { ClusterSummary, CompareResult, DuplicateRecord, Pair } from '../model/comparison.js';
import type { CompareJson } from './compare-json.js';
import { reportedCluster, reportedDuplicate, reportedPair } from './compare-lines.js';
import { mapped } from './mapped.js';

/**
 * A comparison as its JSON files hold it: what every page and table of it is made from. Its lists may be longer than memory,
 * so they are gone through, as often as needed.
 */
export interface Comparison {
  readonly report: CompareJson;
  duplicates(): Iterable<DuplicateRecord>;
  clusters(): Iterable<ClusterSummary>;
  pairs(): Iterable<Pair>;
}

/** What was just found, as it will be read again. */
export function comparisonOf(result: CompareResult, report: CompareJson): Comparison {
  return {
    report,
    duplicates: () => mapped(result.duplicates(), reportedDuplicate),
    clusters: () => mapped(result.clusters(), reportedCluster),
    pairs: () => mapped(result.pairs(), reportedPair),
  };
}
