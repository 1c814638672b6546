import type {
  CompareRequest,
  CompareResult,
  CompareSettings,
  IndexComparison,
  NamedPaths,
} from '../model/comparison.js';
import { DEFAULT_COMPARE } from '../model/comparison.js';
import { HeldoutError } from '../model/errors.js';
import type { Shingle } from '../model/sketch.js';
import { compareJson } from '../report/compare-json.js';
import { compareReport } from '../report/compare-terminal.js';
import { compareVerdict } from '../report/compare-verdict.js';
import type { CompareVerdict } from '../report/compare-verdict.js';
import { writeComparison } from '../report/compare-writer.js';
import { loadDigester } from '../report/digest.js';
import { safeJsonPage, shown } from '../report/escape.js';
import { indexComparisonText, writeIndexComparison } from '../report/index-comparison.js';
import { checkComparisonFormats } from '../report/formats/compare-format.js';
import type { Format } from '../report/formats/format-names.js';
import { percent } from '../report/numbers.js';
import type { Redactor } from '../report/redact.js';
import { redactedResult } from '../report/redact-comparison.js';
import { style } from '../report/style.js';
import { checkReportFolder } from '../report/writer.js';
import { setsOf } from './compare-sets.js';
import { exitCodeOf } from './exit-code.js';
import type { ExitCode } from './exit-code.js';
import { print, say } from './output.js';
import { redactorOf, sayingNoText } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import { screenOf } from './screen.js';
import type { Screen } from './screen.js';
import { toolVersion } from './version.js';
import { watched } from './watched.js';

/** As commander gives them. */
export interface CompareOptions extends RedactOptions {
  readonly within?: boolean;
  readonly splitColumn?: string;
  readonly keep: readonly string[];
  readonly threshold: number;
  readonly shingle: Shingle;
  readonly method: CompareSettings['method'];
  readonly textField: readonly string[];
  readonly idField: string;
  readonly limit: number;
  readonly maxRecordBytes: number;
  readonly maxDuplicates: number;
  readonly maxSkippedRate: number;
  readonly memory: number;
  readonly scratch?: string;
  readonly out: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly format: readonly Format[];
  readonly color: boolean;
}

export async function compareCommand(inputs: readonly string[], options: CompareOptions): Promise<ExitCode> {
  const screen = screenOf(process.stdout, process.stderr, process.env, options.color);
  const { hasIndex, compareIndexes } = await import('../compare-indexes.js');
  const request = requestOf(inputs, options);
  const redactor = await redactorOf(options);
  if (hasIndex(request.sets.flatMap(({ paths }) => paths))) {
    checkIndexFormats(options.format);
    return indexes(await indexSets(request, compareIndexes, redactor), options, screen);
  }
  checkComparisonFormats(options.format);
  await checkReportFolder(options.out);
  const { compare } = await import('../compare.js');
  const { result, interrupted } = await watched(options.quiet === true, (watch) =>
    // A second Ctrl-C leaves at once, and must not leave the texts behind.
    sayingNoText(redactor, () =>
      compare({ ...request, ...watch, onScratch: (remove) => process.once('exit', remove) }),
    ),
  );
  try {
    return await report(redactor ? redactedResult(result, redactor) : result, interrupted, options, screen);
  } finally {
    result.close();
  }
}

const EXIT_CODES: Readonly<Record<CompareVerdict['status'], ExitCode>> = {
  clean: 0,
  'not-clean': 1,
  'nothing-read': 2,
  incomplete: 3,
  interrupted: 130,
};

async function report(
  result: CompareResult,
  interrupted: boolean,
  options: CompareOptions,
  screen: Screen,
): Promise<ExitCode> {
  const { status, findings } = compareVerdict(
    compareJson(result, toolVersion(), await loadDigester(), []),
    interrupted,
  );
  const look = style(screen.colour);
  const verdict = findings.map(({ tone, word, text }) => `${look.paint(tone, look.paint('strong', word))}  ${text}\n`);
  const page = (outDir?: string): string =>
    options.quiet
      ? verdict.join('')
      : `${compareReport(result, { version: toolVersion(), width: screen.width, colour: screen.colour, ...(outDir === undefined ? {} : { outDir }) })}\n${verdict.join('')}`;
  try {
    const json = await writeComparison(options.out, result, toolVersion(), options.format);
    print(options.json ? safeJsonPage(json) : page(options.out));
  } catch (error) {
    // What was found must not be lost with the disk it should have gone to.
    if (!(error instanceof HeldoutError)) throw error;
    print(options.json ? safeJsonPage(compareJson(result, toolVersion(), await loadDigester(), [])) : page());
    say(error.message);
    return exitCodeOf(error.code);
  }
  if (options.json && !options.quiet) for (const { word, text } of findings) say(`${word}: ${text}`);
  return EXIT_CODES[status];
}

function checkIndexFormats(formats: readonly Format[]): void {
  const other = formats.find((format) => format !== 'html');
  if (other !== undefined)
    throw new HeldoutError('usage', `--format: a comparison of indexes is report.json and the page, not ${other}.`);
}

/** Indexes have no records to be told apart. */
async function indexSets(
  { sets, settings }: CompareRequest,
  compare: (sets: readonly NamedPaths[], settings: CompareSettings) => Promise<IndexComparison>,
  redactor: Redactor | undefined,
): Promise<IndexComparison> {
  if (settings.within || settings.splitColumn !== '')
    throw new HeldoutError('usage', 'an index has no records to look at: --within and --split-column need the text.');
  const found = await compare(sets, settings);
  return redactor ? redactor.names(found) : found;
}

/** Says how much is where; whether that is too much is not for an index to say. */
async function indexes(result: IndexComparison, options: CompareOptions, screen: Screen): Promise<ExitCode> {
  await checkReportFolder(options.out);
  const report = await writeIndexComparison(options.out, result, toolVersion());
  if (options.json) print(safeJsonPage(report));
  else {
    const most = [...result.overlaps].sort((a, b) => b.containment.value - a.containment.value)[0];
    if (!options.quiet) print(`${indexComparisonText(result, toolVersion(), style(screen.colour))}\n`);
    print(
      `COMPARED  ${percent(most.containment.value)}% of the wording of ${shown(most.of)} is in ${shown(most.in)}; which records, only the text of both can say\n`,
    );
  }
  const gaps = result.sets.some(({ skipped, unread }) => unread > 0 || skipped > 0);
  if (gaps) say('INCOMPLETE: what could not be read, now or when an index was made, was not compared.');
  return gaps ? 3 : 0;
}

function requestOf(inputs: readonly string[], options: CompareOptions): CompareRequest {
  const { within = false, splitColumn = '' } = options;
  if (within && splitColumn !== '')
    throw new HeldoutError('usage', '--within looks inside one set, --split-column between sets: ask one at a time.');
  return {
    sets: setsOf(inputs, within ? 'within' : splitColumn !== '' ? 'by column' : 'between'),
    settings: {
      ...DEFAULT_COMPARE,
      method: options.method,
      shingle: options.shingle,
      threshold: options.threshold,
      within,
      splitColumn,
      keep: options.keep,
      textFields: options.textField,
      idField: options.idField,
      maxRecordBytes: options.maxRecordBytes,
      limit: options.limit,
      maxSkippedRate: options.maxSkippedRate,
      maxDuplicates: options.maxDuplicates,
    },
    memoryBytes: options.memory,
    ...(options.scratch === undefined ? {} : { scratch: options.scratch }),
  };
}
