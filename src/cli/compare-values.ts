import { InvalidArgumentError } from 'commander';
import type { Shingle } from '../model/sketch.js';

/** Longer shingles than this would be whole records. */
const MOST_SHINGLE = 32;

/** `words:3` or `characters:5` */
export function shingle(text: string): Shingle {
  const match = /^(words|characters):(\d{1,2})$/.exec(text.trim());
  const size = match ? Number(match[2]) : 0;
  if (!match || size < 1 || size > MOST_SHINGLE)
    throw new InvalidArgumentError(`It must look like words:3 or characters:5, at most ${MOST_SHINGLE} in a row.`);
  return { unit: match[1] === 'words' ? 'words' : 'characters', size };
}

/** Below, the bands would find most pairs of any records. */
const LEAST_SIMILARITY = 0.3;

/** `0.8` or `80%` */
export function similarity(text: string): number {
  const match = /^(\d+\.?\d*|\.\d+)(%?)$/.exec(text.trim());
  const value = match ? Number(match[1]) / (match[2] === '%' ? 100 : 1) : NaN;
  if (!(value >= LEAST_SIMILARITY && value <= 1))
    throw new InvalidArgumentError(`It must be a similarity between ${LEAST_SIMILARITY} and 1, such as 0.8.`);
  return value;
}

const UNIT_POWER: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3 };
const LEAST_MEMORY = 4 * 1024 * 1024;
const MOST_MEMORY = 64 * 1024 ** 3;

/** `256MB`, `2GB`: units are powers of 1024. */
export function scratchMemory(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg])i?b?$/i.exec(text.trim());
  const value = match ? Math.floor(Number(match[1]) * 1024 ** UNIT_POWER[match[2].toLowerCase()]) : NaN;
  if (!(value >= LEAST_MEMORY && value <= MOST_MEMORY))
    throw new InvalidArgumentError('It must be a size between 4MB and 64GB, such as 256MB.');
  return value;
}
