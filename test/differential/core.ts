import { readFileSync } from 'node:fs';
import { compileCore, createMemory } from '../../dist/hashcore/load.js';
import { HashCore } from '../../dist/hashcore/hash-core.js';
import { writeTextTables } from '../../dist/hashcore/layout.js';
import { parseUnicode } from '../../dist/text/unicode.js';

/** The folding table that ships. */
export const unicode = parseUnicode(
  readFileSync(new URL('../../dist/text/profile-1/unicode.txt', import.meta.url), 'utf8'),
);

const module = compileCore();

/** A core of its own memory. */
export function newCore(inputBytes = 1 << 16): HashCore {
  const memory = createMemory();
  return new HashCore({ module, memory, text: writeTextTables(memory, unicode) }, inputBytes);
}
