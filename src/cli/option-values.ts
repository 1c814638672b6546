import { InvalidArgumentError } from 'commander';
import { PART_NAMES } from '../model/benchmark.js';
import type { PartName } from '../model/benchmark.js';
import type { Settings } from '../model/settings.js';
import { FORMATS } from '../report/formats/format-names.js';
import type { Format } from '../report/formats/format-names.js';

/** Everything typed is checked here, at the door: nothing behind it meets a NaN, a negative count or a size of "lots". */

/** More threads than this would be a slip of the finger. */
const MAX_WORKERS = 512;

/** A JavaScript string holds no more than about half of this. */
const MAX_RECORD = 1024 ** 3;

export function wholeNumber(text: string): number {
  const n = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(n))
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return n;
}

export function workers(text: string): number {
  const n = wholeNumber(text);
  if (n < 1 || n > MAX_WORKERS) throw new InvalidArgumentError(`It must be between 1 and ${MAX_WORKERS}.`);
  return n;
}

/** `0.001` or `0.1%` */
export function share(text: string): number {
  const match = /^(\d+\.?\d*|\.\d+)(%?)$/.exec(text.trim());
  const value = match ? Number(match[1]) / (match[2] === '%' ? 100 : 1) : NaN;
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a share such as 0.001 or 0.1%.');
  return value;
}

const UNIT_POWER: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3 };

/** `4096`, `512KB`, `256MB`, `1 GiB`: all units are powers of 1024. */
export function size(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(text.trim());
  const value = match ? Math.floor(Number(match[1]) * 1024 ** UNIT_POWER[match[2].toLowerCase()]) : NaN;
  if (!(value >= 1 && value <= MAX_RECORD))
    throw new InvalidArgumentError('It must be a size such as 64KB or 256MB, at most 1GB.');
  return value;
}

/** For an option that may be repeated and may list several values with commas. */
export function fieldList(text: string, before: readonly string[]): string[] {
  const fields = text.split(',').map((field) => field.trim());
  if (fields.some((field) => field === ''))
    throw new InvalidArgumentError('It must be a field name, or several with commas between.');
  return [...new Set([...before, ...fields])];
}

const MAP_KEYS: readonly (PartName | 'id')[] = ['id', ...PART_NAMES];

/** `question=prompt.text,answer=target` */
export function fieldMap(text: string, before: Settings['map']): Settings['map'] {
  const map: Partial<Record<PartName | 'id', string>> = { ...before };
  for (const pair of text.split(',')) {
    const equals = pair.indexOf('=');
    const key = MAP_KEYS.find((name) => name === pair.slice(0, equals).trim());
    const field = pair.slice(equals + 1).trim();
    if (equals < 0 || key === undefined || field === '')
      throw new InvalidArgumentError(
        `It must look like question=prompt,answer=target. What can be named: ${MAP_KEYS.join(', ')}.`,
      );
    if (map[key] !== undefined && map[key] !== field) throw new InvalidArgumentError(`${key} is given twice.`);
    map[key] = field;
  }
  return map;
}

export function name(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

/** `html,markdown` */
export function formatList(text: string): Format[] {
  return text.split(',').map((part) => {
    const format = FORMATS.find((one) => one === part.trim());
    if (format === undefined)
      throw new InvalidArgumentError(`It must be of ${FORMATS.join(', ')}, with commas between.`);
    return format;
  });
}

/** It goes into JSON and into tables without quotes around. */
export function maskText(text: string): string {
  if (/[\p{Cc}",]/u.test(text))
    throw new InvalidArgumentError('It must not hold quotes, commas or control characters.');
  return text;
}
