import type { TextPaths } from '../model/input.js';

/** Paths that fit the table (assembly/walk.ts). */
const MOST_PATHS = 32;

/** The table of paths that assembly/walk.ts describes. `late`: paths that are not the text's own. */
export function packPaths(paths: TextPaths, late: TextPaths): number[] {
  const offsets = new Array<number>(MOST_PATHS).fill(0);
  const byLength = new Array<number>(MOST_PATHS).fill(0);
  const head = 2 + 2 * MOST_PATHS;
  const words: number[] = [];
  [...paths, ...late].forEach((path, i) => {
    offsets[i] = 4 * (head + words.length);
    const [first] = path;
    if (first !== undefined && first !== '*') byLength[Math.min(31, Buffer.byteLength(first))] |= 1 << i;
    words.push(path.length);
    for (const component of path) words.push(...packComponent(component));
  });
  return [paths.length + late.length, paths.length, ...offsets, ...byLength, ...words];
}

/** Bytes from the table of paths to that of fields named as not read. */
export const TOLD_AT = 12280;
const TOLD_SLOTS = 1024;

/**
 * Hashes of the dotted fields that were named as not read, for assembly/strangers.ts, which looks for text elsewhere; undefined: it does
 * not look for any. At most half as many as slots.
 */
export function packTold(fields: ReadonlySet<string> | undefined): Uint32Array {
  const table = new Uint32Array(1 + TOLD_SLOTS);
  if (!fields) return table;
  table[0] = 1;
  const slots = table.subarray(1);
  for (const field of fields) {
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(field)) hash = Math.imul(hash ^ byte, 0x01000193);
    hash = (hash | 1) >>> 0;
    let slot = hash >>> 1;
    while (slots[slot % TOLD_SLOTS] !== 0) slot++;
    slots[slot % TOLD_SLOTS] = hash;
  }
  return table;
}

/** A component: length and bytes, padded to four; `*` is all ones. */
function packComponent(component: string): number[] {
  if (component === '*') return [0xffffffff];
  const bytes = new TextEncoder().encode(component);
  const padded = new Uint8Array((bytes.length + 3) & ~3);
  padded.set(bytes);
  return [bytes.length, ...new Uint32Array(padded.buffer)];
}
