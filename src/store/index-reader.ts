import { COLUMNS, codingOf } from '../hashcore/block-builder.js';
import type { BlockBuilder, Coding, ColumnName } from '../hashcore/block-builder.js';
import { HeldoutError } from '../model/errors.js';
import type { IndexedFile, IndexManifest, IndexPart } from '../model/index-manifest.js';
import type { Digester } from '../report/digest.js';
import { ColumnReader, damaged } from './column-reader.js';
import { IndexRecords } from './index-records.js';
import { BLOCKS, BLOCKS_NUMBER, INPUTS, readFirstRecords, readInputs } from './inputs.js';
import { readManifest } from './manifest.js';
import { columnsOf, fileOf } from './segment-writer.js';

/** An index on disk. What is read of it is checked against its digests. */
export class IndexReader {
  readonly folder: string;
  readonly manifest: IndexManifest;
  readonly coding: Coding;
  private readonly digester: Digester;
  private readonly columns = new Map<ColumnName, ColumnReader>();

  /** Reads the manifest and the directories of the columns; rejects what is no index, or damaged there. */
  constructor(folder: string, digester: Digester) {
    this.folder = folder.replace(/\/+$/, '');
    this.digester = digester;
    this.manifest = readManifest(this.folder, digester);
    const { keyBits, sources, blocks, locationsPerKey, profile } = this.manifest;
    if (profile !== 1)
      throw new HeldoutError(
        'index',
        `${folder}: made with text profile ${profile}; this heldout has profile 1. Use the heldout that made it.`,
      );
    this.coding = codingOf(keyBits, sources.length, blocks, locationsPerKey);
    for (const name of columnsOf(this.coding))
      this.columns.set(name, new ColumnReader(this.folder, this.part(fileOf(name)), COLUMNS[name], digester));
    for (const column of this.columns.values())
      if (column.blocks !== this.blocks) throw damaged(column.path, 'it has more or fewer blocks than the keys have');
  }

  /** Blocks of keys. */
  get blocks(): number {
    return this.column('keys').blocks;
  }

  /** The first 32 bits of the first key of a block. */
  firstKeyHigh(block: number): number {
    return this.column('keys').firstKeyHigh(block);
  }

  firstKeyLow(block: number): number {
    return this.column('keys').firstKeyLow(block);
  }

  /** Decodes the keys of a block. */
  loadKeys(builder: BlockBuilder, block: number): void {
    this.load(builder, 'keys', block);
  }

  /** Decodes what else is known of the keys that were loaded last. */
  loadRest(builder: BlockBuilder, block: number): void {
    for (const name of this.columns.keys()) if (name !== 'keys') this.load(builder, name, block);
    if (this.coding.sourceBits === 0) builder.sources().fill(1);
  }

  /** Bytes read to load a block's keys. */
  keyBytes(block: number): number {
    return this.column('keys').length(block);
  }

  inputs(): IndexedFile[] {
    return readInputs(this.folder, this.part(INPUTS), this.digester);
  }

  /** The first record of each block of the source files; empty in an index without locations. */
  firstRecords(): Uint32Array {
    if (this.coding.mostBlocks === 0) return new Uint32Array(0);
    const column = new ColumnReader(this.folder, this.part(BLOCKS), BLOCKS_NUMBER, this.digester);
    try {
      return readFirstRecords(column, this.manifest.blocks);
    } finally {
      column.close();
    }
  }

  /** What it keeps of its records, to be closed by whoever asked; undefined where it keeps nothing of them. */
  records(): IndexRecords | undefined {
    const { records } = this.manifest;
    if (!records) return undefined;
    return new IndexRecords(this.folder, records, this.inputs(), (name) => this.part(name), this.digester);
  }

  close(): void {
    for (const column of this.columns.values()) column.close();
  }

  private load(builder: BlockBuilder, name: ColumnName, block: number): void {
    const column = this.column(name);
    const code = column.block(block);
    const room = builder.room(code.length);
    room?.set(code);
    if (!room || !builder.decode(name, code.length))
      throw damaged(column.path, `block ${block} of ${column.blocks} cannot be decoded`);
  }

  private column(name: ColumnName): ColumnReader {
    const column = this.columns.get(name);
    if (!column) throw damaged(this.folder, `it has no ${fileOf(name)}`);
    return column;
  }

  private part(name: string): IndexPart {
    const part = this.manifest.parts.find((one) => one.name === name);
    if (!part) throw damaged(this.folder, `its manifest names no ${name}`);
    return part;
  }
}
