import { BlockBuilder } from '../hashcore/block-builder.js';
import { EntryBuffer } from '../hashcore/entry-buffer.js';
import { HashCore } from '../hashcore/hash-core.js';
import { BATCH_TOKENS, writeTextTables } from '../hashcore/layout.js';
import { compileCore, createMemory } from '../hashcore/load.js';
import type { IndexReader } from '../store/index-reader.js';
import { lookUp } from '../store/look-up.js';
import type { LookUps } from '../store/look-up.js';
import { loadProfile } from '../text/profile.js';

/** Looks up every gram of every text in an index. `tokens`: how many the texts have together. */
export function lookUpTexts(reader: IndexReader, texts: readonly string[], tokens: number): LookUps {
  const memory = createMemory();
  const text = writeTextTables(memory, loadProfile(1).unicode);
  const core = new HashCore({ module: compileCore(), memory, text });
  core.core.placeSeeding(0);
  const buffer = new EntryBuffer(memory, core.core, tokens + texts.length + 4 * BATCH_TOKENS);
  buffer.selectAll();
  for (const one of texts) {
    const length = core.writeText(one);
    core.core.placeTextOrigin(0, 0);
    core.core.scanText(core.input, core.input + length);
  }
  return lookUp(reader, buffer, buffer.count, memory, new BlockBuilder(memory, core.core, reader.coding));
}
