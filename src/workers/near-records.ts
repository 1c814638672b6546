import { NEAR_RECORD } from '../judge/near-record.js';
import type { Item } from '../model/benchmark.js';
import type { NearRecord, NearRecords, NearRecordSummary } from '../model/near-record.js';
import type { Settings } from '../model/settings.js';
import { bandRecall } from '../neardup/bands.js';
import type { IndexReader } from '../store/index-reader.js';
import type { IndexRecords } from '../store/index-records.js';
import { lookUpRecords } from '../store/record-look-up.js';
import type { Similarity } from '../store/signature-code.js';
import type { SourceFiles } from '../store/source-files.js';
import { ItemSketches } from './item-sketches.js';
import { readRecordTexts } from './record-texts.js';

/** Records told of one item, and read again for it. */
const MOST_RECORDS = 8;
/** Estimates that miss the threshold by no more standard errors than this are looked at where the text is at hand. */
const MARGIN = 2;

const UNREACHABLE = 'the corpus could not be reached; --corpus-root says where it is';
const CHANGED =
  'source changed: no longer the record that has this number in the index, which may stand elsewhere by now; index it again';

export interface NearFound {
  /** For each item. */
  readonly ofItems: readonly NearRecords[];
  readonly summary: NearRecordSummary;
}

/** A record that seems like an item, by its row. */
interface Near extends Similarity {
  readonly row: number;
  readonly parts: string;
}

/** Looks whole items up among the records of an index, and reads again those that it can reach; undefined where it keeps none. */
export async function nearRecords(
  reader: IndexReader,
  items: readonly Item[],
  source: SourceFiles,
  settings: Settings,
): Promise<NearFound | undefined> {
  const records = reader.records();
  if (!records) return undefined;
  try {
    const sketches = new ItemSketches(items, records.columns);
    const near = look(records, sketches);
    const confirmed = await new Confirmation(records, sketches, source, settings).of(near);
    const ofItems = items.map((_, item) => told(near.get(item) ?? [], item, confirmed, records, source));
    return { ofItems, summary: summaryOf(records, sketches, ofItems) };
  } finally {
    records.close();
  }
}

function summaryOf(
  { columns: { shingle, records, bands, rows } }: IndexRecords,
  sketches: ItemSketches,
  ofItems: readonly NearRecords[],
): NearRecordSummary {
  const recall = (jaccard: number): number => bandRecall(jaccard, bands, rows);
  return {
    ...{ shingle, records, threshold: NEAR_RECORD },
    recall: { atThreshold: recall(NEAR_RECORD), at80: recall(0.8), at90: recall(0.9) },
    itemsCompared: sketches.items,
    itemsWithRecords: ofItems.filter(({ found }) => found > 0).length,
    itemsConfirmed: ofItems.filter(({ closest }) => closest.some((one) => one.confirmed)).length,
  };
}

/** The rows that seem like each item, the closest first. */
function look(records: IndexRecords, { wholes, sketches }: ItemSketches): Map<number, Near[]> {
  const isLike = ({ jaccard, standardError }: Similarity): boolean => jaccard + MARGIN * standardError >= NEAR_RECORD;
  const byItem = new Map<number, Map<number, Near>>();
  for (const { text, row, jaccard, standardError } of lookUpRecords(records, sketches, isLike)) {
    const { item, parts } = wholes[text];
    const rows = byItem.get(item) ?? new Map<number, Near>();
    byItem.set(item, rows);
    const known = rows.get(row);
    if (!known || known.jaccard < jaccard) rows.set(row, { row, parts, jaccard, standardError });
  }
  return new Map([...byItem].map(([item, rows]) => [item, [...rows.values()].sort(closer)]));
}

/** Estimates of copies are equal: then the first in the index. */
function closer(a: Near, b: Near): number {
  return b.jaccard - a.jaccard || a.row - b.row;
}

/** Exact figures of records that were read again, by item and row. */
type Confirmed = ReadonlyMap<string, NearRecord>;

