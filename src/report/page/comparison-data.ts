import type { ClusterSummary, Pair, Place, PlacedText } from '../../model/comparison.js';
import type { Comparison } from '../comparison.js';
import { mapped } from '../mapped.js';
import { BLOCK, blocks, Names } from './columns.js';
import type { Filled } from './columns.js';
import type { ClusterColumns, ComparisonData, PairColumns, RecordColumns, RecordText } from './comparison-shape.js';

/**
 * Pairs that a page lists. More would be rows that nobody scrolls to: near ones come first, and pairs.jsonl has all. While the page is made they
 * take memory: four million records compared with 256 MB took 301 to 316 MB with 100,000 pairs listed and 246 with so many, as one million do.
 */
export const MOST_PAIRS = 50_000;

/** Most text that a page carries, in UTF-16 units: half of a scan's, for a comparison may hold as much as a page besides. */
const MOST_TEXT = 32_000_000;

export interface EmbeddedPairs {
  readonly data: ComparisonData;
  readonly texts: readonly (readonly RecordText[])[];
  /** Pairs there are, pairs listed, and of those the ones with both texts. */
  readonly found: number;
  readonly listed: number;
  readonly withText: number;
  /** The largest. */
  readonly clusters: readonly ClusterSummary[];
}

export interface EmbeddedLimits {
  readonly mostPairs?: number;
  readonly mostText?: number;
  readonly mostClusters: number;
}

/** Goes through pairs no further than the page does, and through clusters once, and holds no more of them than the page will. */
export function embeddedPairs(comparison: Comparison, limits: EmbeddedLimits): EmbeddedPairs {
  const { mostPairs = MOST_PAIRS, mostText = MOST_TEXT } = limits;
  const names = { kinds: new Names(), sets: new Names(), files: new Names() };
  const records = new Records(names, mostText);
  const clusters = new Map<number, number>();
  const pairs: Filled<PairColumns> = emptyPairs();
  let [listed, withText] = [0, 0];
  for (const pair of comparison.pairs()) {
    if (listed === mostPairs) break;
    listed++;
    if (!clusters.has(pair.cluster)) clusters.set(pair.cluster, clusters.size);
    const [left, right] = [records.withText(pair.left), records.withText(pair.right)];
    if (records.hasText(left) && records.hasText(right)) withText++;
    pushPair(pairs, pair, names.kinds.at(pair.kind), clusters.get(pair.cluster) ?? 0, left, right);
  }
  const embedded = clustersOf(comparison, clusters, records, limits.mostClusters);
  return {
    data: {
      kinds: names.kinds.list,
      sets: names.sets.list,
      files: names.files.list,
      records: records.columns,
      pairs,
      clusters: embedded.columns,
      blockSize: BLOCK,
    },
    texts: blocks(records.texts),
    found: pairsIn(comparison),
    listed,
    withText,
    clusters: embedded.largest,
  };
}

/** As the list itself was counted when it was written; a comparison that was not is gone through. */
function pairsIn(comparison: Comparison): number {
  const written = comparison.report.outputs.find(({ path }) => path === 'pairs.jsonl');
  return written ? written.lines : [...mapped(comparison.pairs(), () => 1)].length;
}

/** Records, each once, however many pairs it is in. */
class Records {
  readonly columns: Filled<RecordColumns> = { set: [], id: [], file: [], record: [], offset: [], drop: [], text: [] };
  readonly texts: RecordText[] = [];
  private readonly names: Readonly<Record<'sets' | 'files', Names>>;
  private readonly places = new Map<string, number>();
  private room: number;

  constructor(names: Readonly<Record<'sets' | 'files', Names>>, mostText: number) {
    this.names = names;
    this.room = mostText;
  }

  at({ set, id, file, record, offset }: Place): number {
    const key = `${record} ${file}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const { columns } = this;
    columns.set.push(this.names.sets.at(set));
    columns.id.push(id === `${file}#${record}` ? 0 : id);
    columns.file.push(this.names.files.at(file));
    columns.record.push(record);
    columns.offset.push(offset);
    columns.drop.push(0);
    const place = columns.text.push(-1) - 1;
    this.places.set(key, place);
    return place;
  }

  /** The first text of a record is the longest: near pairs come before those of the same text. */
  withText(placed: PlacedText): number {
    const place = this.at(placed);
    this.columns.drop[place] = Number(placed.drop);
    const { text, textIsCut, redacted } = placed;
    if (this.hasText(place) || this.room < text.length) return place;
    this.room -= text.length;
    const entry: RecordText = redacted
      ? [text, textIsCut ? 1 : 0, [redacted.hmac, redacted.length]]
      : [text, textIsCut ? 1 : 0];
    this.columns.text[place] = this.texts.push(entry) - 1;
    return place;
  }

  hasText(place: number): boolean {
    return this.columns.text[place] >= 0;
  }
}

function clustersOf(
  comparison: Comparison,
  places: ReadonlyMap<number, number>,
  records: Records,
  most: number,
): { columns: Filled<ClusterColumns>; largest: ClusterSummary[] } {
  const columns: Filled<ClusterColumns> = { number: [], records: [], representative: [] };
  const largest: ClusterSummary[] = [];
  for (const found of comparison.clusters()) {
    const place = places.get(found.cluster);
    if (place !== undefined) {
      columns.number[place] = found.cluster;
      columns.records[place] = found.records;
      columns.representative[place] = records.at(found.representative);
    }
    if (largest.length === most && found.records <= largest[most - 1].records) continue;
    largest.push(found);
    largest.sort((a, b) => b.records - a.records || a.cluster - b.cluster);
    if (largest.length > most) largest.pop();
  }
  return { columns, largest };
}

function emptyPairs(): Filled<PairColumns> {
  return { kind: [], cluster: [], jaccard: [], leftInRight: [], rightInLeft: [], left: [], right: [] };
}

function pushPair(
  columns: Filled<PairColumns>,
  { jaccard, leftInRight, rightInLeft }: Pair,
  kind: number,
  cluster: number,
  left: number,
  right: number,
): void {
  columns.kind.push(kind);
  columns.cluster.push(cluster);
  columns.jaccard.push(Math.round(jaccard * 10_000));
  columns.leftInRight.push(Math.round(leftInRight * 10_000));
  columns.rightInLeft.push(Math.round(rightInLeft * 10_000));
  columns.left.push(left);
  columns.right.push(right);
}
