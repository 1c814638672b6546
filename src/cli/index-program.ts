import { Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_GUARANTEE, DEFAULT_MEMORY_BYTES, DEFAULT_SOURCE } from '../model/index-request.js';
import { DEFAULT_SETTINGS } from '../model/settings.js';
import type { ExitCode } from './exit-code.js';
import type { IndexOptions } from './index-command.js';
import type { MergeOptions } from './merge-command.js';
import { fieldList, name, size, wholeNumber, workers } from './option-values.js';

const INDEX_EXAMPLES = `
Examples:
  Read a corpus once, ask it as often as you like:
    heldout index 'corpus/**/*.jsonl.zst' --out web.heldout
    heldout scan bench/*.jsonl --against web.heldout
  Shards built apart, put together later:
    heldout index shards/a/ --out a.heldout && heldout index shards/b/ --out b.heldout
    heldout merge a.heldout b.heldout --out ab.heldout
  For others to ask, without locations and with shorter keys:
    heldout index corpus/ --out public.heldout --publish`;

const MERGE_EXAMPLES = `
Examples:
  heldout merge a.heldout b.heldout --out ab.heldout
  heldout merge web.heldout --out public.heldout --publish`;

/** The commands that make indexes. */
export function indexCommands(finish: (code: ExitCode) => void): Command[] {
  return [index(finish), merge(finish)];
}

function index(finish: (code: ExitCode) => void): Command {
  return new Command('index')
    .summary('read a corpus once, to scan it for any benchmark later')
    .description(
      'Reads a corpus once and keeps fingerprints of it, by which any benchmark is found later in seconds: every run of so many words that both share, for certain.',
    )
    .argument('<corpus...>', 'corpus files, folders or globs')
    .requiredOption('-o, --out <index>', 'folder that the index becomes; must not be there yet', name)
    .option('--resume', 'go on with what a stopped or killed run has left')
    .optionsGroup('What it can find:')
    .option(
      '--guarantee <words>',
      'words in a row that are found for certain: 8 to 71; fewer take more room',
      wholeNumber,
      DEFAULT_GUARANTEE,
    )
    .option('--no-locations', 'leave out where fingerprints stand: smaller, but hits cannot be confirmed')
    .option('--records', 'keep signatures of whole records too: near-duplicates are found, about 65 bytes a record')
    .addOption(epsilonOption())
    .addOption(publishOption())
    .option('--source <name>', 'name of the corpus, to tell hits apart once several are merged', name, DEFAULT_SOURCE)
    .optionsGroup('How the input is understood:')
    .addOption(
      new Option('-t, --text-field <field>', 'field of the corpus text, dotted; repeat it or list several with commas')
        .argParser(fieldList)
        .default([], 'found by itself'),
    )
    .option('--id-field <field>', "field of a document's id", name, DEFAULT_SETTINGS.idField)
    .addOption(
      new Option('--max-record-bytes <size>', 'skip longer records')
        .argParser(size)
        .default(DEFAULT_SETTINGS.maxRecordBytes, '256MB'),
    )
    .optionsGroup('Running and output:')
    .addOption(memoryOption())
    .option('-w, --workers <number>', 'threads; the index is the same for any number (default: the cores)', workers)
    .option('-q, --quiet', 'no progress: the outcome alone')
    .addHelpText('after', INDEX_EXAMPLES)
    .action(async (corpus: string[], options: IndexOptions) => {
      const { indexCommand } = await import('./index-command.js');
      finish(await indexCommand(corpus, options));
    });
}

function merge(finish: (code: ExitCode) => void): Command {
  return new Command('merge')
    .summary('put indexes together')
    .description(
      'Puts indexes together into one: the same bytes as if all inputs had been indexed at once, in any order.',
    )
    .argument('<indexes...>', 'indexes, of one profile and guarantee')
    .requiredOption('-o, --out <index>', 'folder that the index becomes; must not be there yet', name)
    .option('--no-locations', 'leave out where fingerprints stand')
    .option('--no-records', 'leave out signatures of records')
    .addOption(epsilonOption())
    .addOption(publishOption())
    .addOption(memoryOption())
    .option('-q, --quiet', 'no progress: the outcome alone')
    .addHelpText('after', MERGE_EXAMPLES)
    .action(async (indexes: string[], options: MergeOptions) => {
      const { mergeCommand } = await import('./merge-command.js');
      finish(await mergeCommand(indexes, options));
    });
}

function epsilonOption(): Option {
  return new Option(
    '--epsilon <chance>',
    'keep no more of a key than makes a look-up wrong with this chance, such as 2^-24 or 1e-6',
  )
    .argParser(chance)
    .default(undefined, 'all 64 bits');
}

function publishOption(): Option {
  return new Option(
    '--publish',
    'for others to ask: no locations, no records, no names of files, and --epsilon 2^-12 unless another is given',
  );
}

function memoryOption(): Option {
  return new Option('--memory <size>', 'memory to use, at least 256MB')
    .argParser(memorySize)
    .default(DEFAULT_MEMORY_BYTES, '1GB');
}

/** `2^-24`, `1e-6`, `0.001` */
export function chance(text: string): number {
  const power = /^2\^-(\d+)$/.exec(text.trim());
  const value = power ? 2 ** -Number(power[1]) : Number(text);
  if (!(value > 0 && value < 0.1))
    throw new InvalidArgumentError('It must be a chance below 0.1, such as 2^-24 or 1e-6.');
  return value;
}

/** Sizes of memory may be larger than those of records. */
export function memorySize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([mgt])i?b?$/i.exec(text.trim());
  const power = { m: 2, g: 3, t: 4 }[(match?.[2] ?? 'm').toLowerCase()] ?? 2;
  const value = match ? Math.floor(Number(match[1]) * 1024 ** power) : NaN;
  if (!(value >= 256 * 1024 ** 2))
    throw new InvalidArgumentError('It must be a size such as 512MB or 4GB, at least 256MB.');
  return value;
}
