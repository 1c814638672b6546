import type { BenchmarkRecord } from './benchmark-record.js';
import { isObject, textsIn } from './benchmark-record.js';

/** The choices of an item, and how its answer may name one. */
export interface Choices {
  readonly texts: readonly string[];
  /** A, B, … or what the file says; as long as `texts`, or empty. */
  readonly labels: readonly string[];
  readonly fields: readonly string[];
  /** Index of the right one where the choices themselves tell it (mc1_targets, "Correct Answer"). */
  readonly right?: number;
}

const NO_CHOICES: Choices = { texts: [], labels: [], fields: [] };

const LISTS = [
  ...['choices', 'options', 'endings', 'mc1targets', 'mc2targets', 'answerchoices', 'candidates', 'alternatives'],
  ...['answeroptions', 'possibleanswers', 'choice', 'option', 'multiplechoicetargets'],
];

/** Columns that hold a choice each, in order. */
const COLUMNS: readonly (readonly string[])[] = [
  ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
  lettered('option'),
  lettered('choice'),
  lettered('answer'),
  lettered('op'),
  numbered('option'),
  numbered('choice'),
  numbered('ending'),
  numbered('answer'),
  numbered('mcanswer'),
  numbered('ans'),
  numbered('sol'),
  numbered('solution'),
  numbered('hyp'),
  numbered('hypothesis'),
  numbered('sentencequiz'),
  numbered('randomfifthsentencequiz'),
];

function lettered(stem: string): string[] {
  return [...'abcdefghij'].map((letter) => stem + letter);
}

function numbered(stem: string): string[] {
  return Array.from({ length: 10 }, (_, i) => `${stem}${i}`);
}

export function choicesOf(record: BenchmarkRecord): Choices {
  for (const list of record.among(LISTS)) {
    const found = listed(record.value(list), record.name(list));
    if (found.texts.length > 0) return found;
  }
  // CommonsenseQA and OpenBookQA as first published: {question: {stem, choices: [{label, text}]}}.
  if (isObject(record.value('question'))) {
    const inside = record.inside('question');
    const found = listed(inside.value('choices'), inside.name('choices'));
    if (found.texts.length > 0) return found;
  }
  return rightAndWrong(record) ?? columns(record);
}

/** A list of texts, {text: […], label: […]}, [{text, label}], {A: …, B: …}, {choices: […], labels: [1, 0, …]}. */
export function listed(value: unknown, field: string): Choices {
  if (typeof value === 'string')
    return value.trim() === '' ? NO_CHOICES : { texts: printedList(value) ?? [value], labels: [], fields: [field] };
  if (Array.isArray(value)) return listedArray(value as unknown[], field);
  if (!isObject(value)) return NO_CHOICES;
  if (Array.isArray(value.choices)) {
    const texts = textsIn(value.choices);
    const right = Array.isArray(value.labels) ? (value.labels as unknown[]).indexOf(1) : -1;
    return { texts, labels: [], fields: [`${field}.choices`], ...(right >= 0 ? { right } : {}) };
  }
  if (Array.isArray(value.text)) {
    return {
      texts: textsIn(value.text),
      labels: sameLength(textsIn(value.label), value.text),
      fields: [`${field}.text`],
    };
  }
  const entries = Object.entries(value).flatMap(([label, one]) => textsIn(one).map((text) => ({ label, text })));
  // {"Paris": 1, "Rome": 0}: BIG-bench writes the choices as keys.
  if (Object.values(value).every((score) => score === 0 || score === 1)) {
    const right = Object.values(value).indexOf(1);
    return { texts: Object.keys(value), labels: [], fields: [field], ...(right >= 0 ? { right } : {}) };
  }
  return { texts: entries.map((one) => one.text), labels: entries.map((one) => one.label), fields: [field] };
}

/** MuSR and MMMU keep their choices as Python prints a list: `['a', "it's"]`. Undefined where a text is none of that kind. */
function printedList(text: string): string[] | undefined {
  const ONE = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
  // Spaces are asked for in one place each, so that a run of them is gone over once.
  if (!new RegExp(String.raw`^\[\s*(?:${ONE})\s*(?:,\s*(?:${ONE})\s*)*(?:,\s*)?\]$`).test(text.trim()))
    return undefined;
  return [...text.matchAll(new RegExp(ONE, 'g'))].map(([quoted]) =>
    quoted.slice(1, -1).replace(/\\(.)/g, (_, one: string) => (/[nrt]/.test(one) ? ' ' : one)),
  );
}

function listedArray(list: readonly unknown[], field: string): Choices {
  const texts: string[] = [];
  const labels: string[] = [];
  let inObjects = false;
  for (const one of list) {
    texts.push(...textsIn(one).slice(0, 1));
    if (!isObject(one)) continue;
    labels.push(...textsIn(one.label ?? one.key ?? one.id));
    inObjects = true;
  }
  return {
    texts,
    labels: sameLength(labels, texts),
    fields: texts.length > 0 ? [inObjects ? `${field}.text` : field] : [],
  };
}

function sameLength(labels: readonly string[], texts: readonly unknown[]): readonly string[] {
  return labels.length === texts.length ? labels : [];
}

const WRONG = /^(incorrectanswers?|distractors?|wronganswers?)\d*$/;

/** GPQA ("Correct Answer", "Incorrect Answer 1", …), SciQ (correct_answer, distractor1, …), TruthfulQA (lists). */
function rightAndWrong(record: BenchmarkRecord): Choices | undefined {
  const wrongNames = record.among(WRONG);
  if (wrongNames.length === 0) return undefined;
  const rightName = ['correctanswers', 'correctanswer', 'answer', 'bestanswer'].find(
    (name) => textsIn(record.value(name)).length > 0,
  );
  const names = [...(rightName === undefined ? [] : [rightName]), ...wrongNames];
  const texts = [...new Set(names.flatMap((name) => textsIn(record.value(name))))];
  // TruthfulQA has many right answers and says which is best: that is left to the answer field.
  const right = rightName !== undefined && rightName !== 'correctanswers' ? { right: 0 } : {};
  return { texts, labels: [], fields: names.map((name) => record.name(name)), ...right };
}

function columns(record: BenchmarkRecord): Choices {
  for (const family of COLUMNS) {
    const present = record.among(family).filter((name) => textsIn(record.value(name)).length === 1);
    if (present.length < 2 || !isRun(family, present)) continue;
    const texts = present.map((name) => textsIn(record.value(name))[0]);
    const labels = present.map((name) =>
      /\d$/.test(name) ? (name.match(/\d+$/)?.[0] ?? '') : name.slice(-1).toUpperCase(),
    );
    return { texts, labels, fields: present.map((name) => record.name(name)) };
  }
  return NO_CHOICES;
}

/** a, b, c without a gap, from the first (or, for numbers, from 0 or 1). */
function isRun(family: readonly string[], present: readonly string[]): boolean {
  const first = family.indexOf(present[0]);
  return first <= 1 && family.indexOf(present[present.length - 1]) - first === present.length - 1;
}
