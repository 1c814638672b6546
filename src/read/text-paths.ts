import { HeldoutError } from '../model/errors.js';
import type { TextPaths } from '../model/input.js';
import { fieldsSeen, listFields, type FieldsSeen, type SeenPath } from './fields-seen.js';

/** One of these is the text by itself; the first that a record has. */
const WHOLE_TEXT = ['text', 'content', 'raw_content', 'raw_text', 'page_content', 'contents', 'document', 'body'];

/** Lists of turns. */
const CHAT = ['messages', 'conversations', 'conversation', 'dialog', 'dialogue', 'turns', 'chat'];
/** Where a turn says what was said; the last is a content part of {type, text}. */
const TURN_TEXT = ['content', 'value', 'text', 'utterance', 'message'];

/** Fine-tuning records: all of these that a record has are its text together. */
const TUNING = new Set([
  ...['system', 'system_prompt', 'instruction', 'instructions', 'input', 'inputs', 'context', 'passage', 'story'],
  ...['prompt', 'question', 'query', 'problem', 'task', 'goal', 'choices', 'options', 'response', 'responses'],
  ...['output', 'outputs', 'completion', 'answer', 'answers', 'solution', 'solutions', 'target', 'targets', 'code'],
  ...['rationale', 'explanation', 'chosen', 'rejected', 'generation', 'reasoning'],
]);
/** At least one of these makes a record a fine-tuning record. */
const TUNING_START = [
  'instruction',
  'instructions',
  'input',
  'inputs',
  'prompt',
  'question',
  'query',
  'problem',
  'chosen',
];

/** Strings that only say what another string is. */
const LABELS = new Set(['role', 'from', 'type', 'id', 'name', 'label', 'lang', 'language', 'source']);

/** Without any known field: a string field counts as text if its typical length is at least this share of the longest's. */
const LONG_SHARE = 0.2;

/**
 * Where the text of a corpus file is, told from a sample of its records. Each sampled record chooses the first that
 * fits and is not empty: named fields; a whole-text field (`text`, `content`, …); chat turns; fine-tuning fields (`instruction`, `input`,
 * `output`, `prompt`, `completion`, `question`, `answer`, …); else the string fields whose mean length is longest and
 * all others at least a fifth as long. Records of several shapes give the union.
 */
export function findTextPaths(values: readonly unknown[], named: readonly string[], file: string): TextPaths {
  if (values.some((value) => typeof value === 'string')) return [[]];
  const seen = fieldsSeen(values);
  if (named.length > 0) return named.flatMap((field) => namedPaths(field, seen, file));
  let paths = knownOf(values, isFilled);
  if (paths.length === 0) paths = knownOf(values, () => true);
  if (paths.length === 0) paths = longestPaths(seen.strings);
  if (paths.length === 0) {
    const what = `${file}: no field holds text.`;
    const wayOut = 'Name one with --text-field.';
    throw new HeldoutError('no-such-field', `${what} Fields seen: ${listFields(seen)}. ${wayOut}`, {
      withoutText: `${what} ${wayOut}`,
    });
  }
  return paths.map((found) => found.path);
}

/** A named field: itself, or every string below it. Arrays on the way are crossed unasked. */
function namedPaths(field: string, seen: FieldsSeen, file: string): readonly (readonly string[])[] {
  const plain = field
    .split('.')
    .filter((step) => step !== '*')
    .join('.');
  const itself = seen.strings.filter((found) => found.plain === plain);
  const below = seen.strings.filter((found) => found.plain.startsWith(`${plain}.`));
  const parts = below.filter((found) => found.path.at(-1) === 'text');
  const found = itself.length > 0 ? [...itself, ...parts] : below;
  if (found.length > 0) return found.map((one) => one.path);
  // Present but without a string so far (null, say): it may hold one later.
  if (seen.all.has(plain)) return [plain.split('.')];
  const what = `${file}: no record has the field "${field}" (--text-field).`;
  throw new HeldoutError('no-such-field', `${what} Fields seen: ${listFields(seen)}.`, { withoutText: what });
}

/**
 * Where the text of a single record is whose usual fields are empty: its next usual field, or every string that could hold a
 * question. None, where it is just an empty record.
 */
export function ownPaths(value: unknown): TextPaths {
  const { strings } = fieldsSeen([value]);
  const known = knownPaths(strings, isFilled);
  return (known.length > 0 ? known : strings.filter(({ prose }) => prose > 0)).map(({ path }) => path);
}

function isFilled({ filled }: SeenPath): boolean {
  return filled > 0;
}

type Fits = (found: SeenPath) => boolean;

function knownOf(values: readonly unknown[], fits: Fits): readonly SeenPath[] {
  const known = new Map<string, SeenPath>();
  for (const value of values)
    for (const found of knownPaths(fieldsSeen([value]).strings, fits)) known.set(found.dotted, found);
  return [...known.values()];
}

function knownPaths(strings: readonly SeenPath[], fits: Fits): readonly SeenPath[] {
  for (const field of WHOLE_TEXT) {
    const whole = strings.find((found) => found.path.length === 1 && found.path[0] === field && fits(found));
    if (whole) return [whole];
  }
  const chat = strings.filter((found) => CHAT.includes(found.path[0]) && isTurnText(found.path));
  if (chat.some(fits)) return [...strings.filter((found) => /^system(_prompt)?$/.test(found.dotted)), ...chat];
  const tuning = strings.filter((found) => TUNING.has(found.path[0]) && !LABELS.has(found.path.at(-1) ?? ''));
  const isTuning = tuning.some((found) => TUNING_START.includes(found.path[0])) && tuning.some(fits);
  return isTuning ? tuning : [];
}

function isTurnText(path: readonly string[]): boolean {
  if (path[1] !== '*') return false;
  return path.slice(2).every((step) => step === '*' || TURN_TEXT.includes(step));
}

function longestPaths(strings: readonly SeenPath[]): readonly SeenPath[] {
  const longest = Math.max(0, ...strings.map((found) => found.characters / found.records));
  return strings.filter((found) => found.characters / found.records >= LONG_SHARE * longest);
}

/** Every string at any of the paths, in the order they stand in the record, joined by a newline; undefined if none is. */
export function textOf(value: unknown, paths: TextPaths): string | undefined {
  const texts: string[] = [];
  gather(value, paths, 0, texts);
  if (texts.length <= 1) return texts[0];
  return texts.join('\n');
}

function gather(value: unknown, paths: TextPaths, depth: number, texts: string[]): void {
  if (typeof value === 'string') {
    if (paths.some((path) => path.length === depth)) texts.push(value);
  } else if (Array.isArray(value)) {
    const inside = paths.filter((path) => path[depth] === '*');
    if (inside.length > 0) for (const element of value as unknown[]) gather(element, inside, depth + 1, texts);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      const inside = paths.filter((path) => path[depth] === key);
      if (inside.length > 0) gather(child, inside, depth + 1, texts);
    }
  }
}
