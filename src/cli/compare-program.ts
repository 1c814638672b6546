import { Command, Option } from 'commander';
import { DEFAULT_COMPARE } from '../model/comparison.js';
import { COMPARISON_FORMATS } from '../report/formats/format-names.js';
import type { CompareOptions } from './compare-command.js';
import { scratchMemory, shingle, similarity } from './compare-values.js';
import type { ExitCode } from './exit-code.js';
import { fieldList, name, share, size, wholeNumber } from './option-values.js';
import { redactKeyOption, redactOption } from './redact-options.js';
import { formatOption } from './report-arguments.js';

const COMPARE_EXAMPLES = `
Examples:
  Is the test split clean?
    heldout compare train.jsonl.gz test.jsonl
  The same, where a column says which split a record is of:
    heldout compare all.parquet --split-column split
  How much of one corpus is in another, without text on either side:
    heldout compare a.heldout b.heldout
  How much of a benchmark's wording is in an indexed corpus, and the other way:
    heldout compare bench.jsonl web.heldout
  Duplicates inside one set, looser and by characters:
    heldout compare --within test.jsonl --threshold 0.6 --shingle characters:5

Exit status:
  0    clean by the policy
  1    records with duplicates, more than --max-duplicates
  2    bad usage, or nothing that could be read
  3    finished, but not everything was read or compared
  130  interrupted; what was found so far is in the report, marked partial`;

/** The command that compares sets of records, or indexes. */
export function compareCommandLine(finish: (code: ExitCode) => void): Command {
  const defaults = DEFAULT_COMPARE;
  return new Command('compare')
    .summary('find records that several sets share, or that one has twice')
    .description(
      'Finds near-duplicate records between sets, or inside one, and how much of the wording of each set is in the others.',
    )
    .argument(
      '<inputs...>',
      'files, folders, globs or - (standard input): each is a set, NAME=PATH names it; those of one name are one set',
    )
    .option('--within', 'all inputs are one set: find duplicates inside it')
    .option('--split-column <field>', 'field that says which split a record belongs to: each value is a set', name)
    .addOption(
      new Option('--keep <set>', 'set to keep where two share a record; repeat it or list several with commas')
        .argParser(fieldList)
        .default([], 'test, then validation, then train; else the later one'),
    )
    .option('-o, --out <dir>', 'folder for the report; an older report in it is replaced', name, 'heldout-compare')
    .optionsGroup('What counts as near:')
    .option('--threshold <similarity>', 'least Jaccard similarity of two records', similarity, defaults.threshold)
    .addOption(
      new Option('--shingle <words:n|characters:n>', 'what similarity is counted over')
        .argParser(shingle)
        .default(defaults.shingle, 'words:3'),
    )
    .addOption(
      new Option('--method <method>', 'how signatures are made')
        .choices(['one-permutation', 'k-permutation'])
        .default(defaults.method),
    )
    .optionsGroup('How the input is understood:')
    .addOption(
      new Option('-t, --text-field <field>', 'field of the text, dotted; repeat it or list several with commas')
        .argParser(fieldList)
        .default([], 'found by itself'),
    )
    .option('--id-field <field>', "field of a record's id", name, defaults.idField)
    .option(
      '--limit <records>',
      'read no more than this many records of a file; 0 reads all',
      wholeNumber,
      defaults.limit,
    )
    .addOption(
      new Option('--max-record-bytes <size>', 'skip longer records')
        .argParser(size)
        .default(defaults.maxRecordBytes, '256MB'),
    )
    .optionsGroup('Policy:')
    .option(
      '--max-duplicates <records>',
      'records with a duplicate that are still a pass',
      wholeNumber,
      defaults.maxDuplicates,
    )
    .addOption(
      new Option('--max-skipped-rate <share>', 'share of records that may be skipped, such as 0.01 or 1%')
        .argParser(share)
        .default(defaults.maxSkippedRate, '0.1%'),
    )
    .optionsGroup('Running and output:')
    .addOption(
      new Option('--memory <size>', 'keep no more of the keys in memory; the rest goes to the scratch folder')
        .argParser(scratchMemory)
        .default(256 * 1024 * 1024, '256MB'),
    )
    .option('--scratch <dir>', "folder for what does not fit (default: the system's for temporary files)", name)
    .addOption(formatOption(COMPARISON_FORMATS).default([], 'the page alone'))
    .addOption(redactOption())
    .addOption(redactKeyOption())
    .option('--json', 'print report.json on standard output, and nothing else')
    .option('-q, --quiet', 'no progress and no tables: the outcome alone')
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are heeded too)')
    .addHelpText('after', COMPARE_EXAMPLES)
    .action(async (inputs: string[], options: CompareOptions) => {
      const { compareCommand } = await import('./compare-command.js');
      finish(await compareCommand(inputs, options));
    });
}
