import type { FileResult } from '../../model/result.js';
import { shown, shownBlock } from '../escape.js';
import { fieldsNotRead } from '../not-read.js';
import { bytes, count, counted } from '../numbers.js';
import type { SkipJson } from '../shared-json.js';

/** Characters of a text that are quoted. */
const QUOTED = 1200;
/** Input files named; report.json names every one. */
const INPUTS = 200;

export function skippedLines(skipped: readonly SkipJson[]): string[] {
  if (skipped.length === 0) return [];
  return [
    '### Skipped',
    '',
    ...skipped.map(({ reason, meaning, count: n }) => `- ${count(n)} ${code(reason)}: ${shown(meaning)}`),
    '',
  ];
}

/** Fields named; report.json names every one. */
const FIELDS = 20;

export function notReadMarkdown(files: readonly FileResult[]): string[] {
  const fields = fieldsNotRead(files);
  if (fields.length === 0) return [];
  const more = fields.length - FIELDS;
  return [
    '### Fields not read',
    '',
    ...fields.slice(0, FIELDS).map(({ name, where }) => `- ${code(name)} ${where}`),
    ...(more > 0 ? [`- and ${counted(more, 'more field')}`] : []),
    '',
  ];
}

export function inputLines(files: readonly FileResult[]): string[] {
  return [
    '<details><summary>Inputs and their digests</summary>',
    '',
    '| file | size | records | xxh64 |',
    '| --- | ---: | ---: | --- |',
    ...files
      .slice(0, INPUTS)
      .map((file) => `| ${code(file.path)} | ${bytes(file.bytes)} | ${count(file.records)} | ${code(file.xxh64)} |`),
    '',
    '</details>',
  ];
}

/**
 * A name as a code span, in which nothing is markup, link or mention. A table's pipes are cut before spans are seen, so they
 * are escaped even there.
 */
export function code(text: string): string {
  const plain = shown(text).replaceAll('|', '\\|');
  if (plain.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(plain) + 1);
  const padding = /^[` ]|[` ]$/.test(plain) ? ' ' : '';
  return `${fence}${padding}${plain}${padding}${fence}`;
}

/** A text as a block that holds nothing but text; its beginning, where it is long. */
export function fenced(text: string): string[] {
  const cut = shownBlock(text.length > QUOTED ? `${text.slice(0, QUOTED)} …` : text);
  const fence = '`'.repeat(Math.max(3, longestRun(cut) + 1));
  return [`${fence}text`, cut, fence, ''];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
