import type { FileHandle } from 'node:fs/promises';
import {
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type AsyncBuffer,
  type FileMetaData,
  type SchemaTree,
} from 'hyparquet';
import type { RawRecord } from '../model/document.js';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { InputFile } from '../model/input.js';
import { parquetCodecs } from './parquet-codecs.js';
import { ParquetText, plainValue } from './parquet-value.js';
import { openFile, placeOf } from './raw.js';
import { tellReplaced, type RecordSkip } from './record-skip.js';

/** Rows handed on at a time. */
const BATCH = 1000;

/** As in read/records.ts. */
interface RowOptions {
  readonly limit: number;
  readonly columns?: readonly string[];
  readonly allBut?: ReadonlySet<string> | undefined;
  readonly needsAll?: (value: unknown) => boolean;
}

/**
 * The rows of a Parquet file, a row group in memory at a time. `columns` names the top-level columns wanted, undefined
 * for all: the others are not even decompressed, but for the groups with a row that needs them.
 */
export async function* parquetRecords(
  file: InputFile,
  { limit, columns, allBut, needsAll }: RowOptions,
  skip: RecordSkip,
): AsyncGenerator<RawRecord[]> {
  const handle = await openFile(placeOf(file));
  try {
    const source = await bufferOf(handle);
    const metadata = await sayingWhere(file, 0, () => parquetMetadataAsync(source));
    const compressors = await parquetCodecs();
    const wanted = wantedColumns(metadata, columns, allBut);
    let rowStart = 0;
    let given = 0;
    let damage: HeldoutError | undefined;
    for (const group of metadata.row_groups) {
      const groupEnd = rowStart + Number(group.num_rows);
      const rowEnd = limit > 0 ? Math.min(groupEnd, limit) : groupEnd;
      if (rowEnd <= rowStart) break;
      const text = new ParquetText();
      const range = { file: source, metadata, compressors, rowStart, rowEnd, geoparquet: false, parsers: text.parsers };
      const first = rowStart;
      rowStart = groupEnd;
      const read = (of: readonly string[] | undefined): Promise<Record<string, unknown>[]> =>
        sayingWhere(file, first, () => parquetReadObjects(of ? { ...range, columns: [...of] } : range));
      let rows: Record<string, unknown>[];
      try {
        rows = await read(wanted);
        if (wanted && needsAll && rows.some((row) => needsAll(plainValue(row)))) rows = await read(undefined);
      } catch (error) {
        if (!(error instanceof HeldoutError)) throw error;
        // Groups are apart: the ones behind a damaged one are still good.
        damage ??= error;
        continue;
      }
      given += rows.length;
      for (let at = 0; at < rows.length; at += BATCH) {
        const batch = rows
          .slice(at, at + BATCH)
          .map((row, i) => ({ record: first + at + i + 1, offset: -1, value: plainValue(row) }));
        if (text.sawOtherBytes) reportReplaced(batch, skip);
        yield batch;
      }
    }
    if (damage && given === 0) throw damage;
    if (damage) skip('corrupt-file', 0, damage.message);
  } finally {
    await handle.close();
  }
}

function reportReplaced(batch: readonly RawRecord[], skip: RecordSkip): void {
  for (const { record, value } of batch) {
    const text = JSON.stringify(value);
    if (text.includes('\ufffd')) tellReplaced(text, record, skip);
  }
}

/** Those of `columns` that the file has, and with `allBut` what else holds text; undefined for all. */
function wantedColumns(
  metadata: FileMetaData,
  columns: readonly string[] | undefined,
  allBut: ReadonlySet<string> | undefined,
): string[] | undefined {
  if (columns === undefined) return undefined;
  const others = (column: SchemaTree): boolean =>
    allBut !== undefined && !allBut.has(column.element.name) && holdsText(column);
  const present = parquetSchema(metadata).children;
  return present
    .filter((column) => columns.includes(column.element.name) || others(column))
    .map(({ element }) => element.name);
}

/** Numbers are none; an image or a sound, as data sets with such have them, is {bytes, path}. */
function holdsText({ element, children }: SchemaTree): boolean {
  if (children.length === 0) return element.type === 'BYTE_ARRAY';
  const names = children.map((child) => child.element.name);
  return !(names.includes('bytes') && names.includes('path')) && children.some(holdsText);
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(Math.max(0, end - start));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) throw new Error('the file is shorter than it says');
        filled += bytesRead;
      }
      return bytes.buffer;
    },
  };
}

async function sayingWhere<T>(file: InputFile, first: number, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const where = `at row ${(first + 1).toLocaleString('en')}; row groups that are whole were read`;
    throw new HeldoutError(
      'unreadable',
      `${file.path}: damaged or cut-short Parquet: ${messageOf(error)}; ${where}. Fetch or write the file again.`,
      { cause: error },
    );
  }
}
