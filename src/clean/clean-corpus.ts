import { stat } from 'node:fs/promises';
import path from 'node:path';
import { reportLines } from '../audit/report-lines.js';
import { outputOf } from '../audit/saved-report.js';
import type { SavedReport } from '../audit/saved-report.js';
import { HeldoutError } from '../model/errors.js';
import type { Match } from '../model/match.js';
import { expandPaths } from '../read/paths.js';
import { loadDigester } from '../report/digest.js';
import { safeJson, safeJsonPage } from '../report/escape.js';
import { matchFromLine } from '../report/match-from-line.js';
import { hasStandIn } from '../report/name-or-text.js';
import type { Redactor } from '../report/redact.js';
import { changed, cleanFile } from './clean-file.js';
import type { CleanedFile } from './clean-file.js';
import { corpusFiles } from './corpus-files.js';
import type { CorpusFile } from './corpus-files.js';
import type { Knife, LogLine } from './edit.js';
import { NewFolder } from './new-folder.js';
import { withRounds } from './rounds.js';
import type { Rescan } from './rounds.js';
import { hasPlace, removalsOf } from './removals.js';
import type { RemovalOptions } from './removals.js';

export const CLEAN_SCHEMA = 'heldout-clean/1';

export interface CleanRequest extends RemovalOptions {
  readonly report: SavedReport;
  /** Files, folders or globs; empty for the files of the report, where they were. */
  readonly corpus: readonly string[];
  readonly out: string;
  readonly knife: Knife;
  readonly recompress: boolean;
  readonly toolVersion: string;
  readonly signal?: AbortSignal;
  /** For cutting and masking: what is left is scanned again. Without it only what the report names is taken out. */
  readonly rescan?: Rescan;
  /** Takes names and ids that may be text out of the log and of clean.json; the corpus itself is what it is. */
  readonly redactor?: Redactor;
}

/** clean.json */
export interface CleanResult {
  readonly schema: typeof CLEAN_SCHEMA;
  readonly tool: { readonly name: 'heldout'; readonly version: string };
  readonly settings: Omit<Knife, 'maskText'> & RemovalOptions;
  readonly files: readonly CleanedFile[];
  /** Files of the report that were not given. */
  readonly missing: readonly string[];
}

/**
 * Writes a corpus without its contamination: `corpus/`, `removals.jsonl`, `clean.json` in a new folder that appears whole or not
 * at all. Streams: memory goes with the matches and the longest edited record, not with the corpus.
 */
export async function cleanCorpus(request: CleanRequest): Promise<CleanResult> {
  const { report, knife, from, redactor } = request;
  const digester = await loadDigester();
  if (report.report.partial && !knife.force)
    throw new HeldoutError(
      'usage',
      `${report.dir}: the report is partial: what it does not name was not all looked at. Scan again without a limit, or --force.`,
    );
  const matches = reportLines(report.dir, outputOf(report, 'matches.jsonl'), placedMatch);
  const removals = await removalsOf(matches, { from }, digester);
  const files = await corpusFiles(await corpusPaths(request), report);
  await checkSizes(files, knife);
  const folder = await NewFolder.begin(request.out);
  try {
    const log: string[] = [];
    const cleaned: CleanedFile[] = [];
    const found = files.map((file) => ({ file, removals: removals.get(file.scanned.path) ?? [] }));
    const { rescan } = request;
    const rounds = knife.mode !== 'drop' && rescan !== undefined;
    const final = rounds ? await withRounds(found, knife, digester, folder, rescan, from) : found;
    for (const { file, removals: own } of final) {
      const task = {
        ...request,
        file,
        removals: own,
        digester,
        log: (line: LogLine) => void log.push(`${safeJson(redactor ? redactedLine(line, redactor) : line)}\n`),
      };
      cleaned.push(await cleanFile(folder, task));
    }
    const given = new Set(files.map(({ scanned }) => scanned.path));
    const missing = report.report.provenance.corpus.map((file) => file.path).filter((name) => !given.has(name));
    const whole = resultOf(request, cleaned, missing);
    const result = redactor ? redactor.names(whole) : whole;
    await folder.write('removals.jsonl', encoded(log));
    await folder.write('clean.json', encoded([safeJsonPage(result)]));
    await folder.finish();
    return result;
  } catch (error) {
    await folder.abandon();
    throw error;
  }
}

function redactedLine(line: LogLine, redactor: Redactor): LogLine {
  return {
    ...line,
    file: redactor.name(line.file),
    id: redactor.recordId(line),
    benchmark: redactor.name(line.benchmark),
    item: redactor.id(line.item),
  };
}

/** A line of matches.jsonl that says where its match is. */
function placedMatch(line: string): Match | undefined {
  const match = matchFromLine(line);
  return match && hasPlace(match) ? match : undefined;
}

async function corpusPaths({ corpus, report }: CleanRequest): Promise<string[]> {
  const found = corpus.length > 0 ? corpus : report.report.provenance.corpus.map((file) => file.path);
  if (found.includes('-'))
    throw new HeldoutError('usage', '-: standard input cannot be cleaned. Save it to a file, scan that, and clean it.');
  // Some names of such a report stand for names.
  const stand = corpus.length > 0 ? undefined : found.find(hasStandIn);
  if (stand !== undefined)
    throw new HeldoutError(
      'usage',
      `${stand}: the report holds no text, so this stands for a name that may be text. Say where the corpus is with --corpus: its files ` +
        'are known by their bytes.',
    );
  if (corpus.length > 0) return expandPaths(found, () => undefined);
  return expandPaths(found, () => undefined).catch((error: unknown) => {
    if (!(error instanceof HeldoutError)) throw error;
    throw new HeldoutError(
      error.code,
      `${error.message} The report names it; if the corpus was moved, say with --corpus where it is.`,
    );
  });
}

/** A file of another size has changed: no need to read it all to say so. */
async function checkSizes(files: readonly CorpusFile[], { force }: Knife): Promise<void> {
  if (force) return;
  for (const { path: file, scanned } of files) {
    if (scanned.xxh64 === '') throw changed(file, undefined, '');
    const size = (await stat(file).catch(() => undefined))?.size;
    if (size !== undefined && size !== scanned.bytes) throw changed(file, `${scanned.bytes} bytes`, `${size}`);
  }
}

function resultOf(
  { knife, from, toolVersion }: CleanRequest,
  files: readonly CleanedFile[],
  missing: readonly string[],
): CleanResult {
  const { mode, margin, minLength, force } = knife;
  return {
    schema: CLEAN_SCHEMA,
    tool: { name: 'heldout', version: toolVersion },
    settings: { mode, margin, minLength, force, from },
    files: files.map((file) => ({ ...file, path: path.normalize(file.path) })),
    missing,
  };
}

async function* encoded(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
