import type { BlockBuilder, ColumnName, Coding } from '../hashcore/block-builder.js';
import { BLOCK_KEYS } from '../hashcore/block-builder.js';
import { columnsOf } from './segment-writer.js';
import type { CodedBlocks } from './segment-writer.js';

/** Bytes of a column that there is room for; and room for the next, as a share of the last. */
const LEAST_ROOM = 1 << 16;
const SPARE = 1.1;

/** Codes full blocks into memory, where a segment's writer does so into files. */
export class BlockCoder {
  private readonly builder: BlockBuilder;
  private readonly columns: {
    name: ColumnName;
    code: Uint8Array<ArrayBuffer>;
    length: number;
    ends: number[];
    digests: number[];
  }[];
  private firstKeys: number[] = [];
  private totals = { keys: 0, occurrences: 0, locations: 0 };

  constructor(builder: BlockBuilder, coding: Coding) {
    this.builder = builder;
    this.columns = columnsOf(coding).map((name) => ({
      ...{ name, code: new Uint8Array(LEAST_ROOM), length: 0 },
      ...{ ends: [], digests: [] },
    }));
  }

  /** Codes the block that the builder holds, and empties it. */
  flush(): void {
    const { builder, totals } = this;
    const sums = builder.sums();
    totals.keys += BLOCK_KEYS;
    totals.occurrences += sums.documents;
    totals.locations += sums.blocks;
    this.firstKeys.push(...builder.keyWords().subarray(0, 2));
    for (const column of this.columns) {
      const code = builder.encode(column.name);
      column.digests.push(...builder.digest(code.length));
      const end = column.length + code.length;
      if (end > column.code.length) {
        const larger = new Uint8Array(Math.max(end, 2 * column.code.length));
        larger.set(column.code);
        column.code = larger;
      }
      column.code.set(code, column.length);
      column.length = end;
      column.ends.push(end);
    }
    builder.clear();
  }

  /** What was coded since the last time. */
  take(): CodedBlocks {
    const { totals, firstKeys } = this;
    const columns = this.columns.map((column) => {
      const { code, length, ends, digests } = column;
      // The buffer is given away with its code. The next ranges have about as much.
      const next = new Uint8Array(Math.max(LEAST_ROOM, Math.ceil(SPARE * length)));
      Object.assign(column, { code: next, length: 0, ends: [], digests: [] });
      return { code: code.subarray(0, length), ends, digests };
    });
    this.firstKeys = [];
    this.totals = { keys: 0, occurrences: 0, locations: 0 };
    return { totals, firstKeys: Uint32Array.from(firstKeys), columns };
  }
}
