import { readFileSync } from 'node:fs';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { IndexedFile, IndexPart } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { ColumnWriter } from './column-writer.js';
import type { ColumnReader } from './column-reader.js';
import { damaged } from './column-reader.js';
import { writeDurably } from './durable.js';

export const INPUTS = 'inputs.jsonl';
export const BLOCKS = 'blocks.column';
/** After the columns of hashcore/block-builder.ts. */
export const BLOCKS_NUMBER = 4;

/** Numbers in a block of the column of first records. */
const RECORDS_A_BLOCK = 16_384;

/** A file and, for each 64 KB of it, the number of the first record that begins there. */
export interface Input {
  readonly file: IndexedFile;
  readonly firstRecords: Uint32Array;
}

/**
 * Files in the order that an index numbers them and their blocks by: digest, then path, then source. So it does not matter
 * in which order they were given, read or merged.
 */
export function inOrder(inputs: readonly Input[]): Input[] {
  return [...inputs].sort(
    ({ file: a }, { file: b }) => compare(a.xxh64, b.xxh64) || compare(a.path, b.path) || compare(a.source, b.source),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The number of the first block of each file, and of all blocks. */
export function firstBlocks(inputs: readonly Input[]): { readonly first: readonly number[]; readonly blocks: number } {
  let blocks = 0;
  const first = inputs.map(({ firstRecords }) => (blocks += firstRecords.length) - firstRecords.length);
  // An entry holds a block in 32 bits, the last 256 numbers of which mean something else.
  if (blocks >= 0xffffff00)
    throw new HeldoutError('usage', 'more than 4,294,967,040 blocks of 64 KB: split the corpus over two indexes.');
  return { first, blocks };
}

/** `withBlocks`: an index without locations has no use for them. `signed`: records of each file with a signature, where they are kept. */
export function writeInputs(
  folder: string,
  inputs: readonly Input[],
  withBlocks: boolean,
  signed: readonly number[] | undefined,
  digester: Digester,
): IndexPart[] {
  const all = inputs.map(({ file }, i) => `${JSON.stringify(lineOf(file, withBlocks, signed?.[i]))}\n`);
  const lines = Buffer.from(all.join(''), 'utf8');
  writeDurably(`${folder}/${INPUTS}`, lines);
  const digest = digester();
  digest.update(lines);
  const part = { name: INPUTS, bytes: lines.length, xxh64: digest.hex() };
  return withBlocks ? [part, writeBlocks(folder, inputs, digester)] : [part];
}

/** Key order is part of the bytes. */
function lineOf(file: IndexedFile, withBlocks: boolean, signed: number | undefined): IndexedFile {
  const { path, source, container, compression, bytes, records, skipped, textBytes, tokens, xxh64, skips } = file;
  const blocks = withBlocks ? file.blocks : 0;
  const { textPaths = [], passedOver = [], anywhere, notRead } = file;
  return {
    ...{ path, source, container, compression, bytes, records, skipped, textBytes, tokens, blocks, xxh64, textPaths },
    ...(signed === undefined ? {} : { signed }),
    ...(passedOver.length > 0 ? { passedOver } : {}),
    ...(anywhere ? { anywhere } : {}),
    ...(notRead ? { notRead } : {}),
    skips,
  };
}

function writeBlocks(folder: string, inputs: readonly Input[], digester: Digester): IndexPart {
  const writer = new ColumnWriter(folder, BLOCKS, BLOCKS_NUMBER, digester);
  const batch = new Uint32Array(RECORDS_A_BLOCK);
  let held = 0;
  const flush = (): void => {
    if (held > 0) writer.block(new Uint8Array(batch.buffer, 0, 4 * held), 0, 0);
    held = 0;
  };
  for (const { firstRecords } of inputs) {
    for (const record of firstRecords) {
      batch[held++] = record;
      if (held === RECORDS_A_BLOCK) flush();
    }
  }
  flush();
  return writer.finish();
}

export function readInputs(folder: string, part: IndexPart, digester: Digester): IndexedFile[] {
  const path = `${folder}/${INPUTS}`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new HeldoutError('index', `${path}: a part of the index cannot be read: ${messageOf(cause)}.`, { cause });
  }
  const digest = digester();
  digest.update(bytes);
  if (digest.hex() !== part.xxh64) throw damaged(path, 'it does not fit its digest');
  const lines = bytes.toString('utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as IndexedFile);
}

/** The first records of all blocks, one file behind another. */
export function readFirstRecords(column: ColumnReader, blocks: number): Uint32Array {
  const records = new Uint32Array(blocks);
  let at = 0;
  for (let i = 0; i < column.blocks; i++) {
    const code = column.block(i).slice();
    if (at + code.length / 4 > blocks) break;
    records.set(new Uint32Array(code.buffer, 0, Math.floor(code.length / 4)), at);
    at += code.length / 4;
  }
  if (at !== blocks) throw damaged(column.path, `it has another number of blocks than the manifest says`);
  return records;
}
