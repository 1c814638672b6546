// A sketch core of its own, from the built program.
import { HashCore } from '../dist/hashcore/hash-core.js';
import { writeTextTables } from '../dist/hashcore/layout.js';
import { compileCore, createMemory } from '../dist/hashcore/load.js';
import { SketchCore } from '../dist/hashcore/sketch-core.js';
import { schemeOf } from '../dist/neardup/bands.js';
import { loadProfile } from '../dist/text/profile.js';
import { DEFAULT_COMPARE } from '../dist/model/comparison.js';

const module = compileCore();
const { unicode } = loadProfile(1);

/** Without grams for containment, which signatures do not need. */
export function sketcher(settings = {}) {
  const memory = createMemory();
  const core = new HashCore({ module, memory, text: writeTextTables(memory, unicode) });
  return new SketchCore(core, memory, { ...schemeOf({ ...DEFAULT_COMPARE, ...settings }), smallBelow: 0n });
}

/** A copy of a text's signature and band keys. */
export function signatureOf(core, text) {
  core.reset();
  core.sketchText(text);
  return { signature: core.signature(0).slice(), keys: core.bandKeys(0).slice() };
}
