import { Command, Option } from 'commander';
import { DEFAULT_SETTINGS } from '../model/settings.js';
import { shown } from '../report/escape.js';
import { auditCommands } from './audit-arguments.js';
import { compareCommandLine } from './compare-program.js';
import type { ExitCode } from './exit-code.js';
import { indexCommands } from './index-program.js';
import type { InspectOptions } from './inspect-command.js';
import { fieldList, fieldMap, name, share, size, wholeNumber, workers } from './option-values.js';
import { redactKeyOption, redactOption } from './redact-options.js';
import { formatOption, report } from './report-arguments.js';
import type { ScanOptions } from './scan-command.js';

const EXIT_CODES = `
Exit status:
  0    clean by the policy
  1    contaminated by the policy (more than --max-contaminated items)
  2    bad usage, or nothing that could be read
  3    finished, but not all was checked: files unreadable or damaged, too many records skipped, or cut off by --limit
  130  interrupted; what was found so far is in the report, marked partial`;

const ABOUT = `Is your held-out set really held out? Finds benchmark items inside training corpora, and shows the evidence.`;

const EXAMPLES = `
Examples:
  heldout inspect bench/gsm8k.jsonl
  heldout scan bench/*.jsonl --against 'corpus/**/*.jsonl.zst'
  heldout show heldout-report --item 17
  heldout compare train.jsonl test.jsonl`;

const SCAN_EXAMPLES = `
Examples:
  A folder of shards, whatever they are (JSONL, JSON, CSV, TSV, Parquet, text; gzip, zstd, bzip2, xz):
    heldout scan bench/*.jsonl --against corpus/
  Text in a field of its own, ids too:
    heldout scan test.csv --map question=prompt,answer=target --against 'shards/*.parquet' --text-field body --id-field url
  In CI: fail when anything is contaminated or left out, and keep the totals:
    heldout scan new-test-set.jsonl --against train/ --max-skipped-rate 0 --json > totals.json
  The same every time, with a policy, waivers and a baseline, from heldout.config.json:
    heldout scan
  From a pipe:
    zcat dump.gz | heldout scan bench.jsonl --against -
${EXIT_CODES}`;

const INSPECT_EXAMPLES = `
Examples:
  heldout inspect bench/*.jsonl
  heldout inspect corpus/part-000.parquet --as corpus --text-field body
  heldout inspect test.csv --map question=prompt,answer=target`;

/** The command line. Commands are loaded when they are run: `--help` waits for none of them. */
export function program(version: string, finish: (code: ExitCode) => void): Command {
  const root = new Command('heldout')
    .description(ABOUT)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(usageError(text)) })
    .addHelpText('after', `${EXAMPLES}\n${EXIT_CODES}`);
  inherited(root, scan(finish));
  inherited(root, compareCommandLine(finish));
  for (const command of indexCommands(finish)) inherited(root, command);
  inherited(root, inspect(finish));
  inherited(root, report(finish));
  for (const command of auditCommands(finish)) inherited(root, command);
  return root;
}

/** Commander's sentence in our voice, with the usual slips explained. */
function usageError(text: string): string {
  const hints = [["missing required argument 'report'", 'Name the folder of a report: heldout-report']];
  const hint = hints.find(([part]) => text.includes(part))?.[1];
  return `heldout: ${shown(text.replace(/^error: /, '').trim())}${hint ? `. ${hint}` : ''}\n`;
}

/** Added by hand, so that a command keeps what was set on the root. */
function inherited(root: Command, command: Command): void {
  root.addCommand(command.copyInheritedSettings(root));
}

