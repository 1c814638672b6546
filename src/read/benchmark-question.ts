import { chatOf } from './benchmark-chat.js';
import type { BenchmarkRecord } from './benchmark-record.js';
import { textsIn } from './benchmark-record.js';

export interface Taken {
  readonly text: string;
  readonly fields: readonly string[];
}

/** Fields that are read together, most telling first. A word problem's body goes before its question (SVAMP, ASDiv). */
const TOGETHER: readonly (readonly string[])[] = [
  ['body', 'question'],
  ['premise', 'hypothesis'],
  ['premise', 'question'],
  ['premises', 'conclusion'],
  ['sentence1', 'sentence2'],
  ['question1', 'question2'],
  ['inputsentence1', 'inputsentence2', 'inputsentence3', 'inputsentence4'],
];

const QUESTION = [
  ...[
    'question',
    'questions',
    'questionstem',
    'questiontext',
    'questioncontent',
    'stem',
    'problem',
    'problemstatement',
    'problemtext',
    'puzzle',
  ],
  ...[
    'problemdescription',
    'query',
    'goal',
    'ctx',
    'instruction',
    'instructprompt',
    'instructions',
    'sentence',
    'task',
    'statement',
  ],
  ...[
    'claim',
    'prompt',
    'input',
    'inputs',
    'turns',
    'conversationinput',
    'text',
    'premise',
    'sentence1',
    'sentencegood',
    'completeprompt',
    'context',
  ],
  ...['description', 'intent', 'body', 'content', 'messages', 'conversations', 'conversation', 'behavior'],
];

/** Texts in some benchmarks, and in others (LiveBench, WildBench) a word or two for what kind an item is. */
const MAY_BE_LABELS = new Set(['task', 'intent']);

function isLabel(name: string, texts: readonly string[]): boolean {
  return MAY_BE_LABELS.has(name) && texts.every((text) => /^[\w./:-]+( [\w./:&-]+)?$/.test(text));
}

const PASSAGE = [
  ...['passage', 'context', 'article', 'story', 'support', 'paragraph', 'background', 'document', 'facts', 'fact1'],
  ...['contexts', 'evidence', 'passages', 'sourcedocument', 'florespassage', 'documentplaintext', 'narrative'],
];

const CODE_PROMPT = [
  'codeprompt',
  'completeprompt',
  'startercode',
  'signature',
  'functionsignature',
  'prompt',
  'code',
  'declaration',
];

export function questionOf(record: BenchmarkRecord): Taken | undefined {
  for (const names of TOGETHER) {
    if (record.among(names).length < names.length) continue;
    const found = names.map((name) => textsIn(record.value(name)));
    if (found.every((texts) => texts.length === 1)) {
      // COPA's "cause" and "effect" are no part of what is asked.
      const used = names.filter((_, at) => at === 0 || found[at][0].includes(' '));
      const glue = names[0] === 'body' || names[0] === 'inputsentence1' ? ' ' : '\n';
      return {
        text: used.map((name) => textsIn(record.value(name))[0]).join(glue),
        fields: used.map((name) => record.name(name)),
      };
    }
  }
  let label: Taken | undefined;
  for (const name of record.among(QUESTION)) {
    const value = record.value(name);
    const texts = chatOf(value)?.asked ?? textsIn(value);
    if (texts.length === 0) continue;
    const taken = { text: texts.join('\n'), fields: [record.name(name)] };
    if (!isLabel(name, texts)) return taken;
    label ??= taken;
  }
  return label;
}

/** The answer that a question ends with where it is a chat; of the field that was taken for the question. */
export function chatAnswerOf(record: BenchmarkRecord, question: Taken | undefined): Taken | undefined {
  for (const name of record.among(QUESTION)) {
    if (question?.fields.includes(record.name(name)) !== true) continue;
    const answered = chatOf(record.value(name))?.answered ?? [];
    if (answered.length > 0) return { text: answered.join('\n'), fields: [record.name(name)] };
  }
  return undefined;
}

/** A text the question is about; not one that was taken for the question itself. `isTaken` tells by the field's name. */
export function passageOf(record: BenchmarkRecord, isTaken: (field: string) => boolean): Taken | undefined {
  for (const name of record.among(PASSAGE)) {
    if (isTaken(record.name(name))) continue;
    const texts = textsIn(record.value(name));
    if (texts.length > 0) return { text: texts.join('\n'), fields: [record.name(name)] };
  }
  return undefined;
}

/** The code an item starts from, where the question is in words and is another field. */
export function codeOf(record: BenchmarkRecord, isTaken: (field: string) => boolean): Taken | undefined {
  for (const name of record.among(CODE_PROMPT)) {
    if (isTaken(record.name(name))) continue;
    const [text] = textsIn(record.value(name));
    if (text !== undefined && looksLikeCode(text)) return { text, fields: [record.name(name)] };
  }
  return undefined;
}

export function looksLikeCode(text: string): boolean {
  return (
    /(^|\n)\s*(def|class|function|import|from|return|public|private|static|void|int|#include|using|package|fn|func|let|const|var|SELECT|select)\b/.test(
      text,
    ) || /[;{}]\s*(\n|$)/.test(text)
  );
}
