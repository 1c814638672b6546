import { Command, Option } from 'commander';
import { FORMATS } from '../report/formats/format-names.js';
import type { Format } from '../report/formats/format-names.js';
import type { ExitCode } from './exit-code.js';
import { formatList, name } from './option-values.js';
import { redactKeyOption, redactOption } from './redact-options.js';
import type { ReportOptions } from './report-command.js';

const REPORT_EXAMPLES = `
Examples:
  heldout report
  heldout report heldout-report --format markdown,csv,sarif,junit
  heldout report heldout-report --compare last-week
  heldout report heldout-report --redact --out public-report`;

/** `heldout report`, as it is typed. */
export function report(finish: (code: ExitCode) => void): Command {
  return new Command('report')
    .summary('show a finished report again, as a page or in other formats')
    .description('Makes the page and other formats from the JSON of a finished report; no input is read again.')
    .argument('[dir]', 'folder of the report', name, 'heldout-report')
    .addOption(formatOption().default(['html'], 'html'))
    .option('-o, --out <dir>', 'write to this folder, a whole report, instead of beside the JSON', name)
    .option('--compare <dir>', 'an earlier report: say what changed since, here and in changes.html', name)
    .option('--json', 'with --compare: print the changes as JSON, and nothing else')
    .option('--no-color', 'no colours')
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .addHelpText('after', REPORT_EXAMPLES)
    .action(async (dir: string, options: ReportOptions) => {
      const { reportCommand } = await import('./report-command.js');
      finish(await reportCommand(dir, options));
    });
}

/** `--format`, of a scan and a comparison too. */
export function formatOption(formats: readonly Format[] = FORMATS): Option {
  return new Option('--format <format,...>', `what to write: ${formats.join(', ')}`).argParser(formatList);
}