function scan(finish: (code: ExitCode) => void): Command {
  const defaults = DEFAULT_SETTINGS;
  return new Command('scan')
    .summary('scan a corpus for benchmark items')
    .description(
      'Streams every document of a corpus past every benchmark item, and says which items are in it, how surely and where.',
    )
    .argument('[benchmarks...]', 'benchmark files, folders or globs; none: those of heldout.config.json')
    .addOption(
      new Option(
        '-a, --against <corpus...>',
        'corpus files, folders or globs, or an index; - reads standard input',
      ).default([], 'those of the config'),
    )
    .option('-c, --config <file>', 'benchmarks, corpora and policy; what is typed goes before it', name)
    .option('-o, --out <dir>', 'folder for the report; an older report in it is replaced', name, 'heldout-report')
    .option(
      '--corpus-root <dir>',
      'where the files of an index are now, to read its hits again (default: as they were named)',
      name,
    )
    .optionsGroup('How the input is understood:')
    .addOption(
      listOption('-t, --text-field <field>', 'field of the corpus text, dotted; repeat it or list several with commas'),
    )
    .option('--id-field <field>', "field of a document's id", name, defaults.idField)
    .addOption(mapOption())
    .option(
      '--limit <records>',
      'read no more than this many records of a file; 0 reads all',
      wholeNumber,
      defaults.limit,
    )
    .addOption(maxRecordOption())
    .optionsGroup('Policy:')
    .option(
      '--max-contaminated <items>',
      'contaminated items that are still a pass',
      wholeNumber,
      defaults.maxContaminated,
    )
    .option('--baseline <report>', 'an earlier report: only what is new fails; its folder or report.json', name)
    .addOption(
      new Option('--max-skipped-rate <share>', 'share of records that may be skipped, such as 0.01 or 1%')
        .argParser(share)
        .default(defaults.maxSkippedRate, '0.1%'),
    )
    .optionsGroup('Running and output:')
    .option('-w, --workers <number>', 'threads; the result is the same for any number (default: the cores)', workers)
    .option('--dry-run', 'show what would be read and how it is understood, then stop')
    .option('--json', 'print report.json on standard output, and nothing else')
    .addOption(formatOption().default([], 'the page alone'))
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .option('-q, --quiet', 'no progress and no tables: the outcome alone')
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are heeded too)')
    .addHelpText('after', SCAN_EXAMPLES)
    .action(async (benchmarks: string[], options: ScanOptions, command: Command) => {
      const { scanCommand } = await import('./scan-command.js');
      const isTyped = (option: string): boolean => command.getOptionValueSource(option) === 'cli';
      finish(await scanCommand(benchmarks, options, isTyped));
    });
}

function inspect(finish: (code: ExitCode) => void): Command {
  return new Command('inspect')
    .summary('show how files are understood')
    .description('Shows how files are understood, with three examples of each: which fields were taken for what.')
    .argument('<files...>', 'files, folders or globs')
    .addOption(
      new Option('--as <kind>', 'read as this (default: a benchmark where there are questions)').choices([
        'benchmark',
        'corpus',
      ]),
    )
    .addOption(
      listOption('-t, --text-field <field>', 'field of the corpus text, dotted; repeat it or list several with commas'),
    )
    .option('--id-field <field>', "field of a document's id", name, DEFAULT_SETTINGS.idField)
    .addOption(mapOption())
    .addOption(maxRecordOption())
    .option('--json', 'print it as JSON')
    .option('--no-color', 'no colours')
    .addHelpText('after', INSPECT_EXAMPLES)
    .action(async (files: string[], options: InspectOptions) => {
      const { inspectCommand } = await import('./inspect-command.js');
      finish(await inspectCommand(files, options));
    });
}

function listOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(fieldList).default([], 'found by itself');
}

function mapOption(): Option {
  return new Option('--map <part=field,...>', 'fields of a benchmark: question, choices, answer, passage, code, id')
    .argParser(fieldMap)
    .default({}, 'found by itself');
}

function maxRecordOption(): Option {
  return new Option('--max-record-bytes <size>', 'skip longer records')
    .argParser(size)
    .default(DEFAULT_SETTINGS.maxRecordBytes, '256MB');
}