function keyOf(item: number, row: number): string {
  return `${item} ${row}`;
}

/** Reads the closest records of items again and counts. */
class Confirmation {
  private readonly records: IndexRecords;
  private readonly sketches: ItemSketches;
  private readonly source: SourceFiles;
  private readonly settings: Settings;

  constructor(records: IndexRecords, sketches: ItemSketches, source: SourceFiles, settings: Settings) {
    this.records = records;
    this.sketches = sketches;
    this.source = source;
    this.settings = settings;
  }

  async of(near: ReadonlyMap<number, readonly Near[]>): Promise<Confirmed> {
    const itemsOf = new Map<number, number[]>();
    for (const [item, rows] of near)
      for (const { row } of rows.slice(0, MOST_RECORDS)) itemsOf.set(row, [...(itemsOf.get(row) ?? []), item]);
    const rowsOf = new Map<number, number[]>();
    for (const row of [...itemsOf.keys()].sort((a, b) => a - b)) {
      const file = this.records.fileOf(row);
      const rows = rowsOf.get(file);
      if (rows) rows.push(row);
      else rowsOf.set(file, [row]);
    }
    const confirmed = new Map<string, NearRecord>();
    for (const [file, rows] of rowsOf)
      await this.readFile(file, rows, (own, record, text) => {
        const row = own.find((one) => this.sketches.isRecord(text, this.records.row(one).code));
        if (row === undefined) return;
        const shingles = this.sketches.shinglesOf(text);
        const place = { file: this.source.files[file].path, record };
        for (const item of itemsOf.get(row) ?? []) {
          const like = this.sketches.likest(item, shingles);
          confirmed.set(keyOf(item, row), { ...place, ...like, standardError: 0, confirmed: true });
        }
      });
    return confirmed;
  }

  /** `take`: the rows that have a record's number, of which there are several where its line has several records. */
  private async readFile(
    number: number,
    rows: readonly number[],
    take: (rows: readonly number[], record: number, text: string) => void,
  ): Promise<void> {
    const { files, paths, sameSize, firstBlocks, firstRecords } = this.source;
    const path = paths[number];
    if (path === undefined) return;
    const file = files[number];
    const rowsOf = new Map<number, number[]>();
    for (const row of rows) {
      const { record } = this.records.row(row);
      rowsOf.set(record, [...(rowsOf.get(record) ?? []), row]);
    }
    const blocks = sameSize[number] ? file.blocks : 0;
    const own = firstRecords.subarray(firstBlocks[number], firstBlocks[number] + blocks);
    const { maxRecordBytes, textFields } = this.settings;
    const options = { maxRecordBytes, elsewhere: textFields.length === 0 || file.anywhere === true };
    await readRecordTexts({ file, path, firstRecords: own }, [...rowsOf.keys()], options, (record, text) =>
      take(rowsOf.get(record) ?? [], record, text),
    );
  }
}

/** What is told of an item: what was counted, or else estimated, where it reaches the threshold. */
function told(
  near: readonly Near[],
  item: number,
  confirmed: Confirmed,
  records: IndexRecords,
  { files, paths }: SourceFiles,
): NearRecords {
  const unconfirmed = ({ row, ...like }: Near): NearRecord => {
    const file = records.fileOf(row);
    const reason = paths[file] === undefined ? UNREACHABLE : CHANGED;
    return { file: files[file].path, record: records.row(row).record, ...like, confirmed: false, reason };
  };
  const isNear = ({ jaccard }: { readonly jaccard: number }): boolean => jaccard >= NEAR_RECORD;
  const first = near.slice(0, MOST_RECORDS).map((one) => confirmed.get(keyOf(item, one.row)) ?? unconfirmed(one));
  const closest = first.filter(isNear).sort(canonically);
  return { found: closest.length + near.slice(MOST_RECORDS).filter(isNear).length, closest };
}

function canonically(a: NearRecord, b: NearRecord): number {
  return b.jaccard - a.jaccard || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.record - b.record);
}
