import { HeldoutError } from '../model/errors.js';
import { quoted } from '../report/escape.js';
import type { InputFile } from '../model/input.js';
import { readBytes } from '../read/bytes.js';
import { rawChunks } from '../read/raw.js';
import type { Digester } from '../report/digest.js';
import { compress, isWritable } from './compress.js';
import type { CorpusFile } from './corpus-files.js';
import { edited, logLines } from './edit.js';
import type { Edit, Knife, LogLine } from './edit.js';
import { editedOfShared } from './shared-line.js';
import { layoutOfFile } from './file-layout.js';
import type { Layout } from './layout.js';
import type { NewFolder, WrittenFile } from './new-folder.js';
import type { Removal } from './removals.js';
import { rewritten } from './rewrite.js';

/** What cleaning one file came to. */
export interface CleanedFile {
  readonly path: string;
  readonly before: { readonly bytes: number; readonly xxh64: string };
  /** Absent where nothing was left of it: a text file is one document. */
  readonly after?: WrittenFile;
  readonly dropped: number;
  readonly cut: number;
  readonly masked: number;
  /** Records that could not be told to be the ones that were scanned: left as they are. */
  readonly left: number;
  /** Characters of text in the records that were cut or masked, before and after. */
  readonly charactersBefore: number;
  readonly charactersAfter: number;
}

export interface FileTask {
  readonly file: CorpusFile;
  readonly removals: readonly Removal[];
  readonly knife: Knife;
  readonly digester: Digester;
  /** Write .gz whatever it was. */
  readonly recompress: boolean;
  readonly signal?: AbortSignal;
  readonly log: (line: LogLine) => void;
}

/** Writes the clean copy of a file; without anything to remove, the same bytes. Throws where the file is not the one scanned. */
export async function cleanFile(folder: NewFolder, task: FileTask): Promise<CleanedFile> {
  const { file, removals, knife, digester, signal } = task;
  const digest = digester();
  let bytes = 0;
  const watch = (chunk: Uint8Array): void => {
    if (signal?.aborted) throw new HeldoutError('interrupted', 'interrupted; nothing was written.');
    bytes += chunk.length;
    digest.update(chunk);
  };
  const edits: Edit[] = [];
  const edit = (record: Uint8Array, removal: Removal): Edit => {
    const made =
      (layout && editedOfShared(record, removal, layout, knife, digester)) ??
      edited(record, layout?.textOf(record), removal, knife, digester);
    edits.push(made);
    for (const line of logLines(removal, made, knife.margin)) task.log(line);
    return made;
  };
  const input: InputFile = { ...file.scanned, path: file.path };
  const layout = removals.length === 0 ? undefined : await layoutOfFile(file);
  const name = `corpus/${removals.length > 0 && task.recompress ? gzipName(file.name, input) : file.name}`;
  const written =
    removals.length === 0
      ? await folder.write(name, watched(rawChunks(file.path), watch))
      : await folder.write(name, cleaned(input, layout, task, watch, edit));
  checkUnchanged(file, bytes, digest.hex(), knife.force);
  const gone = input.container === 'text' && edits.some(({ action }) => action === 'dropped');
  if (gone) await folder.remove(name);
  return {
    path: file.path,
    before: { bytes, xxh64: digest.hex() },
    ...(gone ? {} : { after: written }),
    ...counted(edits),
  };
}

/** In the order of its rows, with nested values and 64-bit numbers as they are: pandas keeps neither. */
function asJsonLines(path: string): string {
  const python = `import duckdb, sys; duckdb.execute('COPY (FROM read_parquet(?)) TO ? (FORMAT json)', sys.argv[1:])`;
  return `python3 -c "${python}" ${quoted(path)} ${quoted(path.replace(/(\.parquet)?$/i, '.jsonl'))}`;
}

function cleaned(
  input: InputFile,
  layout: Layout | undefined,
  { removals, recompress }: FileTask,
  watch: (chunk: Uint8Array) => void,
  edit: (record: Uint8Array, removal: Removal) => Edit,
): AsyncIterable<Uint8Array> {
  const compression = recompress && input.compression !== 'none' ? 'gzip' : input.compression;
  if (!layout)
    throw new HeldoutError(
      'usage',
      `${input.path}: Parquet is read, but not written. Write it as JSONL, then scan and clean that: ${asJsonLines(input.path)}`,
    );
  const unplaced = removals.find(({ offset }) => offset < 0);
  if (unplaced)
    throw new HeldoutError(
      'usage',
      unplaced.record === 0 && input.container === 'json'
        ? `${input.path}: what matches stands around its list of records, and only records are cleaned. Take it out by hand and scan again, or leave the file out of --corpus.`
        : `${input.path} record ${unplaced.record}: the report does not say at which byte it begins. Scan the files themselves.`,
    );
  if (!isWritable(compression))
    throw new HeldoutError(
      'usage',
      `${input.path}: ${compression} is read, but not written. Write it as .gz with --recompress.`,
    );
  return compress(compression, rewritten(readBytes(input, watch), removals, layout, edit));
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  watch: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    watch(chunk);
    yield chunk;
  }
}

function gzipName(name: string, { compression }: InputFile): string {
  return compression === 'none' ? name : `${name.replace(/\.(gz|gzip|zst|zstd|bz2|xz)$/i, '')}.gz`;
}

function checkUnchanged({ path, scanned }: CorpusFile, bytes: number, xxh64: string, force: boolean): void {
  if (force || (bytes === scanned.bytes && xxh64 === scanned.xxh64)) return;
  throw changed(
    path,
    scanned.xxh64 === '' ? undefined : `${scanned.bytes} bytes, xxh64 ${scanned.xxh64}`,
    `${bytes} bytes, xxh64 ${xxh64}`,
  );
}

/** The one wording for a corpus that is not the one scanned. `was` is undefined where the scan did not read it to its end. */
export function changed(path: string, was: string | undefined, is: string): HeldoutError {
  const what =
    was === undefined
      ? 'the scan did not read this file to its end, so what the rest holds is not known'
      : `it has changed since the scan (then ${was}; now ${is})`;
  return new HeldoutError(
    'unreadable',
    `${path}: ${what}. Scan again; or --force, which edits those records that are still the ones scanned and leaves the others.`,
  );
}

function counted(edits: readonly Edit[]): Omit<CleanedFile, 'path' | 'before' | 'after'> {
  const count = (action: Edit['action']): number => edits.filter((edit) => edit.action === action).length;
  const kept = edits.filter(({ action }) => action === 'cut' || action === 'masked');
  return {
    dropped: edits.reduce((sum, { action, records = 1 }) => sum + (action === 'dropped' ? records : 0), 0),
    cut: count('cut'),
    masked: count('masked'),
    left: count('left'),
    charactersBefore: kept.reduce((sum, { before }) => sum + before, 0),
    charactersAfter: kept.reduce((sum, { after }) => sum + after, 0),
  };
}
