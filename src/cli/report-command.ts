import { HeldoutError } from '../model/errors.js';
import { readReport } from '../audit/whole-report.js';
import type { Format } from '../report/formats/format-names.js';
import { checkReportFolder, writeCopy, writeRenderings } from '../report/writer.js';
import { redactorOf } from './redact-options.js';
import type { RedactOptions } from './redact-options.js';
import type { ExitCode } from './exit-code.js';
import { print } from './output.js';

export interface ReportOptions extends RedactOptions {
  readonly format: readonly Format[];
  readonly out?: string;
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
    if (samePlace(options.out, dir))
      throw new HeldoutError(
        'usage',
        `--out: the report stands in ${dir} itself. Choose another folder, or leave --out away.`,
      );
    await checkReportFolder(options.out);
  }
  const read = await readReport(dir);
  const report = redactor ? redactor.report(read) : read;
  const names =
    options.out === undefined
      ? await writeRenderings(dir, report, options.format)
      : await writeCopy(options.out, report, options.format);
  const folder = (options.out ?? dir).replace(/\/+$/, '');
  print(names.map((name) => `${folder}/${name}\n`).join(''));
  return 0;
}

function samePlace(a: string, b: string): boolean {
  const plain = (path: string): string => path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  return plain(a) === plain(b);
}
