import type { Choices } from './benchmark-choices.js';
import type { BenchmarkRecord } from './benchmark-record.js';
import { isObject, textsIn } from './benchmark-record.js';

/** Fields that say which choice is right, or what the answer is. */
const NAMING = [
  ...['answer', 'answerkey', 'answerindex', 'answeridx', 'correctanswer', 'correct', 'correctoption', 'correctchoice'],
  ...[
    'cop',
    'label',
    'gold',
    'goldindex',
    'goldlabel',
    'target',
    'targets',
    'answers',
    'bestanswer',
    'answerrightending',
    'answerchoice',
    'correctanswernum',
  ],
];
/** Fields that hold the answer written out. */
const WRITTEN = [
  ...[
    'canonicalsolution',
    'referencesolution',
    'solution',
    'solutions',
    'bestanswer',
    'answer',
    'answers',
    'correctanswer',
  ],
  ...[
    'correctanswers',
    'answersspans',
    'target',
    'targets',
    'output',
    'outputs',
    'response',
    'completion',
    'gold',
    'golden',
    'ideal',
    'reference',
  ],
  ...[
    'referencecode',
    'code',
    'patch',
    'finalanswer',
    'longanswer',
    'answertext',
    'rationale',
    'explanation',
    'correct',
    'answernumber',
    'label',
  ],
];

export interface Answer {
  readonly text: string;
  readonly field: string;
}

/** Whether the numbers that name choices count from 0 or from 1, told from a whole file. */
export type IndexBase = 0 | 1;

export function indexBaseOf(
  items: readonly { readonly record: BenchmarkRecord; readonly choices: Choices }[],
): IndexBase {
  let fromOne: IndexBase = 0;
  for (const { record, choices } of items) {
    for (const name of record.among(NAMING)) {
      const index = wholeNumber(record.value(name));
      if (index === undefined || choices.texts.length === 0) continue;
      if (index === 0) return 0;
      // WinoGrande's option1 and option2 are named by 1 and 2 even where no 2 is seen.
      if (index === choices.texts.length || choices.fields[0]?.endsWith('option1')) fromOne = 1;
      break;
    }
  }
  return fromOne;
}

export function answerOf(record: BenchmarkRecord, choices: Choices, base: IndexBase): Answer | undefined {
  if (choices.texts.length > 1) {
    if (choices.right !== undefined) return { text: choices.texts[choices.right], field: choices.fields[0] };
    for (const name of record.among(NAMING)) {
      const text = resolve(record.value(name), choices, base);
      if (text !== undefined) return { text, field: record.name(name) };
    }
  }
  return written(record);
}

/** The text an answer value stands for: a choice's label, letter or number, or the answer itself. */
export function resolve(value: unknown, choices: Choices, base: IndexBase): string | undefined {
  const [said] = textsIn(value);
  if (said === undefined) return undefined;
  // A number is an index even where the choices are numbers themselves; a string "4" is then the choice "4".
  const index = typeof value === 'number' && choices.labels.length === 0 ? wholeNumber(value) : undefined;
  if (index !== undefined && choices.texts[index - base] !== undefined) return choices.texts[index - base];
  if (choices.texts.includes(said)) return said;
  const bare = said.trim().replace(/^\(?([A-Za-z]|\d{1,2})[).:]?$/, '$1');
  const labelled = choices.labels.findIndex((label) => label.toUpperCase() === bare.toUpperCase());
  // Labels that are the numbers of columns (sol1, sol2) are not what PIQA's 0 and 1 mean; the base decides.
  const numeric = wholeNumber(bare);
  if (labelled >= 0 && (numeric === undefined || !isColumnNumbers(choices))) return choices.texts[labelled];
  if (numeric !== undefined) return choices.texts[numeric - base] ?? undefined;
  if (/^[A-Za-z]$/.test(bare)) return choices.texts[bare.toUpperCase().charCodeAt(0) - 65];
  return said;
}

function isColumnNumbers(choices: Choices): boolean {
  return choices.fields.length > 1 && choices.labels.every((label) => /^\d+$/.test(label));
}

function written(record: BenchmarkRecord): Answer | undefined {
  for (const name of record.among(WRITTEN)) {
    const value = record.value(name);
    // A class number ("entailment" is 0) is no answer to look for.
    if (name === 'label' && wholeNumber(value) !== undefined) continue;
    const texts = name === 'answersspans' || name === 'reference' ? [textsIn(value).join('\n')] : answerTexts(value);
    const text = texts.find((one) => one.trim() !== '' && !/^\(?[A-Za-z]\)?\.?$/.test(one.trim()));
    if (text !== undefined) return { text, field: record.name(name) };
  }
  return undefined;
}

/** APPS keeps a list of solutions as JSON in a string, CodeContests one beside the languages they are in. */
function answerTexts(value: unknown): string[] {
  if (typeof value === 'string' && value.startsWith('["')) {
    try {
      return textsIn(JSON.parse(value));
    } catch {
      return [value];
    }
  }
  if (isObject(value) && 'solution' in value) return textsIn(value.solution);
  return isObject(value) && 'normalized_value' in value ? textsIn(value.value) : textsIn(value);
}

function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\s*\d{1,2}\s*$/.test(value) ? Number(value) : undefined;
}
