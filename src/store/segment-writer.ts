import type { BlockBuilder, BlockKeys, Coding, ColumnName } from '../hashcore/block-builder.js';
import { BLOCK_KEYS, COLUMNS } from '../hashcore/block-builder.js';
import type { IndexPart } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { ColumnWriter } from './column-writer.js';
import type { CodedColumn } from './column-writer.js';

/** What the written keys come to. */
export interface SegmentTotals {
  readonly keys: number;
  readonly occurrences: number;
  readonly locations: number;
}

/** Whole blocks, one behind another, in the order of `columnsOf`. */
export interface CodedBlocks {
  readonly totals: SegmentTotals;
  /** Low and high half of each block's first key. */
  readonly firstKeys: Uint32Array;
  readonly columns: readonly CodedColumn[];
}

/** The columns that an index with this coding has. */
export function columnsOf(coding: Coding): ColumnName[] {
  return [
    'keys',
    'documents',
    ...(coding.sourceBits > 0 ? ['sources' as const] : []),
    ...(coding.mostBlocks > 0 ? ['locations' as const] : []),
  ];
}

export function fileOf(column: ColumnName): string {
  return `${column}.column`;
}

/** Writes sorted entries as the columns of an index, a block of 4,096 keys at a time. */
export class SegmentWriter {
  private readonly builder: BlockBuilder;
  private readonly columns: readonly { readonly name: ColumnName; readonly writer: ColumnWriter }[];
  private readonly totals = { keys: 0, occurrences: 0, locations: 0 };

  constructor(folder: string, builder: BlockBuilder, coding: Coding, digester: Digester) {
    this.builder = builder;
    this.columns = columnsOf(coding).map((name) => ({
      name,
      writer: new ColumnWriter(folder, fileOf(name), COLUMNS[name], digester),
    }));
  }

  /** Takes the entries in [at, end) of the core's memory. All entries of a key come in one call, and keys ascend. */
  take(at: number, end: number): void {
    for (let next = at; next < end;) {
      next = this.builder.collapse(next, end);
      if (this.builder.count === BLOCK_KEYS) this.flush();
    }
  }

  /** Takes keys that another builder has collapsed; there must be room for them in the block that is begun. */
  join(keys: BlockKeys): void {
    this.builder.append(keys);
    if (this.builder.count === BLOCK_KEYS) this.flush();
  }

  /** Takes whole blocks that are coded already; no block may be begun. */
  takeCoded({ totals, firstKeys, columns }: CodedBlocks): void {
    for (const name of ['keys', 'occurrences', 'locations'] as const) this.totals[name] += totals[name];
    this.columns.forEach(({ writer }, i) => writer.blocks(columns[i], firstKeys));
  }

  finish(): { readonly totals: SegmentTotals; readonly parts: IndexPart[] } {
    this.flush();
    return { totals: this.totals, parts: this.columns.map(({ writer }) => writer.finish()) };
  }

  private flush(): void {
    const { builder, totals } = this;
    const count = builder.count;
    if (count === 0) return;
    const [low, high] = builder.keyWords().subarray(0, 2);
    const sums = builder.sums();
    totals.occurrences += sums.documents;
    totals.locations += sums.blocks;
    totals.keys += count;
    for (const { name, writer } of this.columns) writer.block(builder.encode(name), low, high);
    builder.clear();
  }
}
