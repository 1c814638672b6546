import type { FieldMap, Part, PartName } from '../model/benchmark.js';
import { PART_NAMES } from '../model/benchmark.js';
import type { Settings } from '../model/settings.js';
import { answerOf, resolve, type IndexBase } from './benchmark-answer.js';
import { choicesOf, listed, type Choices } from './benchmark-choices.js';
import { BenchmarkRecord, isObject, textsIn, type RecordNames } from './benchmark-record.js';
import { chatAnswerOf, codeOf, looksLikeCode, passageOf, questionOf, type Taken } from './benchmark-question.js';
import { docstringOf } from './docstring.js';
import { valueAt } from './value-at.js';

type Map = Settings['map'];

const IDS = [
  ...[
    'id',
    'taskid',
    'questionid',
    'qid',
    'uid',
    'uniqueid',
    'itemid',
    'exampleid',
    'problemid',
    'sampleid',
    'recordid',
    'queryid',
  ],
  ...['pid', 'sid', 'key', 'ind', 'idx', 'index', 'uuid', 'number', 'instanceid', 'name'],
];

/** A record's value and what was found in it before its answer can be resolved. */
export interface RawItem {
  readonly value: unknown;
  readonly record: BenchmarkRecord;
  readonly choices: Choices;
}

/** `names`: of the file that the record is from. */
export function rawItem(value: unknown, map: Map, names: RecordNames): RawItem {
  // The Hugging Face viewer wraps records: {row_idx, row: {…}}.
  const inner = isObject(value) && 'row_idx' in value && isObject(value.row) ? value.row : value;
  const record = new BenchmarkRecord(inner, names);
  const choices = map.choices === undefined ? choicesOf(record) : mappedChoices(inner, map.choices);
  return { value: inner, record, choices };
}

function mappedChoices(value: unknown, field: string): Choices {
  const found = valueAt(value, field);
  return found.length === 1 ? listed(found[0], field) : { texts: found.flatMap(textsIn), labels: [], fields: [field] };
}

export interface UnderstoodItem {
  readonly id: string | undefined;
  readonly parts: readonly Part[];
  readonly fields: FieldMap;
}

/** The parts of an item. `base`: whether numbers name choices from 0 or 1. */
export function understand(raw: RawItem, map: Map, base: IndexBase): UnderstoodItem {
  if (typeof raw.value === 'string') return { id: undefined, parts: textPart(raw.value), fields: { question: [] } };
  const taken = partsOf(raw, map, base);
  const id = idOf(raw, map);
  const parts: Part[] = [];
  const fields: Partial<Record<PartName | 'id', readonly string[]>> = {};
  for (const name of PART_NAMES) {
    const found = taken[name];
    if (found === undefined || found.text.trim() === '') continue;
    parts.push({ name, text: found.text });
    fields[name] = found.fields;
  }
  if (id !== undefined) fields.id = [id.field];
  return { id: id?.text, parts, fields };
}

function textPart(text: string): readonly Part[] {
  return text.trim() === '' ? [] : [{ name: 'question', text }];
}

function partsOf(raw: RawItem, map: Map, base: IndexBase): Partial<Record<PartName, Taken>> {
  const { record, choices } = raw;
  const taken: Partial<Record<PartName, Taken>> = {};
  const take = (name: PartName, automatic: () => Taken | undefined): void => {
    const field = map[name];
    const found = field === undefined ? automatic() : mapped(raw, name, field, base);
    if (found !== undefined) taken[name] = found;
  };
  const isTaken = (field: string): boolean => Object.values(taken).some(({ fields }) => fields.includes(field));
  take('question', () => questionOf(record));
  if (choices.texts.length > 0) taken.choices = { text: choices.texts.join('\n'), fields: choices.fields };
  take(
    'answer',
    () => unlessTaken(answerOf(record, choices, base), taken.question) ?? chatAnswerOf(record, taken.question),
  );
  take('passage', () => passageOf(record, isTaken));
  take('code', () => codeOf(record, isTaken));
  return withDocstring(taken);
}

/** A code prompt that is all there is of a question: its docstring is the question, the prompt the code. */
function withDocstring(taken: Partial<Record<PartName, Taken>>): Partial<Record<PartName, Taken>> {
  const { question } = taken;
  const prose = question && !taken.code && looksLikeCode(question.text) ? docstringOf(question.text) : undefined;
  if (!question || prose === undefined) return taken;
  return { ...taken, question: { text: prose, fields: question.fields }, code: question };
}

function unlessTaken(answer: ReturnType<typeof answerOf>, question: Taken | undefined): Taken | undefined {
  if (answer === undefined || question?.fields.includes(answer.field) === true) return undefined;
  return { text: answer.text, fields: [answer.field] };
}

function mapped(raw: RawItem, name: PartName, field: string, base: IndexBase): Taken | undefined {
  const values = valueAt(raw.value, field);
  const text =
    name === 'answer' && values.length === 1
      ? resolve(values[0], raw.choices, base)
      : values.flatMap(textsIn).join('\n');
  return text === undefined || text === '' ? undefined : { text, fields: [field] };
}

function idOf(raw: RawItem, map: Map): { text: string; field: string } | undefined {
  if (map.id !== undefined) {
    const [text] = valueAt(raw.value, map.id).flatMap(textsIn);
    return text === undefined ? undefined : { text, field: map.id };
  }
  for (const name of raw.record.among(IDS)) {
    const value = raw.record.value(name);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    if (String(value).trim() !== '') return { text: String(value), field: raw.record.name(name) };
  }
  return undefined;
}
