import { resolve } from 'node:path';
import { HeldoutError } from '../model/errors.js';
import { isComparison, readComparison } from '../audit/saved-comparison.js';
import { readReport } from '../audit/whole-report.js';
import { changesBetween } from '../report/changes.js';
import { changesText } from '../report/changes-text.js';
import { writeComparisonCopy, writeComparisonRenderings } from '../report/compare-writer.js';
import { safeJsonPage } from '../report/escape.js';
import { checkComparisonFormats } from '../report/formats/compare-format.js';
import type { Format } from '../report/formats/format-names.js';
import type { Redactor } from '../report/redact.js';
import { redactedComparison } from '../report/redact-comparison.js';
import type { Report } from '../report/report.js';
import { style } from '../report/style.js';
import type { Style } from '../report/style.js';
import { checkReportFolder, writeCopy, writeRenderings } from '../report/writer.js';
import { redactorOf } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import type { ExitCode } from './exit-code.js';
import { print } from './output.js';
import { screenOf } from './screen.js';

export interface ReportOptions extends RedactOptions {
  readonly format: readonly Format[];
  readonly out?: string;
  /** The earlier report. */
  readonly compare?: string;
  readonly json?: boolean;
  readonly color: boolean;
}

/** Shows a finished report once more, from its JSON: no input is read again. */
export async function reportCommand(dir: string, options: ReportOptions): Promise<ExitCode> {
  const redactor = await redactorOf(options);
  // Redacted files beside the JSON they were taken from would be handed on with it.
  if (redactor && options.out === undefined)
    throw new HeldoutError(
      'usage',
      '--redact: name a folder for the redacted report with --out, such as --out public/.',
    );
  if (options.out !== undefined) {
    if (resolve(options.out) === resolve(dir))
      throw new HeldoutError(
        'usage',
        `--out: the report stands in ${dir} itself. Choose another folder, or leave --out away.`,
      );
    await checkReportFolder(options.out);
  }
  if (await isComparison(dir)) return comparisonReport(dir, options, redactor);
  const read = async (folder: string): Promise<Report> => {
    const report = await readReport(folder);
    return redactor ? redactor.report(report) : report;
  };
  const report = await read(dir);
  const changes = options.compare === undefined ? undefined : changesBetween(await read(options.compare), report);
  const shown = { formats: options.format, ...(changes ? { changes } : {}) };
  const names =
    options.out === undefined ? await writeRenderings(dir, report, shown) : await writeCopy(options.out, report, shown);
  const written = writtenText(names, options.out ?? dir);
  if (changes && options.json) print(safeJsonPage(changes));
  else if (changes) print(`${changesText(changes, lookOf(options))}\n${written}`);
  else print(written);
  return 0;
}

/** The same of a comparison, which has other formats. */
async function comparisonReport(
  dir: string,
  options: ReportOptions,
  redactor: Redactor | undefined,
): Promise<ExitCode> {
  if (options.compare !== undefined)
    throw new HeldoutError('usage', `--compare: ${dir} is the report of a comparison; what changed is told of scans.`);
  checkComparisonFormats(options.format);
  const read = await readComparison(dir);
  const comparison = redactor ? redactedComparison(read, redactor) : read;
  const names =
    options.out === undefined
      ? await writeComparisonRenderings(dir, comparison, options.format)
      : await writeComparisonCopy(options.out, comparison, options.format);
  print(writtenText(names, options.out ?? dir));
  return 0;
}

function writtenText(names: readonly string[], dir: string): string {
  const folder = dir.replace(/\/+$/, '');
  return names.map((name) => `${folder}/${name}\n`).join('');
}

function lookOf({ color }: ReportOptions): Style {
  return style(screenOf(process.stdout, process.stderr, process.env, color).colour);
}
