import { PART_NAMES } from '../model/benchmark.js';
import type { Benchmark } from '../model/benchmark.js';
import { HeldoutError } from '../model/errors.js';
import type { TextRecord } from '../model/document.js';
import type { Skip } from '../model/input.js';
import type { Settings } from '../model/settings.js';
import { readBenchmarks } from '../read/benchmark.js';
import { readDocuments } from '../read/documents.js';
import { expandPaths } from '../read/paths.js';
import { planFile } from '../read/plan-file.js';
import { sniffFile } from '../read/sniff.js';
import { safeJsonPage } from '../report/escape.js';
import { EXAMPLES, inspectJson, inspectText } from '../report/inspect-text.js';
import type { Inspection } from '../report/inspect-text.js';
import { style } from '../report/style.js';
import { exitCodeOf } from './exit-code.js';
import { inspectIndexes } from './inspect-index.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { screenOf } from './screen.js';

export interface InspectOptions {
  readonly as?: 'benchmark' | 'corpus';
  readonly textField: readonly string[];
  readonly idField: string;
  readonly map: Settings['map'];
  readonly maxRecordBytes: number;
  readonly json?: boolean;
  readonly color: boolean;
}

/** Records looked at: enough to count most benchmarks, and no wait on a shard of any size. */
const LIMIT = 100_000;

/** Documents of a corpus looked at for the examples. */
const DOCUMENTS = 100;

/** Shows how files are understood, before anyone waits for a scan. A file that cannot be read does not hide the others. */
export async function inspectCommand(patterns: readonly string[], options: InspectOptions): Promise<ExitCode> {
  const screen = screenOf(process.stdout, process.stderr, process.env, options.color);
  const unlisted: Skip[] = [];
  const { indexes, others } = await inspectIndexes(patterns, options.json ? undefined : screen);
  if (others.length === 0 && indexes.length > 0) {
    if (options.json) print(safeJsonPage(indexes));
    return 0;
  }
  const paths = await expandPaths(others, (skip) => unlisted.push(skip));
  for (const skip of unlisted) say(`${skip.file}: ${skip.detail}`);
  const inspections: Inspection[] = [];
  let code: ExitCode = unlisted.length > 0 ? 2 : 0;
  for (const path of paths) {
    try {
      const inspection = await inspectFile(path, options);
      inspections.push(inspection);
      if (!options.json)
        print(`${inspections.length > 1 ? '\n' : ''}${inspectText(inspection, style(screen.colour), screen.width)}`);
    } catch (error) {
      if (!(error instanceof HeldoutError)) throw error;
      say(error.message);
      code = exitCodeOf(error.code);
    }
  }
  if (options.json) print(safeJsonPage([...indexes, ...inspections.map(inspectJson)]));
  return code;
}

async function inspectFile(path: string, options: InspectOptions): Promise<Inspection> {
  // Standard input cannot be read a second time, should the first understanding be wrong.
  const isCorpus = options.textField.length > 0 || (path === '-' && Object.keys(options.map).length === 0);
  const as = options.as ?? (isCorpus ? 'corpus' : undefined);
  if (as === 'corpus') return asCorpus(path, options);
  if (as === 'benchmark' || Object.keys(options.map).length > 0) return asBenchmark(path, options);
  try {
    const inspection = await asBenchmark(path, options);
    return inspection.file.container === 'text' || isBareText(inspection.benchmark)
      ? await asCorpus(path, options)
      : inspection;
  } catch (error) {
    if (error instanceof HeldoutError && error.code === 'no-questions') return asCorpus(path, options);
    throw error;
  }
}

/** Corpora's usual fields, which a benchmark may use for its question as well. */
const BARE_TEXT = ['text', 'content', 'raw_content', 'raw_text', 'page_content', 'contents', 'document', 'body'];

/** Nothing but a text: more likely a corpus than a benchmark of questions without answers. */
function isBareText({ fields }: Benchmark): boolean {
  const parts = PART_NAMES.filter((name) => fields[name] !== undefined);
  const from = fields.question;
  return parts.length === 1 && from?.length === 1 && BARE_TEXT.includes(from[0]);
}

async function asBenchmark(path: string, options: InspectOptions): Promise<Inspection & { kind: 'benchmark' }> {
  const skips: Skip[] = [];
  const { map, maxRecordBytes } = options;
  const file = await sniffFile(path);
  const [benchmark] = await readBenchmarks([path], { map, maxRecordBytes, limit: LIMIT }, (skip) => skips.push(skip));
  if (!benchmark) throw new HeldoutError('no-questions', `${path}: there is no benchmark item in it.`);
  return { kind: 'benchmark', file, benchmark, skips, limit: LIMIT };
}

async function asCorpus(path: string, options: InspectOptions): Promise<Inspection> {
  const skips: Skip[] = [];
  const onSkip = (skip: Skip): void => void skips.push(skip);
  const plan = await planFile(path, options.textField, onSkip);
  if (!plan) throw new HeldoutError('unreadable', `${path}: ${skips[0]?.detail ?? 'there is nothing to read'}.`);
  const { file } = plan;
  const documents: TextRecord[] = [];
  const { idField, maxRecordBytes, textField: textFields } = options;
  const reading = { idField, textFields, maxRecordBytes, limit: DOCUMENTS };
  for await (const batch of readDocuments(file, plan, reading, onSkip)) {
    documents.push(...batch);
    if (documents.length >= EXAMPLES) break;
  }
  return { kind: 'corpus', ...plan, documents, skips, limit: DOCUMENTS };
}
