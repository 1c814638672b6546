import type { Verdict } from '../model/verdict.js';
import * as limits from './thresholds.js';
import type { Rule } from './thresholds.js';

/** What is known of a match of one part (match/measure.ts). */
export interface Graded {
  readonly coverage: number;
  readonly evidence: number;
  readonly longestRun: number;
  readonly aligned: number;
  readonly numerals: number;
  readonly alignedNumerals: number;
  readonly replacedNumerals: number;
  readonly extent: number;
  readonly atAnEnd: boolean;
  readonly inOrder: number;
  readonly hasRarest: boolean;
  readonly ofFamily: boolean;
}

/** The verdict on a question, passage or code, by its own match alone; `clean` is less than worth a look. */
export function gradeQuestion(match: Graded): Verdict {
  const found = holds(limits.WHOLE, match) || isEdited(match) || holds(limits.LARGE, match) || isHalf(match);
  if (found) return isAnother(match) ? 'suspect' : 'contaminated';
  return holds(limits.SUSPECT, match) ? 'suspect' : 'clean';
}

/** The verdict on an answer or choices, which are weaker evidence: short ones recur in any text. */
export function gradeAnswer(match: Graded, rule: Rule = limits.ANSWER): Verdict {
  if (holds(rule, match)) return 'contaminated';
  return holds(limits.SUSPECT_ANSWER, match) ? 'suspect' : 'clean';
}

/** Choices that are numbers ("18, 19, 20, 21, 22") are anyone's. */
export function gradeChoices(match: Graded): Verdict {
  const verdict = gradeAnswer(match, limits.CHOICES);
  return verdict === 'contaminated' && match.alignedNumerals >= limits.NUMERIC * match.aligned ? 'suspect' : verdict;
}

/**
 * A short question found with its choices beside it. A sibling has most of them too, so of what may be one all must be there; and
 * a problem with another number is another one, whatever it may be chosen from.
 */
export function gradeWithChoices(question: Graded, choices: Graded): Verdict {
  const { WITH_CHOICES, CHOICES } = limits;
  if (numbersChanged(question) || (isAnother(question) && choices.coverage < CHOICES.coverage)) return 'clean';
  const enough =
    question.coverage >= WITH_CHOICES.question &&
    choices.coverage >= WITH_CHOICES.choices &&
    question.evidence + choices.evidence >= WITH_CHOICES.evidence;
  return enough ? 'contaminated' : 'clean';
}

function holds(rule: Rule, match: Graded): boolean {
  return match.coverage >= rule.coverage && match.evidence >= rule.evidence;
}

function isEdited(match: Graded): boolean {
  const extent = match.longestRun < match.aligned ? limits.EDITED_EXTENT : limits.EDITED_EXTENT_ONE_RUN;
  return (holds(limits.EDITED, match) || holds(limits.EDITED_MORE, match)) && match.extent >= extent;
}

function isHalf(match: Graded): boolean {
  return (
    holds(match.atAnEnd ? limits.HALF : limits.MIDDLE, match) &&
    match.longestRun >= limits.HALF_RUN &&
    match.longestRun >= limits.HALF_RUN_SHARE * match.aligned
  );
}

/** Whether the document rather says something else of the same topic, or asks another question of the same form. */
function isAnother(match: Graded): boolean {
  return numbersChanged(match) || wordChanged(match) || isScattered(match);
}

function isScattered(match: Graded): boolean {
  return match.inOrder < limits.SCATTERED.inOrder && match.evidence < limits.SCATTERED.evidence;
}

/** "Where are you likely to find a …?" with another last word is another question; so is what many items ask alike, but for a word. */
function wordChanged(match: Graded): boolean {
  return (
    (!match.hasRarest || match.ofFamily) &&
    match.evidence < limits.CHANGED_WORD.evidence &&
    match.coverage < limits.CHANGED_WORD.coverage
  );
}

function numbersChanged(match: Graded): boolean {
  const { CHANGED_NUMBERS, OTHER_NUMBERS } = limits;
  const others = match.replacedNumerals > 0 && match.replacedNumerals >= OTHER_NUMBERS * match.numerals;
  return (
    others ||
    (match.numerals >= CHANGED_NUMBERS.least &&
      match.alignedNumerals < CHANGED_NUMBERS.alignedShare * match.numerals &&
      match.coverage < CHANGED_NUMBERS.coverage)
  );
}
