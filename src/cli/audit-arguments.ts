import { Command, Option } from 'commander';
import { KINDS } from '../model/comparison.js';
import type { CleanOptions } from './clean-command.js';
import type { ExitCode } from './exit-code.js';
import { redactKeyOption, redactOption } from './redact-options.js';
import type { ShowOptions } from './show-command.js';
import type { VerifyOptions } from './verify-command.js';
import { maskText, name, wholeNumber } from './option-values.js';

const SHOW_EXAMPLES = `
Examples:
  heldout show
  heldout show heldout-report --item 17 --benchmark gsm8k
  heldout show heldout-report --verdict suspect --limit 0 | less -R
  heldout show heldout-compare --cluster 3`;

const CLEAN_EXAMPLES = `
Examples:
  heldout clean heldout-report --out clean
  heldout clean heldout-report --corpus shards/ --out clean --mode cut --margin 20
  heldout clean heldout-report --benchmark --out subsets

Exit status: 0 done; 2 refused, nothing was written; 3 done, but with --force some records were left; 130 interrupted`;

const VERIFY_EXAMPLES = `
Examples:
  heldout verify heldout-report
  heldout verify published/report --root /data --attest report.intoto.json
  heldout verify heldout-report --rescan

Exit status: 0 everything holds; 2 the report cannot be read; 3 something does not hold, or not all of it could be
checked, since another version wrote the report`;

/** The commands that act on a finished report. */
export function auditCommands(finish: (code: ExitCode) => void): Command[] {
  return [show(finish), clean(finish), verify(finish)];
}

function show(finish: (code: ExitCode) => void): Command {
  return new Command('show')
    .summary('show the matches of a report side by side')
    .description(
      'Shows the matches of a finished report side by side, the shared words marked; or the pairs of a comparison, the differences marked.',
    )
    .argument('[dir]', 'folder of the report', name, 'heldout-report')
    .option('--item <id>', 'only this item')
    .option('--benchmark <name>', 'only this benchmark')
    .addOption(new Option('--verdict <verdict>', 'only these').choices(['contaminated', 'suspect']))
    .option('--pair <number>', 'of a comparison, only this pair', wholeNumber)
    .option('--cluster <number>', 'of a comparison, only pairs of this cluster', wholeNumber)
    .addOption(new Option('--kind <kind>', 'of a comparison, only these').choices(KINDS))
    .option('--limit <number>', 'show no more than this many; 0 shows all', wholeNumber, 20)
    .option('--rows <lines>', 'lines of text for each', wholeNumber, 16)
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .option('--no-color', 'no colours')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (dir: string, options: ShowOptions) => {
      const { showCommand } = await import('./show-command.js');
      finish(await showCommand(dir, options));
    });
}

function clean(finish: (code: ExitCode) => void): Command {
  return new Command('clean')
    .summary('write the corpus without its contamination')
    .description(
      'Writes the corpus of a finished report without what is contaminated in it: the same files in the same order, every other ' +
        'record byte for byte the same, with a log of what was removed.',
    )
    .argument('<report>', 'folder of the report')
    .addOption(
      new Option('--corpus <files...>', 'the files that were scanned').default([], 'where the report has them'),
    )
    .requiredOption('-o, --out <dir>', 'new folder for the copy', name)
    .addOption(
      new Option('--mode <mode>', 'drop records, cut what matches out of them, or put a mask in its place')
        .choices(['drop', 'cut', 'mask'])
        .default('drop'),
    )
    .option('--margin <characters>', 'cut or mask this much on either side as well', wholeNumber, 0)
    .option('--min-length <characters>', 'drop a record with less text left', wholeNumber, 50)
    .option('--mask-text <text>', 'what --mode mask puts in', maskText, '[removed]')
    .option('--suspect', 'take out suspect matches too')
    .option('--no-rescan', 'cut or mask what the report names and no more; what hid behind it may show then')
    .option('--recompress', 'write compressed files as .gz, whatever they were (bzip2 and xz cannot be written)')
    .option('--force', 'clean a corpus that changed: records that are still the ones scanned are edited, others left')
    .option('--benchmark', 'write lists of the clean and the contaminated items instead')
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .addHelpText('after', CLEAN_EXAMPLES)
    .action(async (report: string, options: CleanOptions) => {
      const { cleanCommand } = await import('./clean-command.js');
      finish(await cleanCommand(report, options));
    });
}

function verify(finish: (code: ExitCode) => void): Command {
  return new Command('verify')
    .summary('say what still holds of a report')
    .description(
      'Digests every input and output of a finished report again, counts its lines again, and says what holds, what does not, ' +
        'and what was not checked.',
    )
    .argument('<report>', 'folder of the report')
    .option('--root <dir>', 'where relative paths of inputs begin', name, '.')
    .option('--rescan', 'scan the inputs again with the settings of the report, and compare the bytes')
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .option('--attest <file>', 'if everything holds, write an unsigned in-toto Statement over the report', name)
    .option('--json', 'print it as JSON')
    .addHelpText('after', VERIFY_EXAMPLES)
    .action(async (report: string, options: VerifyOptions) => {
      const { verifyCommand } = await import('./verify-command.js');
      finish(await verifyCommand(report, options));
    });
}
