import { isObject, textsIn } from './benchmark-record.js';

/** Who speaks in a turn: `role` of OpenAI's form, `from` of ShareGPT's. */
const SPEAKER = ['role', 'from'];
const ASKING = new Set(['user', 'human', 'prompter']);
const ANSWERING = new Set(['assistant', 'gpt', 'model', 'chatbot', 'bot']);

/** What a list of chat turns asks, and the answer it ends with. System prompts and answers on the way are no part of the question. */
export interface Chat {
  readonly asked: readonly string[];
  readonly answered: readonly string[];
}

/** Undefined where a value is no list of turns, or nobody asks anything in it. */
export function chatOf(value: unknown): Chat | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  // BFCL has a list of turns a step.
  const turns = (value as unknown[]).flat().map((turn) => ({ speaker: speakerOf(turn), texts: textsIn(turn) }));
  if (turns.some(({ speaker }) => speaker === undefined)) return undefined;
  const asked = turns.filter(({ speaker }) => ASKING.has(speaker ?? '')).flatMap(({ texts }) => texts);
  const last = turns[turns.length - 1];
  const answered = ANSWERING.has(last.speaker ?? '') ? last.texts : [];
  return asked.length === 0 ? undefined : { asked, answered };
}

function speakerOf(turn: unknown): string | undefined {
  if (!isObject(turn)) return undefined;
  const speaker = SPEAKER.map((key) => turn[key]).find((name) => typeof name === 'string');
  return typeof speaker === 'string' ? speaker.toLowerCase() : undefined;
}
