import { BlockBuilder } from '../hashcore/block-builder.js';
import { damaged } from './column-reader.js';
import { IndexReader } from './index-reader.js';
import type { Composer } from './write-index.js';

/** Reads every block of an index, checks its digest, that it can be decoded, that keys ascend and that the sums are the manifest's. */
export function verifyIndex(folder: string, { memory, core, digester }: Omit<Composer, 'buffer'>): number {
  const reader = new IndexReader(folder, digester);
  try {
    const builder = new BlockBuilder(memory, core, reader.coding);
    const sums = { keys: 0, occurrences: 0, locations: 0 };
    let last = -1;
    for (let block = 0; block < reader.blocks; block++) {
      reader.loadKeys(builder, block);
      reader.loadRest(builder, block);
      const words = builder.keyWords();
      const documents = builder.documents();
      const listed = builder.listed();
      for (let i = 0; i < builder.count; i++) {
        // The first 53 bits are enough to see that keys ascend; the rest is for the digest.
        const key = words[2 * i + 1] * 2 ** 21 + (words[2 * i] >>> 11);
        if (key < last) throw damaged(folder, `the keys of block ${block} are out of order`);
        last = key;
        sums.occurrences += documents[i];
        sums.locations += reader.coding.mostBlocks > 0 ? listed[i] : 0;
      }
      sums.keys += builder.count;
    }
    reader.firstRecords();
    reader.inputs();
    const records = reader.records();
    try {
      records?.verify();
    } finally {
      records?.close();
    }
    const { keys, occurrences, locations } = reader.manifest;
    if (sums.keys !== keys || sums.occurrences !== occurrences || sums.locations !== locations)
      throw damaged(folder, 'its columns hold something else than its manifest says');
    return reader.blocks;
  } finally {
    reader.close();
  }
}
