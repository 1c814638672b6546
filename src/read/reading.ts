import type { TextPaths } from '../model/input.js';
import type { FilePlan } from '../model/plan.js';
import type { SeenPath } from './fields-seen.js';
import { stepsOf } from './strings-in.js';

/** Paths that fit the core's walker (assembly/walk.ts). */
const MOST_PATHS = 32;
const MOST_PATH_BYTES = 8192;

/** Fields that hold text in corpora, the most common first: as many as the walker has room for are read wherever a file has them. */
const USUAL: TextPaths = [
  ...['messages.*.content', 'messages.*.content.*.text', 'conversations.*.value', 'text', 'content', 'prompt', 'input'],
  ...[
    'question',
    'instruction',
    'output',
    'response',
    'completion',
    'answer',
    'problem',
    'solution',
    'query',
    'context',
  ],
  ...['chosen', 'rejected', 'passage', 'system', 'conversations.*.content', 'raw_content', 'code', 'chosen.*.content'],
  ...['rejected.*.content', 'prompt.*.content', 'choices.*', 'answers.*', 'document', 'body', 'inputs', 'target'],
].map((dotted) => dotted.split('.'));

/** Where the records of one file have their text. */
export interface Reading {
  /** As they were found in the first records or named, for messages. */
  readonly paths: TextPaths;
  /** These, and the other forms that a value there may have. */
  readonly own: TextPaths;
  /** These, and usual fields that none of the first records has. */
  readonly all: TextPaths;
  /** `all` without `own`. */
  readonly late: TextPaths;
  /** Whether a record without a word at its own paths may have its text elsewhere: not where the user has named the fields. */
  readonly elsewhere: boolean;
  /** `all`, each as one string. */
  readonly read: ReadonlySet<string>;
  /** Fields that were named as not read: text anywhere else is a stranger (read/later-fields.ts). Undefined: nobody looks for it. */
  readonly told: ReadonlySet<string> | undefined;
}

/** What a plan says of a file (model/plan.ts). */
export type Planned = Pick<FilePlan, 'textPaths' | 'latePaths' | 'told'> & {
  /** Whatever the others are read by, this file's text may be elsewhere (model/index-manifest.ts). */
  readonly anywhere?: boolean | undefined;
};

/** Adds late paths and other forms as far as the walker has room, so that it and the parsing readers read the same. */
export function readingOf(planned: Planned, unnamed: boolean): Reading {
  const { textPaths: paths, latePaths = [], told, anywhere = false } = planned;
  const elsewhere = unnamed || anywhere;
  const own = joined(paths, paths.flatMap(otherForms));
  const all = joined(own, elsewhere ? latePaths : []);
  const read = new Set(all.map(stepsOf));
  return { paths, own, all, late: all.slice(own.length), elsewhere, read, told: told && new Set(told) };
}

/** A string in one record is a list of strings or of {type, text} parts in another. */
function otherForms(path: readonly string[]): TextPaths {
  if (path.length === 0 || path.at(-1) === '*') return [];
  return [
    [...path, '*', 'text'],
    [...path, '*'],
  ];
}

/**
 * The usual fields that hold nothing in the records looked at: should one come later, it is read. What is there and was not
 * chosen stays unread (read/not-read.ts names it).
 */
export function latePathsOf(seen: readonly SeenPath[]): TextPaths {
  const known = new Set(seen.filter(({ filled }) => filled > 0).map(({ dotted }) => dotted));
  return USUAL.filter((path) => !known.has(path.join('.')));
}

/** The usual fields that are neither among a file's text nor late: what an index keeps in place of all late ones. */
export function passedOverOf(textPaths: TextPaths, latePaths: TextPaths): TextPaths {
  return usualBut([...textPaths, ...latePaths]);
}

/** The late fields again. */
export function latePathsBut(textPaths: TextPaths, passedOver: TextPaths): TextPaths {
  return usualBut([...textPaths, ...passedOver]);
}

function usualBut(paths: TextPaths): TextPaths {
  const known = new Set(paths.map((path) => path.join('.')));
  return USUAL.filter((path) => !known.has(path.join('.')));
}

function joined(paths: TextPaths, more: TextPaths): TextPaths {
  const known = new Set(paths.map((path) => path.join('.')));
  const all = [...paths];
  for (const path of more) {
    if (known.has(path.join('.')) || !fitsWalker([...all, path])) continue;
    known.add(path.join('.'));
    all.push(path);
  }
  return all;
}

export function fitsWalker(paths: TextPaths): boolean {
  const bytes = paths.flat().reduce((sum, component) => sum + 8 + component.length * 3, paths.length * 4);
  return paths.length <= MOST_PATHS && bytes <= MOST_PATH_BYTES;
}
