import { isObject } from './benchmark-record.js';

/**
 * The questions of a record in SQuAD's form ({title, paragraphs: [{context, qas: [{question, answers, id}]}]}, as XQuAD, CMRC, KorQuAD,
 * FQuAD have it too), each with its paragraph; any other record is itself.
 */
export function questionsIn(value: unknown): readonly unknown[] {
  if (!isObject(value) || !Array.isArray(value.paragraphs)) return [value];
  const questions: unknown[] = [];
  for (const paragraph of value.paragraphs as unknown[]) {
    if (!isObject(paragraph) || !Array.isArray(paragraph.qas)) return [value];
    const { qas, ...shared } = paragraph;
    for (const qa of qas as unknown[]) questions.push(isObject(qa) ? { ...shared, ...qa } : qa);
  }
  return questions.length === 0 ? [value] : questions;
}
